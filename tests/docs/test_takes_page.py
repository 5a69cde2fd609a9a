"""`docs/takes.md` is true: its commands print what it says, and the evening costs what it says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.emulator import child

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "takes.md").read_text("utf-8")
MEANWHILE = "..."
"""Stands for any text, or at the end of a line for its rest."""


def sessions() -> Iterator[tuple[str, list[str]]]:
    """Yield each command of the page with the lines that it should print."""
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        for one in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *lines = one.splitlines()
            yield command, lines


def pattern(lines: list[str]) -> str:
    """Write what the lines stand for: days and clips are other ones each time."""
    return "".join(map(_line, lines))


def _line(line: str) -> str:
    if line == MEANWHILE:
        return r"(?:.*\n)*?"
    head, rest = (line.removesuffix(MEANWHILE), ".*") if line.endswith(MEANWHILE) else (line, "")
    text = re.escape(head)
    text = re.sub(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8}…", "[0-9a-f]{12}", text)
    text = re.sub(r"\b(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8}\b", "[0-9a-f]{8}", text)
    return re.sub(r"2026\\-11\\-28", r"\\d{4}-\\d\\d-\\d\\d", text) + rest + "\n"


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    (board,) = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "evening.yaml").write_text(board, "utf-8")
    return tmp_path


def test_the_evening_is_as_it_is_told(
    evening: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said, wrong = [*sessions()], list[str]()
    assert len(said) > 20
    bin_ = evening / "bin"
    bin_.mkdir()
    program = bin_ / "storyboard"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m storyboard "$@"\n', "utf-8")
    program.chmod(0o755)
    with child(tmp_path_factory.mktemp("provider")) as urls:
        environment = {
            **os.environ,
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "80",
            "FAL_KEY": "any",
            "STORYBOARD_FAL_QUEUE_URL": urls.queue_url,
            "STORYBOARD_FAL_REST_URL": urls.rest_url,
            "STORYBOARD_FAL_API_URL": urls.api_url,
            "STORYBOARD_USER": "Mara Lind",
        }
        for command, lines in said:
            done = subprocess.run(  # noqa: S602 -- the page's own commands, as a reader types them
                command,
                check=False,
                shell=True,
                cwd=evening,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
            )
            if not re.fullmatch(pattern(lines), done.stdout):
                wanted = "\n".join(lines)
                wrong.append(f"$ {command}\n{done.stdout}--- the page has ---\n{wanted}")
    assert not wrong, "\n\n".join(wrong)
    assert (evening / "build" / "evening.mp4").exists()
