"""Find damage in the glyphs of a font of the user's own, before anything is drawn with it.

HarfBuzz draws nothing in the place of a glyph that it cannot read, and says nothing.
"""

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from storyboard.media.text.fonts import FontFile, NotAFont, sfnt

if TYPE_CHECKING:  # it takes longer to import than most titles to set, all in shipped fonts
    from fontTools.ttLib import TTFont


def find_damage(font: FontFile, glyphs: frozenset[int]) -> None:
    """Read the outlines of glyphs, given by number. The shipped fonts are whole.

    Raises:
        NotAFont: one of them cannot be read.
    """
    if font.shipped or font.bitmap:
        return
    for glyph in glyphs:
        found = _damage(font, glyph)
        if found is not None:
            raise NotAFont(found)


@lru_cache(maxsize=8192)
def _damage(font: FontFile, glyph: int) -> str | None:
    from fontTools.pens.basePen import NullPen  # noqa: PLC0415 -- the reason is above

    try:
        read, outlines = _outlines(font)
        outlines[read.getGlyphName(glyph)].draw(NullPen())
    except Exception as error:  # noqa: BLE001 - a damaged font fails in any way
        return f"{font.path.name} is damaged: {error}"
    return None


@lru_cache(maxsize=8)
def _outlines(font: FontFile) -> "tuple[TTFont, Any]":
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- the reason is above

    read = TTFont(BytesIO(sfnt(font.path)), fontNumber=0, lazy=True)
    return read, read.getGlyphSet()
