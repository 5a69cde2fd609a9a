from pathlib import Path

import pytest
from captioned import CAPTION, SAID, captioned

from storyboard.cut.overlay import measure_words, needs_fonts
from storyboard.diagnostics import Severity
from storyboard.media.text.fonts import FOLDER
from storyboard.model import Captions

GEORGIAN = "გამარჯობა"
BOLD_SIGNS = "\U0001d412\U0001d400\U0001d40b\U0001d404"
NOWHERE = Path("nowhere")


@pytest.mark.parametrize(
    "words",
    ["இன்றே", "আজই", GEORGIAN, BOLD_SIGNS, "a\u20e0"],
    ids=["tamil", "bengali", "georgian", "mathematical", "a mark alone"],
)
@pytest.mark.parametrize("how", ["caption", "said"])
def test_a_caption_without_a_glyph_is_an_error_where_it_is_burnt_in(words: str, how: str) -> None:
    made = captioned(caption=words) if how == "caption" else captioned(said=["Yes.", words])
    assert needs_fonts(made)
    (found,) = measure_words(made, NOWHERE)
    assert (found.code, found.severity) == ("SB752", Severity.ERROR)
    assert found.span == (CAPTION if how == "caption" else SAID)
    assert "output `film-0`" in found.message


def test_every_output_that_burns_captions_is_named() -> None:
    outputs = (Captions.BURN, Captions.SIDECAR, Captions.BURN)
    (found,) = measure_words(captioned(GEORGIAN, outputs=outputs), NOWHERE)
    assert found.message.endswith("burnt into outputs `film-0`, `film-2`")


@pytest.mark.parametrize("how", [Captions.SIDECAR, Captions.OFF])
def test_captions_that_are_not_drawn_need_no_glyphs(how: Captions) -> None:
    assert measure_words(captioned(GEORGIAN, outputs=(how,)), NOWHERE) == ()


@pytest.mark.parametrize(
    "words",
    [
        "First cup\u2019s on us — 5 €",
        "पहला कप",
        "กาแฟ",
        "首杯",
        "☕👍🏽",
        "e\u0301",
        "辻\U000e0100",
    ],
)
def test_what_a_font_has_is_no_error(words: str) -> None:
    assert measure_words(captioned(words), NOWHERE) == ()


def test_a_font_of_ones_own_is_asked_and_told_where_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "own.ttf").write_bytes((FOLDER / "NotoSans-Bold.ttf").read_bytes())
    (tmp_path / "bad.ttf").write_bytes(b"nothing")
    assert needs_fonts(captioned("plain", font="own.ttf"))
    assert measure_words(captioned("plain", font="own.ttf"), tmp_path) == ()
    (found,) = measure_words(captioned("plain", font="bad.ttf"), tmp_path)
    assert (found.code, found.severity) == ("SB751", Severity.ERROR)
    assert "bad.ttf" in found.message


def test_words_of_pages_without_a_font_are_noted_once() -> None:
    made = captioned(said=["Yes.", GEORGIAN, f"இன்றே {GEORGIAN}"], outputs=(Captions.OFF,))
    assert needs_fonts(made)
    (found,) = measure_words(made, NOWHERE)
    assert (found.code, found.severity) == ("SB752", Severity.NOTE)
    assert "Georgian and Tamil" in found.message
    signs = captioned(said=[BOLD_SIGNS], outputs=(Captions.OFF,))
    (found,) = measure_words(signs, NOWHERE)
    assert "some characters" in found.message


def test_a_name_without_a_font_is_noted_too() -> None:
    (found,) = measure_words(captioned(name=f"a/{GEORGIAN}"), NOWHERE)
    assert found.severity == Severity.NOTE
