"""What a storyboard says of shape and rate to exact values."""

import re
from decimal import Decimal
from fractions import Fraction

from storyboard.model import AspectRatio, FrameRate, Size
from storyboard.source import Node, Scalar

WIDE = AspectRatio(16, 9)

_TELEVISION = {
    Fraction("23.976"): Fraction(24000, 1001),
    Fraction("23.98"): Fraction(24000, 1001),
    Fraction("29.97"): Fraction(30000, 1001),
    Fraction("47.95"): Fraction(48000, 1001),
    Fraction("59.94"): Fraction(60000, 1001),
    Fraction("119.88"): Fraction(120000, 1001),
}
_RATE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)(?:/([1-9][0-9]{0,5}))?")
_SIDE = r"[0-9]{1,5}(?:\.[0-9]{1,5})?"
_RATIO = re.compile(rf"({_SIDE}):({_SIDE})")
_LINES = re.compile(r"([1-9][0-9]{2,3})p")
_PIXELS = re.compile(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")
_NAMED = {"2k": 1440, "4k": 2160, "8k": 4320}


def frame_rate(node: Node | None) -> FrameRate | None:
    """Read a frame rate; the decimal names of television rates mean the exact ones."""
    match node:
        case Scalar(value=bool()):
            return None
        case Scalar(value=int() | Decimal() as value):
            rate = Fraction(value)
        case Scalar(value=str() as value) if found := _RATE.fullmatch(value):
            rate = Fraction(found[1]) / int(found[2] or 1)
        case _:
            return None
    return _TELEVISION.get(rate, rate) if rate > 0 else None


def ratio(text: str | None) -> AspectRatio | None:
    """Read `16:9` or `2.39:1`; None for `auto` and what is no ratio."""
    found = _RATIO.fullmatch(text or "")
    if found is None or not Fraction(found[1]) or not Fraction(found[2]):
        return None
    return of_fraction(Fraction(found[1]) / Fraction(found[2]))


def of_fraction(value: Fraction) -> AspectRatio:
    """Make a ratio in lowest terms."""
    return AspectRatio(value.numerator, value.denominator)


def pixels(text: str | None) -> Size | None:
    """Read `1080x1920`."""
    found = _PIXELS.fullmatch(text or "")
    return Size(int(found[1]), int(found[2])) if found else None


def lines(text: str | None) -> int | None:
    """Read `1080p` or `4k`: the pixels of the shorter side."""
    if found := _LINES.fullmatch(text or ""):
        return int(found[1])
    return _NAMED.get(text or "")


def sized(shorter: int, shape: AspectRatio) -> Size:
    """Return the size of a ratio whose shorter side is given, both sides even."""
    if shape.width >= shape.height:
        return Size(_even(Fraction(shorter * shape.width, shape.height)), _even(Fraction(shorter)))
    return Size(_even(Fraction(shorter)), _even(Fraction(shorter * shape.height, shape.width)))


def _even(length: Fraction) -> int:
    return max(2, 2 * round(length / 2))
