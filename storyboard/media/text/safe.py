"""A picture's size to the area in which words may stand."""

from fractions import Fraction
from functools import lru_cache

from storyboard.model import Box, Size

_TALL = Fraction(3, 4)
_WIDE = Fraction(5, 4)


@lru_cache(maxsize=64)
def safe_area(size: Size) -> Box:
    """Return where words are seen on every screen.

    Wide films keep 5 % clear at each side (EBU R 95, SMPTE ST 2046: titles within 90 %). Tall ones
    are shown in apps that lay their own buttons over the lower fifth, the top and the right edge.
    """
    ratio = Fraction(size.width, size.height)
    if ratio <= _TALL:
        return _area(size, (Fraction(7, 100), Fraction(12, 100), Fraction(7, 100), Fraction(1, 5)))
    if ratio < _WIDE:
        return _area(size, (Fraction(7, 100),) * 4)
    return _area(size, (Fraction(1, 20), Fraction(1, 20), Fraction(1, 20), Fraction(1, 20)))


def _area(size: Size, clear: tuple[Fraction, ...]) -> Box:
    left, top, right, bottom = clear
    x, y = round(size.width * left), round(size.height * top)
    return Box(
        x,
        y,
        size.width - x - round(size.width * right),
        size.height - y - round(size.height * bottom),
    )
