"""A clip's size to the places on its page: the picture, the column beside it, the strip below."""

from dataclasses import dataclass
from fractions import Fraction

from storyboard.model.storyboard import Size

_BARE = 240
_TALL = Fraction(3, 4)
_WIDE = Fraction(5, 4)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; every edge is even, so that it covers whole samples of colour."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column to its right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below it."""
        return self.y + self.height

    @property
    def size(self) -> Size:
        """Its width and height."""
        return Size(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Page:
    """Where things stand. `unit` is a 720th of the shorter side.

    What is said of the picture stands in a column beside it, on tall pages in notes below it, and
    nowhere on a bare page, which is too small. On wide and square pages, titles and captions of the
    film fall on the strip below the picture, which is left empty for them.
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
    return _beside(size, unit, Fraction(71, 100) if ratio > _WIDE else Fraction(68, 100))


def _beside(size: Size, unit: float, part: Fraction) -> Page:
    """Put the picture to the left, above an empty strip, and everything said of it beside it."""
    edge, gap = round(32 * unit), round(28 * unit)
    picture = _box(edge, edge, size.width * part, size.height * part)
    column = _box(
        picture.right + gap, edge, size.width - picture.right - gap - edge, size.height - 2 * edge
    )
    return Page(unit, picture, _bar(picture, unit), column, None)


def _tall(size: Size, unit: float) -> Page:
    """Put the picture in the middle above, where titles stand in the film, and the words below.

    It ends with the safe area, so that nothing of the film falls on the words.
    """
    edge = round(20 * unit)
    width, height = size.width * 0.8, size.height * 0.8
    picture = _box((size.width - width) / 2, edge, width, height)
    top = picture.bottom + round(26 * unit)
    notes = _box(picture.x, top, picture.width, size.height - top - edge)
    return Page(unit, picture, _bar(picture, unit), None, notes)


def _bar(picture: Box, unit: float) -> Box:
    return _box(picture.x, picture.bottom + 10 * unit, picture.width, max(2.0, 4 * unit))


def _box(x: float, y: float, width: float | Fraction, height: float | Fraction) -> Box:
    return Box(*(max(0, round(float(edge) / 2) * 2) for edge in (x, y, width, height)))
