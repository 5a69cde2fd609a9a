"""`docs/python.md` is true: its example is the script, the script runs, its names are public."""

import re
import runpy
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import storyboard
from storyboard.session import errors

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "examples" / "from_python.py"
PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")


def test_the_page_shows_the_script() -> None:
    assert f"```python\n{SCRIPT.read_text('utf-8')}```\n" in PAGE


def test_the_script_sees_a_price_agrees_and_renders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hello = tmp_path / "hello"
    shutil.copytree(ROOT / "examples" / "hello", hello, ignore=shutil.ignore_patterns("build"))
    script = SimpleNamespace(**runpy.run_path(str(SCRIPT)))
    assert script.main(hello / "storyboard.yaml") == 0
    said = capsys.readouterr().out
    assert "a yes costs " in said
    assert "spent 0 USD, rehearsed " in said
    assert (hello / "build" / "hello.rehearsal.mp4").is_file()
    assert script.main(hello / "missing.yaml") == 1


def test_the_functions_and_errors_that_it_names_are_public() -> None:
    named = set(re.findall(r"`(\w+)(?:\(|`)", PAGE))
    functions = {name for name in named if name.endswith(("_storyboard", "_timelines"))}
    assert functions == {
        name for name in storyboard.__all__ if name.endswith(("_storyboard", "_timelines"))
    }
    told = {name for name in named if name.endswith("Error")}
    tree = {name for name in vars(errors) if name.endswith("Error")}
    assert told == tree
    assert told <= set(storyboard.__all__)
