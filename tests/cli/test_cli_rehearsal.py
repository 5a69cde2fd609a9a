"""Rehearsals of one project at once: each ends well, and no job is sent twice."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.emulator.hold import holding

STORYBOARD = """\
storyboard: 1
title: Sea
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: sea
    pack: shot
    shots:
      - {id: waves, duration: 3s, prompt: Waves in the evening.}
      - {id: boat, duration: 3s, prompt: A boat far out.}
      - {id: gull, duration: 3s, prompt: A gull on a post.}
"""
REHEARSE = (sys.executable, "-m", "storyboard", "render", "--backend", "emulator", "--yes")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "storyboard.yaml").write_text(STORYBOARD, "utf-8")
    return tmp_path


def lasting(project: Path) -> None:
    """Put in more shots than are rendered within a minute."""
    shots = (f"      - {{id: s{n}, duration: 3s, prompt: Wave {n}.}}\n" for n in range(60))
    (project / "storyboard.yaml").write_text(f"{STORYBOARD}{''.join(shots)}", "utf-8")


@contextmanager
def rehearsing(project: Path, *more: str) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(  # noqa: S603 -- our own program
        [*REHEARSE, *more], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def stage(project: Path) -> Path:
    return project / ".storyboard" / "rehearsal" / "emulator"


def charged(project: Path) -> list[str]:
    lines = (stage(project) / "ledger.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["body_digest"] for line in lines]


def test_two_at_once_both_end_with_the_film_and_send_each_job_once(project: Path) -> None:
    with rehearsing(project) as one, rehearsing(project) as two:
        for process in (one, two):
            _, said = process.communicate()
            assert process.returncode == Exit.OK, said
    assert len(charged(project)) == len(set(charged(project))) == 3


def test_a_second_one_says_what_it_waits_for_and_can_be_left(project: Path) -> None:
    stage(project).mkdir(parents=True)
    with holding(stage(project)), rehearsing(project) as leaving:
        assert leaving.stderr is not None
        said = next(line for line in leaving.stderr if "another rehearsal" in line)
        assert "is at work (process " in said
        leaving.send_signal(signal.SIGINT)
        leaving.communicate()
        assert leaving.returncode == Exit.INTERRUPTED
    assert not (stage(project) / "ledger.jsonl").exists()


def test_what_a_rehearsal_left_in_flight_is_cancelled_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lasting(project)
    # The account renders two at a time: thirty are not over before Ctrl-C is heard.
    with rehearsing(project, "--concurrency", "30") as process:
        assert process.stderr is not None
        assert any("queued ..." in line for line in process.stderr)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
        process.communicate()
    assert run(["cancel", str(project)]) == Exit.OK
    assert "of a rehearsal: --backend emulator" in capsys.readouterr().out
    assert run(["cancel", str(project), "--backend", "emulator"]) == Exit.DECLINED
    capsys.readouterr()
    code = run(["cancel", str(project), "--backend", "emulator", "--yes", "--json"])
    found = json.loads(capsys.readouterr().out)["requests"]
    assert found
    assert (code == Exit.OK) == all(one["state"] == "cancelled" for one in found)
