"""The command as a process of its own: how it is started, and who reads what it writes."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STORYBOARD = (sys.executable, "-m", "storyboard")


def test_python_m_is_the_command() -> None:
    done = subprocess.run(  # noqa: S603 -- our own program
        [*STORYBOARD, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("storyboard")


def test_a_reader_who_goes_away_is_no_mistake_of_the_storyboard() -> None:
    storyboard = ROOT / "examples" / "first-cup" / "storyboard.yaml"
    with subprocess.Popen(  # noqa: S603 -- our own program
        [*STORYBOARD, "plan", str(storyboard)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        code = running.wait()
    assert code == 141
    assert said == b""
