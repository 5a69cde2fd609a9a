"""The changelog's fragments: each of a known kind, with words for users; towncrier reads them."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "changelog.d"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["towncrier"]
KINDS = [one["directory"] for one in SETTINGS["type"]]
FRAGMENTS = sorted(one for one in FOLDER.iterdir() if one.name != ".gitignore")
NAME = re.compile(rf"\+[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(KINDS)})\.md")


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.name)
def test_a_fragment_is_named_by_its_kind_and_says_something(path: Path) -> None:
    assert NAME.fullmatch(path.name), f"a fragment is +NAME.KIND.md, of {', '.join(KINDS)}"
    text = path.read_text("utf-8").strip()
    assert text
    assert text.endswith(".")
    assert not text.startswith(("#", "-", "*"))


@pytest.mark.parametrize("name", ["+new-thing.feature.md", "new-thing.added.md", "+A b.added.md"])
def test_another_name_is_refused(name: str) -> None:
    assert not NAME.fullmatch(name)


def test_the_pages_name_every_kind() -> None:
    page = (
        (ROOT / "docs" / "extending.md").read_text("utf-8").split("## A line in the changelog")[1]
    )
    assert set(re.findall(r"`([a-z]+)`", page)) >= set(KINDS)


def test_the_next_release_can_be_written() -> None:
    draft = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "## 9.9.9 (" in draft
    for path in FRAGMENTS:
        assert path.read_text("utf-8").strip() in draft
    assert SETTINGS["start_string"] in (ROOT / "CHANGELOG.md").read_text("utf-8")
