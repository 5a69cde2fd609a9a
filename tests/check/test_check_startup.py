"""What is imported to check a storyboard: nothing heavy that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from storyboard.cut.overlay import Overlay, measure_titles, overlays

HEAVY = {"av", "numpy", "PIL", "moviepy", "fontTools", "httpx", "rich", "imageio_ffmpeg"}

BOARD = """
storyboard: 1
model: kling-v3-turbo-pro
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A street at dawn.}
      - {id: b, duration: 3s, prompt: People walk.TITLES}
"""
TITLED = BOARD.replace("TITLES", " , titles: [{text: Good morning, at: 1s, for: 1s}]")

CHECK = """
import sys
from pathlib import Path
from storyboard import Ask, compile_storyboard
assert compile_storyboard(Ask(Path(sys.argv[1]))).plan is not None
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported(text: str, folder: Path) -> set[str]:
    """Compile a storyboard in a new interpreter, and return the packages that it imports."""
    path = folder / "storyboard.yaml"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(  # noqa: S603 # this interpreter, on the text above
        [sys.executable, "-c", CHECK, str(path)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("text", "needed"),
    [(BOARD.replace("TITLES", ""), set[str]()), (TITLED, {"PIL", "fontTools"})],
    ids=["words alone", "titles"],
)
def test_what_draws_is_imported_only_where_something_is_measured(
    text: str, needed: set[str], tmp_path: Path
) -> None:
    assert HEAVY & imported(text, tmp_path) == needed


def test_the_room_of_titles_gives_functions_and_not_its_modules() -> None:
    assert isinstance(Overlay, type)
    assert callable(measure_titles)
    assert callable(overlays)
