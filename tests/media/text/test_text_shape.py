import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hb_shape import Placed, hb_shape, shape

from storyboard.media.text import Type, Weight, font_stack, lay_out, read_font
from storyboard.media.text.fonts import FOLDER
from storyboard.media.text.shape import Run, descent, extent, shaped

BOLD = font_stack(Weight.BOLD)
SCRIPTS = {
    "latin": "AVATAR Çédille Ưu đãi difficult fi 12.50",
    "greek": "Πρώτος καφές",
    "cyrillic": "Первая чашка",
    "arabic": "قهوتك الأولى علينا لِلَّهِ",
    "hebrew": "הַכּוֹס הָרִאשׁוֹנָה",
    "devanagari": "क्षत्रिय विद्यार्थी स्त्री हिन्दी कर्म श्रृंगार",
    "thai": "น้ำผึ้งที่ปั๊มน้ำมัน ผู้ใหญ่",
    "han and kana": "首杯咖啡 最初の一杯は無料です",
    "hangul": "첫 잔은 저희가 대접합니다",
}
MIXED = {
    "arabic with latin and numbers": "خصم 50% (اليوم فقط) مع Café!",
    "hebrew with latin and numbers": 'מחיר: 12.50 ₪ (כולל מע"מ) iPhone 15',
    "latin with arabic": "Now: قهوتك (free) 20 ٣٤",
    "persian": "می‌خواهم",
    "emoji": "☕🎉👩\u200d🚀👍🏽🇩🇪5\ufe0f\u20e3",
    "emoji between words": "Free ☕ हिन्दी 🎉 กาแฟ",
    "signs": "→ ★ ✓ ≤ € ½ №",
}


def runs(text: str, size: int = 40) -> tuple[Run, ...]:
    (line,) = lay_out(text, Type(BOLD, size), 100_000).lines
    return line.runs


def placed(run: Run) -> tuple[Placed, int]:
    found = shaped(run)
    return [(one.number, one.x, one.y) for one in found.glyphs], found.advance


@pytest.mark.parametrize("text", [*SCRIPTS.values(), *MIXED.values()], ids=[*SCRIPTS, *MIXED])
def test_glyphs_and_places_are_those_of_harfbuzz(text: str) -> None:
    program = hb_shape()
    for run in runs(text):
        how = [f"--direction={run.direction}", f"--script={run.script}"]
        how.append(f"--language={run.language or 'und'}")
        words = run.text
        if run.font.bitmap:  # the shipped emoji have no skin tones: these are left out
            words = "".join(one for one in words if ord(one) in run.font.glyphs)
        assert placed(run) == shape(program, words, run.font.path, *how)


@pytest.mark.parametrize("name", ["greek", "cyrillic", "arabic", "devanagari", "thai"])
def test_harfbuzz_guesses_the_same_script_and_direction(name: str) -> None:
    (run,) = runs(SCRIPTS[name])
    assert placed(run) == shape(hb_shape(), run.text, run.font.path)


def test_a_skipped_comparison_fails_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hb_shape.which", lambda _: None)
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception):
        hb_shape()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception):
        hb_shape()


def test_a_text_has_one_shape_at_all_sizes() -> None:
    small, large = runs(SCRIPTS["thai"], 10)[0], runs(SCRIPTS["thai"], 100)[0]
    assert shaped(small) == shaped(large)
    assert extent(large).advance == pytest.approx(10 * extent(small).advance)
    assert extent(large).top == pytest.approx(10 * extent(small).top)


def test_conjuncts_and_marks_are_set_as_readers_expect() -> None:
    """No shaper: as many glyphs as characters, and all of them on the line."""
    (conjunct,) = runs("क्ष")
    assert len(shaped(conjunct).glyphs) == 1
    (vowel,) = runs("हि")  # the vowel is written after the consonant, and drawn before it
    (consonant,) = runs("ह")
    assert shaped(vowel).glyphs[1].number == shaped(consonant).glyphs[0].number
    low, high = runs("ที")[0], runs("ที่")[0]
    assert extent(high).top < extent(low).top - 1


def test_language_chooses_among_the_shapes_of_a_letter() -> None:
    chinese, japanese = runs("直")[0], runs("直の")[0]
    assert (chinese.language, japanese.language) == (None, "ja")
    assert placed(chinese)[0][0] != placed(japanese)[0][0]


def test_the_ink_of_a_run_lies_within_its_extent() -> None:
    found = extent(runs("jÂ")[0])
    assert found.left < 0 < found.right
    assert found.top < 0 < found.bottom
    blank = extent(Run(" ", BOLD.primary, 40, "ltr", "Zyyy"))
    assert blank.advance > 0
    assert (blank.left, blank.top, blank.right, blank.bottom) == (0, 0, 0, 0)


def test_lines_reach_below_the_baseline_as_the_font_says() -> None:
    assert descent(BOLD.primary) == pytest.approx(0.293)


def test_invisible_characters_that_a_font_lacks_are_not_drawn_as_boxes() -> None:
    font = read_font(FOLDER / "NotoSansThai-Bold.ttf")
    assert not {0x2060, 0x01, 0xFFFB} & font.glyphs
    run = Run("ก\u2060\x01\ufffb", font, 40, "ltr", "Thai")
    assert all(one.number for one in shaped(run).glyphs)


DRAW = """
import hashlib
from PIL import features
from storyboard.media.text import Type, Weight, font_stack, lay_out, paint
style = Type(font_stack(Weight.BOLD), 31)
text = "\\n".join(%r)
painted = paint(lay_out(text, style, 700), "#ffcc00", "start")
print(features.check("raqm"), hashlib.sha256(painted.picture.tobytes()).hexdigest())
"""


@cache
def draw_in_a_process(libraries: Path | None) -> tuple[bool, str]:
    """Draw all texts; tell whether Pillow could shape text there, and a digest of the pixels."""
    code = DRAW % ([*SCRIPTS.values(), *MIXED.values()],)
    where = {"LD_LIBRARY_PATH": str(libraries)} if libraries else {}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **where},
    )
    can_shape, digest = done.stdout.split()
    return can_shape == "True", digest


@pytest.mark.skipif(sys.platform != "linux", reason="a library is hidden as Linux looks for it")
def test_the_pixels_are_the_same_with_fribidi_and_without(tmp_path: Path) -> None:
    (tmp_path / "libfribidi.so.0").write_bytes(b"no library")
    seen, with_it = draw_in_a_process(None)
    hidden, without_it = draw_in_a_process(tmp_path)
    assert not hidden
    assert with_it == without_it
    if not seen:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("this machine has no FriBidi to compare with (Debian: libfribidi0)")
