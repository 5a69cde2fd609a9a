"""What is said of a title at once is what setting it would find."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from captioned import SHOT, captioned, local
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.cut.overlay.measure import measure_titles
from storyboard.cut.overlay.title_room import are_at_once, most_width, needs_setting
from storyboard.cut.overlay.words_drawn import is_plain
from storyboard.media.text import Type, Weight, font_stack, rough_width
from storyboard.model import (
    AspectRatio,
    Captions,
    Corner,
    Format,
    Place,
    StillShot,
    Storyboard,
    Title,
    TitleStyle,
    Watermark,
)

NOWHERE = Path("no/such/folder")
PLAIN = [one for one in map(chr, range(0x3000)) if is_plain(one)]
STYLE = TitleStyle("own", Place.CENTRE, Decimal("0.08"))


def titled(*titles: Title, ratio: AspectRatio | None = None) -> Storyboard:
    board = captioned(outputs=(Captions.OFF, Captions.BURN))
    (scene,) = board.scenes
    (shot,) = scene.shots
    assert isinstance(shot, StillShot)
    scene = replace(scene, shots=(replace(shot, look=replace(shot.look, titles=titles)),))
    outputs = board.outputs
    if ratio is not None:
        outputs = tuple(replace(one, format=Format(ratio, None, None)) for one in outputs)
    return replace(board, scenes=(scene,), outputs=outputs)


def title(text: str, start: int = 0, style: TitleStyle = STYLE) -> Title:
    return Title(text, Fraction(start), Fraction(2), style, SHOT)


def test_a_short_title_needs_no_fonts() -> None:
    assert not needs_setting(titled())
    assert not needs_setting(titled(title("First cup — déjà vu")))
    assert not needs_setting(titled(title("First"), title("Cup", 2)))


@pytest.mark.parametrize(
    "titles",
    [
        [title("Opening week, with two cups for the price of one")],
        [title("First\nCup")],
        [title("فنجان")],
        [title("First"), title("Cup", 1)],
        [title("First", style=replace(STYLE, font=local("own.ttf")))],
        [title("i", style=replace(STYLE, size=Decimal("0.5")))],
    ],
    ids=["long", "two lines", "another script", "two at once", "own font", "too high"],
)
def test_what_may_be_wrong_is_set(titles: Sequence[Title]) -> None:
    assert needs_setting(titled(*titles))


def test_beside_a_watermark_and_in_the_brands_font_every_title_is_set() -> None:
    board = titled(title("Cup"))
    mark = Watermark(local("mark.png"), Corner.TOP_LEFT, Decimal(1), Decimal("0.04"))
    assert needs_setting(replace(board, cut=replace(board.cut, watermark=mark)))
    assert needs_setting(replace(board, cut=replace(board.cut, font=local("own.ttf"))))


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(st.sampled_from(PLAIN), max_size=30),
    size=st.decimals("0.02", "0.4", places=2),
    place=st.sampled_from(Place),
    box=st.sampled_from([None, "#000000"]),
    ratio=st.sampled_from([AspectRatio(16, 9), AspectRatio(9, 16), AspectRatio(1, 1)]),
)
def test_nothing_is_found_in_a_title_that_is_not_set(
    text: str, size: Decimal, place: Place, box: str | None, ratio: AspectRatio
) -> None:
    board = titled(title(text, style=TitleStyle("own", place, size, box=box)), ratio=ratio)
    assert needs_setting(board) or measure_titles(board, NOWHERE) == ()


def test_no_plain_text_is_wider_than_is_thought() -> None:
    fonts = Type(font_stack(Weight.BOLD), 1000)
    others = [chr(one) for one in range(0x20, 0x7F)]
    for pair in [*PLAIN, *(f"{one}{other}" for one in PLAIN for other in others)]:
        assert rough_width(pair, fonts) < 1000 * most_width(pair), pair


def test_titles_that_follow_each_other_are_not_at_once() -> None:
    assert are_at_once(title("a"), title("b", 1))
    assert not are_at_once(title("a"), title("b", 2))


def test_to_ask_loads_no_fonts() -> None:
    said = (
        "import sys\nfrom storyboard.cut.overlay import needs_setting\n"
        "print({'uharfbuzz', 'bidi', 'fontTools', 'PIL'} & set(sys.modules))\n"
    )
    done = subprocess.run(  # noqa: S603 # this interpreter, on the lines above
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
