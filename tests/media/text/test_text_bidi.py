import unicodedata

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from storyboard.media.text.bidi import Direction, base_direction, stretches
from storyboard.media.text.grapheme_clusters import clusters

CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def shown(text: str, base: Direction | None = None) -> str:
    """Put a line into the order in which its letters are drawn, from the left."""
    drawn = []
    for one in stretches(text, base or base_direction(text)):
        parts = list(clusters(one.text))
        drawn += parts if one.direction == "ltr" else parts[::-1]
    return "".join(drawn)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("abc def", "abc def"),
        ("אבג", "גבא"),
        ("abc אבג def", "abc גבא def"),
        ("אבג abc דהו", "והד abc גבא"),
        ("אבג 123 דהו", "והד 123 גבא"),
        ("מחיר 12.50 ₪", "₪ 12.50 ריחמ"),
        ("abc אבג!", "abc גבא!"),
        ("אבג!", "!גבא"),
        ("אבג, דהו", "והד ,גבא"),
        ("אבג (abc)", ")abc( גבא"),  # HarfBuzz mirrors the brackets
        ("abc (אבג) 5", "abc (גבא) 5"),
        ("abc \u2067דהז 5, xy\u2069 z", "abc xy ,5 זהד z"),  # a part of its own direction
        ("abc \u202eדהז xy\u202c z", "abc yx זהד z"),  # letters that are told to run backwards
        ("a\u200f (אב", "aבא( "),  # a mark that is an invisible letter
        ("שָׁלוֹם", "םוֹלשָׁ"),  # marks stay with their letters
        ("", ""),
    ],
)
def test_lines_are_drawn_as_unicode_says(written: str, drawn: str) -> None:
    assert "".join(one for one in shown(written) if one not in CONTROLS) == drawn


def test_the_first_letter_with_a_direction_decides() -> None:
    assert base_direction("12 - אב abc") == "rtl"
    assert base_direction("12 - abc אב") == "ltr"
    assert base_direction("\u2067אב\u2069 abc") == "ltr"
    assert base_direction("12") == "ltr"
    assert base_direction("") == "ltr"


def test_a_stretch_is_read_in_the_order_in_which_it_is_written() -> None:
    (one,) = stretches("שלום", "rtl")
    assert (one.text, one.direction) == ("שלום", "rtl")
    words = [(one.text, one.direction) for one in stretches("abc אבג 12 דהו", "ltr")]
    assert words == [("abc ", "ltr"), (" דהו", "rtl"), ("12", "ltr"), ("אבג ", "rtl")]


def test_what_joins_letters_stays_between_them() -> None:
    words = "می\u200cخوب"
    assert [one.text for one in stretches(words, "rtl")] == [words]


@given(
    st.text(alphabet="ab 12.,%-()[]אבגدرس٣ךּ\u0301\u200d\U000e0041+$/:;☕" + CONTROLS, max_size=40),
    st.sampled_from(["ltr", "rtl"]),
)
@example("א" * 20_000, "rtl")
def test_reordering_keeps_every_character(text: str, base: Direction) -> None:
    assert sorted("".join(one.text for one in stretches(text, base))) == sorted(text)


@given(
    st.text(alphabet="ab 12.,%-()[]אבגدرس٣ך+$/:;\u2066\u2067\u2068\u2069", max_size=40),
    st.sampled_from(["ltr", "rtl"]),
)
def test_the_order_is_that_of_the_algorithm(text: str, base: Direction) -> None:
    text = text.strip()
    closed = text + "\u2069" * sum(map(text.count, "\u2066\u2067\u2068"))
    expected = get_display(closed, base_dir="R" if base == "rtl" else "L") if text else ""
    assert isinstance(expected, str)
    seen = [one for one in expected if one not in CONTROLS]
    drawn = [one for one in shown(text, base) if one not in CONTROLS]
    assert drawn == seen


@given(st.text(alphabet="אבגדה ", max_size=20))
def test_text_of_one_direction_is_turned_around(text: str) -> None:
    if base_direction(text) == "rtl":
        assert shown(text) == text[::-1]


def test_every_class_of_characters_is_labelled() -> None:
    """A character of each of Unicode's classes beside letters of both directions."""
    by_class: dict[str, str] = {}
    for code in range(0x20, 0x3000):
        by_class.setdefault(unicodedata.bidirectional(chr(code)), chr(code))
    for char in by_class.values():
        line = f"a{char}א{char}1"
        assert sorted("".join(one.text for one in stretches(line, "ltr"))) == sorted(line)
