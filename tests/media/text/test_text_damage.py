from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from storyboard.media.text import NotAFont, Type, font_stack, lay_out, paint, read_font
from storyboard.media.text.damage import find_damage
from storyboard.media.text.fonts import FOLDER, Weight


def broken(path: Path, char: str) -> Path:
    """Write a font in which one letter's outline ends too early."""
    with TTFont(FOLDER / "NotoSansThai-Bold.ttf") as font:
        places, name = font["loca"].locations, font.getBestCmap()[ord(char)]
        start = places[font.getGlyphID(name)]
        table = font.reader.tables["glyf"].offset
    data = bytearray((FOLDER / "NotoSansThai-Bold.ttf").read_bytes())
    data[table + start : table + start + 10] = b"\x7f\xff" * 5  # far more contours than bytes
    path.write_bytes(data)
    return path


def test_a_damaged_letter_is_told_when_it_is_used(tmp_path: Path) -> None:
    stack = font_stack(Weight.BOLD, broken(tmp_path / "own.ttf", "ก"))
    assert lay_out("ขข", Type(stack, 40), 400).width > 0
    with pytest.raises(NotAFont, match=r"own\.ttf is damaged"):
        lay_out("ขก", Type(stack, 40), 400)
    with pytest.raises(NotAFont, match=r"own\.ttf is damaged"):
        find_damage(stack.primary, frozenset(range(100)))


def test_shipped_fonts_are_not_read_again() -> None:
    find_damage(font_stack(Weight.BOLD).primary, frozenset({1_000_000}))


@pytest.mark.parametrize("name", ["NotoSansThai-Bold.ttf", "NotoSansCJKsc-Medium-Subset.otf"])
def test_a_whole_font_of_the_users_own_has_no_damage(tmp_path: Path, name: str) -> None:
    own = tmp_path / name
    own.write_bytes((FOLDER / name).read_bytes())
    find_damage(read_font(own), frozenset(range(60)))


def test_packed_fonts_are_drawn_like_others(tmp_path: Path) -> None:
    with TTFont(FOLDER / "NotoSansThai-Bold.ttf") as font:
        font.flavor = "woff"
        font.save(tmp_path / "own.woff")
    (tmp_path / "own.ttf").write_bytes((FOLDER / "NotoSansThai-Bold.ttf").read_bytes())
    packed, plain = (
        paint(lay_out("ผู้ใหญ่", Type(font_stack(Weight.BOLD, tmp_path / own), 40), 400), "#ffffff")
        for own in ("own.woff", "own.ttf")
    )
    assert packed.mask.tobytes() == plain.mask.tobytes()
