import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.media.text.bidi import base_direction, levels, reorder


def shown(text: str) -> str:
    """Put a line into the order in which its letters are drawn, from the left."""
    level = levels(text, base_direction(text))
    return "".join(reorder(list(zip(level, text, strict=True))))


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
        ("", ""),
    ],
)
def test_lines_are_drawn_as_unicode_says(written: str, drawn: str) -> None:
    assert shown(written) == drawn


def test_the_first_letter_with_a_direction_decides() -> None:
    assert base_direction("12 - אב abc") == "rtl"
    assert base_direction("12 - abc אב") == "ltr"
    assert base_direction("12") == "ltr"


@given(st.text(alphabet="ab 12.,%-()אבגدرس٣ךּ\u200f", max_size=40), st.sampled_from(["ltr", "rtl"]))
def test_reordering_keeps_every_letter(text: str, base: str) -> None:
    level = levels(text, "rtl" if base == "rtl" else "ltr")
    assert len(level) == len(text)
    order = reorder(list(zip(level, range(len(text)), strict=True)))
    assert sorted(order) == list(range(len(text)))


@given(st.text(alphabet="אבגדה ", max_size=20))
def test_text_of_one_direction_is_turned_around(text: str) -> None:
    if base_direction(text) == "rtl":
        assert shown(text) == text[::-1]
