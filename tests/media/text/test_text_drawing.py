from functools import cache

import numpy as np
import pytest
from canvas import Sheet, draw
from chromium import chromium
from numpy.typing import NDArray
from PIL import Image

from storyboard.media.text import Weight, drawing, font_stack
from storyboard.media.text.bidi import base_direction
from storyboard.media.text.drawing import PlacedRun, draw_colours, draw_mask
from storyboard.media.text.runs import runs
from storyboard.media.text.shape import advance, extent

BOLD = font_stack(Weight.BOLD)
SIZE = (400, 100)


def placed(text: str, x: float = 50.0, y: float = 60.0, size: int = 40) -> PlacedRun:
    (run,) = runs(text, BOLD, size, "ltr")
    return PlacedRun(run, x, y)


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = picture.getbbox()
    assert box is not None
    return box


def mask(*text: PlacedRun) -> NDArray[np.uint8]:
    return np.asarray(draw_mask(text, SIZE))


def test_ink_is_where_its_measure_says() -> None:
    one = placed("jÂ")
    found, (left, top, right, bottom) = extent(one.run), ink(draw_mask((one,), SIZE))
    assert abs(left - (50 + found.left)) <= 1
    assert abs(right - (50 + found.right)) <= 1
    assert abs(top - (60 + found.top)) <= 1
    assert abs(bottom - (60 + found.bottom)) <= 1


def test_a_part_of_a_pixel_moves_ink_by_as_much() -> None:
    """The mean place of ink, by columns, is that of the pen."""

    def middle(x: float) -> float:
        weights = mask(placed("o", x)).astype(float).sum(axis=0)
        return float((weights * np.arange(len(weights))).sum() / weights.sum())

    assert abs(middle(50.5) - middle(50.0) - 0.5) < 0.02
    assert abs(middle(51.0) - middle(50.0) - 1.0) < 0.02


def test_where_letters_are_joined_no_seam_is_seen() -> None:
    """Along the line at the top of Hindi words, all is ink: nothing lighter between letters."""
    drawn = mask(placed("कप", size=60))
    line = drawn[int(np.argmax(drawn.sum(axis=1)))]
    inked = np.flatnonzero(line)
    assert (line[inked[1] : inked[-1]] == 255).all()


def test_what_lies_over_something_else_is_as_dark_as_one() -> None:
    once, twice = placed("o"), placed("o")
    assert np.array_equal(mask(once), mask(once, twice))


def test_marks_upon_marks_take_no_picture_each(monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[tuple[int, int]] = []
    fill = drawing._filled  # noqa: SLF001 - it is counted
    monkeypatch.setattr(
        drawing, "_filled", lambda pen, size: filled.append(size) or fill(pen, size)
    )
    assert mask(placed("a" + "\u0336" * 500)).any()
    assert len(filled) <= 4


def test_ink_outside_the_picture_is_left_out() -> None:
    assert not mask(placed("abc", 1000.0)).any()
    half = mask(placed("abc", -20.0))
    assert half.any()
    assert half.shape == (100, 400)


def test_pictures_have_their_own_colours_and_stand_on_the_line() -> None:
    one = placed("🎉", size=50)
    picture = draw_colours((one,), SIZE)
    found, (left, top, right, bottom) = extent(one.run), ink(picture)
    assert 50 + found.left - 1 <= left < right <= 50 + found.right + 1
    assert 60 + found.top - 1 <= top < bottom <= 60 + found.bottom + 1
    seen = np.asarray(picture)
    assert len({tuple(one) for one in seen[seen[..., 3] == 255][:, :3]}) > 50


def test_pictures_are_cut_at_the_edge() -> None:
    assert draw_colours((placed("🎉", -10.0, 5.0, 50),), SIZE).size == SIZE


SHEET = Sheet(1100, 120, 40, 20, 70)
WORDS = {
    "latin": "AVATAR Çédille Ưu đãi difficult 12.50",
    "greek": "Πρώτος καφές",
    "cyrillic": "Первая чашка",
    "arabic": "قهوتك الأولى علينا لِلَّهِ",
    "hebrew": "הַכּוֹס הָרִאשׁוֹנָה",
    "devanagari": "क्षत्रिय विद्यार्थी स्त्री हिन्दी कर्म श्रृंगार",
    "thai": "น้ำผึ้งที่ปั๊มน้ำมัน ผู้ใหญ่",
    "han and kana": "首杯咖啡最初の一杯は無料です",
    "hangul": "첫잔은저희가",
    "arabic with latin": "خصم 50% (اليوم فقط) مع Café!",
    "hebrew with latin": 'מחיר: 12.50 ₪ (כולל מע"מ) iPhone 15',
    "latin with arabic": "Now: قهوتك (free) 20 ٣٤",
    "persian": "می‌خواهم",
    "emoji": "☕🎉👩\u200d🚀🇩🇪5\ufe0f\u20e3",
    "emoji between words": "Free ☕ हिन्दी 🎉 กาแฟ",
}


@cache
def from_browser(*words: str) -> dict[str, NDArray[np.int_]]:
    """Draw texts in Chromium, in the shipped fonts; return the ink of each."""
    first, *others, emoji = (one.path for one in BOLD.files)  # a browser asks fonts in their order
    asked = [(one, base_direction(one)) for one in words]
    drawn = draw(chromium(), asked, (first, emoji, *others), SHEET)
    return {one: ink[..., 3].astype(int) for one, ink in zip(words, drawn, strict=True)}


def ours(text: str) -> NDArray[np.int_]:
    """Draw a text as it is drawn in films; return its ink."""
    pen, placed = float(SHEET.x), []
    for run in runs(text, BOLD, SHEET.size, base_direction(text)):
        placed.append(PlacedRun(run, pen, SHEET.y))
        pen += advance(run)
    size = (SHEET.width, SHEET.height)
    letters = draw_mask([one for one in placed if not one.run.font.bitmap], size)
    pictures = draw_colours([one for one in placed if one.run.font.bitmap], size)
    return np.maximum(np.asarray(letters), np.asarray(pictures)[..., 3]).astype(int)


def difference(one: NDArray[np.int_], other: NDArray[np.int_]) -> float:
    """Return how much ink is in one of two pictures alone, as a part of all ink."""
    return float(np.abs(one - other).sum() / other.sum())


@pytest.mark.parametrize("name", WORDS)
def test_words_look_as_in_a_browser(name: str) -> None:
    browsers = from_browser(*WORDS.values())[WORDS[name]]
    assert difference(ours(WORDS[name]), browsers) < 0.1


def test_other_words_do_not_look_as_in_a_browser() -> None:
    """A vowel sign on the wrong side, a conjunct that is none, letters that are not joined."""
    wrong = {"हिन्दी": "हनि्दी", "क्ष": "क\u094d\u200cष", "سلم": "س\u200cل\u200cم"}
    for word, other in wrong.items():
        assert difference(ours(other), from_browser(*wrong)[word]) > 0.2
        assert difference(ours(word), from_browser(*wrong)[word]) < 0.1
