from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.media.text import (
    NotAFont,
    Painted,
    Type,
    Weight,
    font_stack,
    lay_out,
    missing_glyphs,
    paint,
    read_font,
    rough_width,
    safe_area,
)
from storyboard.media.text.shape import shaped
from storyboard.model.storyboard import Size

BOLD = font_stack(Weight.BOLD)
STYLE = Type(BOLD, 40)
SCRIPTS = {
    "latin": "Çédille jQgypß fi",
    "vietnamese": "Ưu đãi đặc biệt",
    "greek": "Πρώτος καφές",
    "cyrillic": "Первая чашка",
    "arabic": "قهوتك الأولى علينا",
    "hebrew": "הכוס הראשונה עלינו",
    "devanagari": "पहला कप हमारी ओर से",
    "thai": "กาแฟแก้วแรกฟรี",
    "chinese": "首杯咖啡我们请客",
    "traditional": "第一杯咖啡我們請客",
    "japanese": "最初の一杯は無料です",
    "korean": "첫 잔은 저희가 대접합니다",
    "emoji": "☕🎉👩\u200d🚀👍🏽🇩🇪",
    "signs": "→ ★ ✓ ≤ € ½ №",
}


def lines(text: str, width: float, style: Type = STYLE) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in lay_out(text, style, width).lines]


def clear_edges(painted: Painted) -> bool:
    """Tell whether there is no ink on the picture's rim: nothing was cut off."""
    alpha = np.asarray(painted.picture)[..., 3]
    return not (alpha[0].any() or alpha[-1].any() or alpha[:, 0].any() or alpha[:, -1].any())


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_every_script_has_its_glyphs_and_is_drawn_whole(text: str) -> None:
    assert missing_glyphs(text, BOLD) == ()
    for size in (11, 40, 97):
        painted = paint(lay_out(text, Type(BOLD, size), 4000), "#ffffff")
        assert np.asarray(painted.mask).max() == 255
        assert clear_edges(painted)


def test_a_character_that_no_font_has_is_named_once() -> None:
    assert missing_glyphs("aᚠbᚠ\u2fffc", BOLD) == ("ᚠ", "\u2fff")
    assert missing_glyphs("plain\u200d\ufe0f \n text", BOLD) == ()


def test_a_mark_that_no_font_has_beside_its_letter_is_named() -> None:
    assert missing_glyphs("a\u20e0b", BOLD) == ("a\u20e0",)
    assert missing_glyphs("👍🏽", BOLD) == (), "an emoji is drawn without its skin tone"


@pytest.mark.parametrize("text", ["e\u0301", "\u1100\u1161\u11a8", "u\u031b\u0323", "\u0958"])
def test_what_can_be_composed_or_taken_apart_is_drawn(text: str) -> None:
    assert missing_glyphs(text, BOLD) == ()
    (line,) = lay_out(text, STYLE, 400).lines
    assert all(one.number for run in line.runs for one in shaped(run).glyphs)


def test_few_lines_of_about_one_length_ended_at_a_pause() -> None:
    assert lines("Opening week, 2 for 1", 360) == ["Opening week,", "2 for 1"]
    assert lines("one\ntwo", 4000) == ["one", "two"]
    assert lines("", 4000) == [""]


def test_a_word_wider_than_a_line_is_broken_and_told() -> None:
    block = lay_out("Donaudampfschiff", STYLE, 150)
    assert block.broken
    assert len(block.lines) > 1
    assert block.width <= 150


WORDS = st.lists(
    st.sampled_from(["a", "of", "cup,", "week.", "opening", "neighbourhood", "你好", "كوب"]),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(320, 1400))
def test_lines_fit_and_keep_every_word(words: list[str], width: int) -> None:
    block = lay_out(" ".join(words), STYLE, width)
    assert block.width <= width + 1
    assert not block.broken
    drawn = sum(len(run.text.replace(" ", "")) for line in block.lines for run in line.runs)
    assert drawn == sum(len(word) for word in words)


@settings(max_examples=30, deadline=None)
@given(WORDS)
def test_the_rough_width_is_near_the_real_one(words: list[str]) -> None:
    text = " ".join(words)
    real = lay_out(text, STYLE, 1_000_000).width
    assert rough_width(text, STYLE) == pytest.approx(real, rel=0.05, abs=3)


def test_text_that_runs_to_the_left_starts_at_the_right() -> None:
    block = lay_out("אב\nabcdefghij", STYLE, 4000)
    columns = np.asarray(paint(block, "#ffffff", "start").mask)[: STYLE.size].any(axis=0)
    assert not columns[: len(columns) // 2].any()
    assert columns[len(columns) // 2 :].any()


def test_a_colour_and_its_strength_are_used() -> None:
    picture = np.asarray(paint(lay_out("■■", STYLE, 4000), "#ff800080").picture)
    assert picture[..., 3].max() == 128
    assert tuple(picture[picture[..., 3] > 0][0][:3]) == (255, 128, 0)


def test_a_font_of_ones_own_stands_before_the_shipped_ones() -> None:
    own = next(one.path for one in BOLD.files if "Hebrew" in one.path.name)
    stack = font_stack(Weight.BOLD, own)
    assert stack.primary.path == own
    assert missing_glyphs("abc אבג", stack) == ()


@pytest.mark.parametrize("content", [b"", b"no font", b"\0\1\0\0" + b"\0" * 40])
def test_what_is_no_font_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.ttf"
    path.write_bytes(content)
    with pytest.raises(NotAFont, match=r"x\.ttf"):
        read_font(path)


@pytest.mark.parametrize("size", [Size(1920, 1080), Size(1080, 1920), Size(1080, 1080)])
def test_the_safe_area_lies_inside_the_picture(size: Size) -> None:
    area = safe_area(size)
    assert 0 < area.x < area.right < size.width
    assert 0 < area.y < area.bottom < size.height
    if size.height > size.width:
        assert size.height - area.bottom > size.height // 6  # the apps' own buttons


ODD = st.text(
    alphabet=st.one_of(
        st.characters(max_codepoint=0x2FFF),
        st.characters(min_codepoint=0x1F000, max_codepoint=0x1FAFF),
        st.sampled_from("\u200d\ufe0f\u202e\u2066\u2069\u0000\t\r\n\u00ad\u0301אבسلةم你ーक्"),
    ),
    max_size=24,
)


@settings(max_examples=150, deadline=None)
@given(ODD, st.integers(1, 600), st.sampled_from([8, 31]))
def test_any_text_is_set_and_drawn_within_its_picture(text: str, width: int, size: int) -> None:
    block = lay_out(text, Type(BOLD, size), width)
    painted = paint(block, "#ffffff", "start")
    assert painted.picture.size == painted.mask.size
    assert clear_edges(painted)
