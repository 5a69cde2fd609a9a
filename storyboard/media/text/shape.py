"""Turn a run of text into glyphs with their places, and into its width and the edges of its ink.

HarfBuzz shapes every script, from a wheel that is the same on every machine. It works in the font's
own units, so that a text has one shape at all sizes.
"""

from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz as hb

from storyboard.media.text.bidi import Direction
from storyboard.media.text.damage import find_damage
from storyboard.media.text.fonts import FontFile, NotAFont, sfnt
from storyboard.media.text.grapheme_clusters import is_ignorable

_JOINING = "\u034f\u200c\u200d"
"""Invisible characters that change how those beside them are joined, whether a font has them."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font, script (by ISO 15924) and direction, at a size in pixels.

    `language` is one that changes the shapes of letters (by BCP 47).
    """

    text: str
    font: FontFile
    size: int
    direction: Direction
    script: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph's number in its font, and its place from the run's start, in the font's units, up."""

    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Shaped:
    """The glyphs of a run, from the left, and how far they move the pen, in the font's units."""

    glyphs: tuple[Glyph, ...]
    advance: int


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a run moves the pen, and where its ink is: relative to the pen on the baseline.

    In pixels, down.
    """

    advance: float
    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=64)
def opened(font: FontFile) -> hb.Font:
    """Open a font for HarfBuzz, at one unit per unit of the font.

    Raises:
        NotAFont: HarfBuzz cannot read it.
    """
    try:
        face = hb.Face(hb.Blob(sfnt(font.path)))
    except (OSError, hb.HarfBuzzError) as error:
        raise NotAFont(f"{font.path.name} cannot be read as a font: {error}") from error
    return hb.Font(face)


def scale(run: Run) -> float:
    """Return how many pixels a unit of the run's font is."""
    return run.size / float(opened(run.font).face.upem)


def shaped(run: Run) -> Shaped:
    """Shape a run.

    Raises:
        NotAFont: its font is damaged where these glyphs are.
    """
    return _shaped(run.text, run.font, run.direction, run.script, run.language)


@lru_cache(maxsize=16384)
def _shaped(
    text: str, font: FontFile, direction: Direction, script: str, language: str | None
) -> Shaped:
    buffer = hb.Buffer()
    buffer.add_str(_drawable(text, font))
    buffer.direction, buffer.script = direction, script
    if language:
        buffer.language = language
    hb.shape(opened(font), buffer)
    glyphs: list[Glyph] = []
    pen = 0
    infos, places = buffer.glyph_infos or (), buffer.glyph_positions or ()
    for info, place in zip(infos, places, strict=True):
        glyphs.append(Glyph(info.codepoint, pen + place.x_offset, place.y_offset))
        pen += place.x_advance
    find_damage(font, frozenset(one.number for one in glyphs))
    return Shaped(tuple(glyphs), pen)


def advance(run: Run) -> float:
    """Measure how far a run moves the pen: a part of the cost of finding where its ink is."""
    return shaped(run).advance * scale(run)


@lru_cache(maxsize=8192)
def extent(run: Run) -> Extent:
    """Measure a run."""
    by, font, found = scale(run), opened(run.font), shaped(run)
    left = top = right = bottom = 0.0
    for glyph in found.glyphs:
        edges = font.get_glyph_extents(glyph.number)
        if not edges or not edges.width or not edges.height:
            continue
        start, above = glyph.x + edges.x_bearing, glyph.y + edges.y_bearing
        left, right = min(left, start), max(right, start + edges.width)
        top, bottom = min(top, -above), max(bottom, -above - edges.height)
    return Extent(found.advance * by, left * by, top * by, right * by, bottom * by)


def descent(font: FontFile) -> float:
    """Return how far a font's lines reach below the baseline, as a part of its letters' size."""
    read = opened(font)
    return float(-read.get_font_extents("ltr").descender / read.face.upem)


def _drawable(text: str, font: FontFile) -> str:
    """Leave out what would be drawn as a box: invisible characters that the font lacks.

    A skin tone that a font of pictures lacks would leave a hole behind the emoji.
    """
    keep = font.glyphs
    if font.bitmap:
        return "".join(one for one in text if ord(one) in keep)
    return "".join(
        one for one in text if ord(one) in keep or not is_ignorable(one) or one in _JOINING
    )
