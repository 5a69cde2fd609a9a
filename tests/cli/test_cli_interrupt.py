"""Ctrl-C: what is under way is given up, nothing else begins, and nothing half-made is kept."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.cli import progress
from storyboard.cli.exits import Exit
from storyboard.cli.interrupt import CUTTING, ctrl_c
from storyboard.cli.main import run
from storyboard.session import FilmEnded, SessionEvent

# Its drawings take many seconds on any machine: none is done before the second Ctrl-C.
LONG = """\
storyboard: 1
title: Long
model: kling-v3-standard
format: {aspect_ratio: "16:9", resolution: 2560x1440, fps: 60}
scenes:
  - id: sea
    shots:
      - {id: waves, duration: 15s, prompt: Waves in the evening.}
      - {id: boat, duration: 15s, prompt: A boat far out.}
"""


SHORT = """\
storyboard: 1
title: Short
model: kling-v3-turbo-pro
format: {aspect_ratio: "16:9", resolution: 128x72, fps: 24}
scenes:
  - id: sea
    pack: shot
    shots:
      - {id: waves, duration: 3s, prompt: Waves in the evening.}
      - {id: boat, duration: 3s, prompt: A boat far out.}
"""
FEWEST_EVENTS = 8
"""Jobs begun, one drawn, one kept, jobs ended; films begun, cut, there, ended."""


def test_ctrl_c_at_any_event_of_a_render_leaves_the_film_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, build = tmp_path / "storyboard.yaml", tmp_path / "build"
    board.write_text(SHORT, "utf-8")
    render = ["render", str(board), "--backend", "animatic", "--draft", "--out", str(build)]
    assert run(render) == Exit.OK
    (film,) = build.glob("*.mp4")
    before = film.read_bytes()
    show = progress.Shown.__call__
    heard: list[SessionEvent] = []
    press_at = 0

    def shown(self: progress.Shown, event: SessionEvent) -> None:
        show(self, event)
        heard.append(event)
        if len(heard) == press_at:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(progress.Shown, "__call__", shown)
    while not any(isinstance(event, FilmEnded) for event in heard):
        press_at += 1
        heard = []
        # Each time there is a job that is kept and one that is not.
        board.write_text(SHORT.replace("far out", f"{press_at} miles out"), "utf-8")
        assert run(render) == Exit.INTERRUPTED, heard
        was_cut = any(isinstance(event, FilmEnded) for event in heard)
        assert was_cut or film.read_bytes() == before, heard
    assert press_at >= FEWEST_EVENTS - 1


def test_ctrl_c_leaves_an_animatic_in_the_middle_of_its_drawing(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text(LONG, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "storyboard", "render", "--backend", "animatic"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        try:
            assert any("cutting " in line for line in process.stderr)
            process.send_signal(signal.SIGINT)
            process.communicate()
        finally:
            process.kill()
    assert process.returncode == 130
    assert not (tmp_path / "build").exists() or not list((tmp_path / "build").iterdir())
    # Had it waited for its drawings, they would be here, whole; half of one never is.
    derived = tmp_path / ".storyboard" / "derived"
    assert not [path for path in derived.rglob("*") if path.is_file()]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no pseudo-terminals")
def test_at_a_terminal_an_interrupt_is_told_in_lines_of_its_own(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 -- where there is one

    (tmp_path / "storyboard.yaml").write_text(LONG, "utf-8")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "storyboard", "render", "--backend", "animatic"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            read_until(ours, "encoding ")
            process.send_signal(signal.SIGINT)
            shown = read_until(ours, None)
        finally:
            process.kill()
            os.close(ours)
    assert process.returncode == Exit.INTERRUPTED
    told = shown[shown.index("interrupted: ") :]
    lines = CUTTING.splitlines()
    assert [line.rstrip() for line in told.splitlines()][: len(lines)] == lines


def read_until(terminal: int, awaited: str | None) -> str:
    """Read what a terminal is told until it says something, or is left; escapes are left out."""
    told = b""
    while awaited is None or awaited not in plain(told):
        try:
            more = os.read(terminal, 4096)
        except OSError:  # Linux says so when nobody has the other end any more
            more = b""
        if not more:
            assert awaited is None, plain(told)
            break
        told += more
    return plain(told)


def plain(told: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", told.decode("utf-8", "replace"))


def test_ctrl_c_is_what_it_is_everywhere_while_no_run_hears_it() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), ctrl_c() as stop:
        signal.raise_signal(signal.SIGINT)
    assert stop.stopped
    assert signal.getsignal(signal.SIGINT) is before
