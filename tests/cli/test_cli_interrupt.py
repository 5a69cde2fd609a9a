"""Ctrl-C: what is under way is given up, nothing else begins, and nothing half-made is kept."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.cli.interrupt import ctrl_c

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


def test_a_second_ctrl_c_leaves_the_animatic_in_the_middle_of_its_drawings(tmp_path: Path) -> None:
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
            for awaited in (": drawing", "interrupted: "):
                assert any(awaited in line for line in process.stderr)
                process.send_signal(signal.SIGINT)
            process.communicate()
        finally:
            process.kill()
    assert process.returncode == 130
    # Had it waited for its drawings, they would be here, whole; half of one never is.
    derived = tmp_path / ".storyboard" / "derived"
    assert not [path for path in derived.rglob("*") if path.is_file()]


def test_ctrl_c_is_what_it_is_everywhere_while_no_run_hears_it() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), ctrl_c() as stop:
        signal.raise_signal(signal.SIGINT)
    assert stop.stopped
    assert signal.getsignal(signal.SIGINT) is before
