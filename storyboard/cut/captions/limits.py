"""A picture's shape to what a caption may hold, and the text's width in letters."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from storyboard.media.text import clusters, is_ideographic
from storyboard.model import Seconds, Size

_SQUARE = Fraction(5, 4)
_TALL = Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a caption shows at once.

    `letters` and `ideographs` are of one line; `speed` is letters a second. `shortest` is how long
    a caption stands at least, `gap` the pause between two that do not follow each other at once.
    """

    lines: int = 2
    letters: int = 42
    ideographs: int = 16
    speed: int = 17
    ideograph_speed: int = 9
    shortest: Seconds = Fraction(5, 6)
    gap: Seconds = Fraction(1, 12)

    def line_length(self, text: str) -> int:
        """Return how many letters of this text a line holds."""
        return self.ideographs if _mostly_ideographs(text) else self.letters

    def reading_time(self, text: str) -> Seconds:
        """Return how long a reader needs for a text."""
        speed = self.ideograph_speed if _mostly_ideographs(text) else self.speed
        return max(self.shortest, Fraction(letters(text), speed))


def limits_for(size: Size) -> Limits:
    """Return the limits for a picture: narrower ones hold shorter lines."""
    ratio = Fraction(size.width, size.height)
    if ratio <= _TALL:
        return Limits(letters=28, ideographs=14)
    return Limits(letters=34, ideographs=16) if ratio < _SQUARE else Limits()


@lru_cache(maxsize=4096)
def letters(text: str) -> int:
    """Count what a reader sees as letters; a line break counts as the space it stands for."""
    if text.isascii():
        return len(text)
    return sum(1 for _ in clusters(text))


@lru_cache(maxsize=4096)
def _mostly_ideographs(text: str) -> bool:
    if text.isascii():
        return False
    wide = sum(1 for char in text if is_ideographic(char) or "\uac00" <= char <= "\ud7a3")
    return wide * 2 > sum(1 for char in text if not char.isspace())
