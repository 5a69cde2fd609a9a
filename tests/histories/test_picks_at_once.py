"""Processes that pick at once for one film: every pick is in the lock."""

import subprocess
import sys
from pathlib import Path

from history_board import Board, BoardScene, BoardShot
from history_project import NAME, HistoryProject

SHOTS = tuple(BoardShot(n, f"s{n}", f"Picture {n}.", 3, takes=2) for n in range(4))
ROUNDS = 3


def test_processes_that_pick_at_once_lose_nothing(tmp_path: Path) -> None:
    project = HistoryProject(tmp_path / "own")
    project.write(Board((BoardScene("one", SHOTS),)))
    project.render(())
    for n in range(ROUNDS):
        take = n % 2 + 1
        going = [_picking(project, f"one/s{shot}", take) for shot in range(len(SHOTS))]
        for one in going:
            out, err = one.communicate(timeout=120)
            assert one.returncode == 0, out + err
        _, plan = project.compiled()
        (film,) = plan.films
        picked = {str(name): pick.number for name, pick in film.picks.current.items()}
        assert picked == {f"one/s{shot}": take for shot in range(len(SHOTS))}


def _picking(project: HistoryProject, shot: str, take: int) -> "subprocess.Popen[str]":
    words = (sys.executable, "-m", "storyboard", "pick", NAME, shot, str(take))
    return subprocess.Popen(  # noqa: S603 -- the command, with our own words
        words, cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
