"""A film's size to the places on its page: the picture, the column beside it, the notes below."""

from dataclasses import dataclass
from fractions import Fraction

from storyboard.model import Box, Size

_BARE = 240
_TALL = Fraction(3, 4)
_WIDE = Fraction(5, 4)


@dataclass(frozen=True, slots=True)
class Page:
    """Where things are. `unit` is a 720th of the shorter side; all edges are even, as chroma is.

    The whole film stands in `picture`, with its titles and captions. What is said of a shot stands
    below it and, but for tall pages, in a column beside it; a bare page, which is too small for
    words, is all picture.
    """

    unit: float
    picture: Box
    bar: Box | None
    column: Box | None
    notes: Box | None

    def px(self, length: float) -> int:
        """Turn a length of the design, made for a shorter side of 720, into pixels."""
        return round(length * self.unit)


def page_of(size: Size) -> Page:
    """Lay out a page."""
    unit = min(size.width, size.height) / 720
    if min(size.width, size.height) < _BARE:
        return Page(unit, Box(0, 0, size.width, size.height), None, None, None)
    ratio = Fraction(size.width, size.height)
    if ratio <= _TALL:
        return _tall(size, unit)
    return _wide(size, unit) if ratio > _WIDE else _square(size, unit)


def _wide(size: Size, unit: float) -> Page:
    """Put the picture to the left, a column beside it from top to bottom, notes below it."""
    edge, gap = round(32 * unit), round(28 * unit)
    picture = _box(edge, edge, size.width * Fraction(3, 4), size.height * Fraction(3, 4))
    left, top = picture.right + gap, picture.bottom + round(32 * unit)
    column = _box(left, edge, size.width - left - edge, size.height - 2 * edge)
    notes = _box(edge, top, picture.width, size.height - top - edge)
    return Page(unit, picture, _bar(picture, unit), column, notes)


def _square(size: Size, unit: float) -> Page:
    """Put the picture to the left, a column beside it, and notes below both."""
    edge, gap = round(24 * unit), round(22 * unit)
    picture = _box(edge, edge, size.width * Fraction(7, 10), size.height * Fraction(7, 10))
    left, top = picture.right + gap, picture.bottom + round(30 * unit)
    column = _box(left, edge, size.width - left - edge, picture.height)
    notes = _box(edge, top, size.width - 2 * edge, size.height - top - edge)
    return Page(unit, picture, _bar(picture, unit), column, notes)


def _tall(size: Size, unit: float) -> Page:
    """Put the picture in the middle above, and the words below."""
    edge = round(20 * unit)
    width, height = size.width * Fraction(4, 5), size.height * Fraction(4, 5)
    picture = _box((size.width - width) / 2, edge, width, height)
    top = picture.bottom + round(26 * unit)
    notes = _box(picture.x, top, picture.width, size.height - top - edge)
    return Page(unit, picture, _bar(picture, unit), None, notes)


def _bar(picture: Box, unit: float) -> Box:
    return _box(picture.x, picture.bottom + 10 * unit, picture.width, max(2.0, 4 * unit))


def _box(x: float | Fraction, y: float, width: float | Fraction, height: float | Fraction) -> Box:
    return Box(*(max(0, round(float(edge) / 2) * 2) for edge in (x, y, width, height)))
