"""The command as a process of its own: how it is started, and who reads what it writes."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.cli.main import run

FULL = Path("/dev/full")
ROOT = Path(__file__).resolve().parents[2]
STORYBOARD = (sys.executable, "-m", "storyboard")


def test_python_m_is_the_command() -> None:
    done = subprocess.run(  # noqa: S603 -- our own program
        [*STORYBOARD, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("storyboard")


ODD_PICTURE = """\
import sys, warnings
from storyboard.cli.main import main

sys.argv = ["storyboard", "--version"]
try:
    main()
except SystemExit:
    odd = UserWarning("Corrupt EXIF data")
    warnings.warn_explicit(odd, UserWarning, "TiffImagePlugin.py", 950, "PIL.TiffImagePlugin")
    warnings.warn_explicit(odd, UserWarning, "own.py", 1, "own")
"""


def test_what_libraries_say_of_pictures_is_not_for_users() -> None:
    # A process of its own: one that has run the command hears no Ctrl-C any more.
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", ODD_PICTURE], capture_output=True, text=True, check=True
    )
    assert done.stderr == "own.py:1: UserWarning: Corrupt EXIF data\n"


def test_a_reader_who_goes_away_is_no_mistake_of_the_storyboard() -> None:
    storyboard = ROOT / "examples" / "first-cup" / "storyboard.yaml"
    reader, writer = os.pipe()
    os.close(reader)
    with open(writer, "wb") as gone:  # noqa: PTH123 -- it has no path
        done = subprocess.run(  # noqa: S603 -- our own program
            [*STORYBOARD, "plan", str(storyboard)], stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 141
    assert done.stderr == b""


INTERRUPTED = """\
import storyboard.cli.ending, storyboard.session.errors, storyboard.store.problem
from storyboard.cli import main

def struck(*_, **__):
    exec("raise KeyboardInterrupt")  # as in the import of a module with a dataclass

main.group.main = struck
main.main()
"""


def test_an_interrupt_in_the_middle_of_an_import_has_the_code_of_an_interrupt(
    tmp_path: Path,
) -> None:
    (tmp_path / "struck.py").write_text(INTERRUPTED, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "struck"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_no_bug(unbuffered: str) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(  # noqa: S603 -- our own program
            [*STORYBOARD, "explain"],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 7
    assert "make room" in done.stderr
    assert "bug" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ([], "Start with: storyboard init my-film"),
        (["schema"], "# yaml-language-server: $schema=PATH"),
    ],
)
def test_what_is_to_be_copied_from_the_help_stands_on_one_line(
    command: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--help"]) == 0
    assert line in [one.strip() for one in capsys.readouterr().out.splitlines()]


def test_commands_that_are_shown_can_be_typed_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my first film"
    assert run(["init", str(folder)]) == 0
    lines = [shlex.split(one) for one in capsys.readouterr().out.splitlines()[1:]]
    assert [one[2] for one in lines] == [str(folder / "storyboard.yaml")] * 2
    kept = folder / "my plan.json"
    assert run(["plan", str(folder), "--save", str(kept)]) == 0
    (said,) = (one for one in capsys.readouterr().out.splitlines() if one.startswith("kept as"))
    assert shlex.split(said.partition("; ")[2])[2] == str(kept)


def test_a_mistake_in_the_prices_is_shown_where_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "film"]) == 0
    line = "prices: 2 # of last year"
    (tmp_path / "film" / "storyboard-prices.yaml").write_text(f"{line}\nendpoints: {{}}\n", "utf-8")
    assert run(["check", "film"]) == 1
    told = capsys.readouterr().out
    assert " --> film/storyboard-prices.yaml:1:9" in told
    assert line in told
