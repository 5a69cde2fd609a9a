"""What a command imports: nothing heavy that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from unmeasured import unmeasured

from storyboard.cut.overlay import Overlay, measure_titles, overlays

HEAVY = frozenset(
    {
        *("av", "numpy", "PIL", "moviepy", "fontTools", "uharfbuzz", "imageio_ffmpeg"),
        *("httpx", "asyncio", "sqlite3", "rich", "starlette"),
        *("jinja2", "babel", "price_parser", "slugify", "charset_normalizer"),
        *("jsonschema", "yaml"),
    }
)
"""Packages that take long to import, for some command or storyboard alone."""

CHECKED = frozenset({"jsonschema", "yaml"})
"""What it takes to read and check any storyboard."""

BOARD = """
storyboard: 1
model: kling-v3-turbo-pro
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A street at dawn.}
      - {id: b, duration: 3s, prompt: People walk.TITLES}
"""
WORDS = BOARD.replace("TITLES", "")
TITLED = BOARD.replace("TITLES", ", titles: [{text: Good morning, at: 1s, for: 1s}]")
LONG = TITLED.replace("Good morning", "Good morning to everybody in the street")
STILL = WORDS.replace("prompt: A street at dawn.", "still: a.png")
TABLE = (
    WORDS.replace("People walk.", "'{{ who }} walks.'")
    + "variations: {matrix: {who: [Ann, Bo]}, name: '{{ who }}'}\n"
)

COMMAND = """
import atexit, sys
atexit.register(
    lambda: print(*sorted({one.partition(".")[0] for one in sys.modules}), file=sys.stderr)
)
from storyboard.cli.main import main
main()
"""


def imported(*words: str) -> frozenset[str]:
    """Run a command in a new interpreter, and return which heavy packages it imports."""
    done = subprocess.run(  # noqa: S603 # this interpreter, on the text above
        [sys.executable, "-c", COMMAND, *words],
        capture_output=True,
        text=True,
        check=True,
        env=unmeasured(),
    )
    return HEAVY & set(done.stderr.splitlines()[-1].split())


def written(text: str, folder: Path) -> str:
    Image.new("RGB", (64, 36)).save(folder / "a.png")
    path = folder / "storyboard.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["check", "--help"]])
def test_help_waits_for_nothing_heavy(words: list[str]) -> None:
    assert imported(*words) <= (CHECKED if len(words) > 1 else frozenset())


@pytest.mark.parametrize("command", ["check", "plan", "status"])
@pytest.mark.parametrize(
    ("text", "needed"),
    [
        (WORDS, frozenset[str]()),
        (TITLED, frozenset()),
        (LONG, frozenset({"uharfbuzz"})),
        (STILL, frozenset({"PIL"})),
        (TABLE, frozenset({"jinja2", "babel"})),
    ],
    ids=["words alone", "short titles", "long titles", "a picture", "variations"],
)
def test_a_storyboard_waits_only_for_what_it_uses(
    command: str, text: str, needed: frozenset[str], tmp_path: Path
) -> None:
    assert imported(command, written(text, tmp_path)) == CHECKED | needed


def test_to_pick_waits_for_nothing_more_than_to_check(tmp_path: Path) -> None:
    file = written(WORDS, tmp_path)
    assert imported("pick", file, "--all") == CHECKED


def test_the_room_of_titles_gives_functions_and_not_its_modules() -> None:
    assert isinstance(Overlay, type)
    assert callable(measure_titles)
    assert callable(overlays)
