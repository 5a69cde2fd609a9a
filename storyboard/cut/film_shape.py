"""An output's format and the clips there are into the film's shape."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from storyboard.cut.timeline import Shape
from storyboard.model import AspectRatio, ClipFacts, Format, FrameRate, Seconds, Size

T = TypeVar("T", bound=Hashable)

SHORT_SIDE = 1080
"""The shorter side of a film that says no size and has no clips."""

FPS = Fraction(24)
"""The rate of a film that says none and has no clips."""

_SAME_RATIO = Fraction(1, 50)

_STEADY = tuple(Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 100, 120))
_SPARE = Fraction(97, 100)
"""Phones fall a little behind their rate, or run a little ahead of it."""


@dataclass(frozen=True, slots=True)
class Used:
    """A clip and how long the film shows it."""

    facts: ClipFacts
    seconds: Seconds


def film_shape(wanted: Format, used: Iterable[Used]) -> Shape:
    """Choose size and rate: what is named, else what most of the film's seconds have.

    A size is taken over from clips of the wanted ratio (1916x1080 counts as 16:9), so that they
    need no change; where there are none, the ratio is built on most clips' shorter side.
    """
    used = tuple(used)
    return Shape(wanted.size or _size(wanted.aspect_ratio, used), wanted.fps or _rate(used))


def _rate(used: tuple[Used, ...]) -> FrameRate:
    return _most(((_steady(one.facts.fps), one.seconds) for one in used), FPS)


def _steady(rate: FrameRate) -> FrameRate:
    """Return the rate a film has whose clips come at this one.

    What comes unevenly, as from phones and screens, has the average of its frames for a rate,
    which no player or platform expects.
    """
    if (rate * 2).denominator == 1 or (rate * Fraction(1001, 1000)).denominator == 1:
        return rate
    return next((one for one in _STEADY if one >= rate * _SPARE), rate)


def _size(ratio: AspectRatio, used: tuple[Used, ...]) -> Size:
    fitting = [
        (_even_size(one.facts), one.seconds)
        for one in used
        if abs(Fraction(one.facts.width, one.facts.height) / _number(ratio) - 1) <= _SAME_RATIO
    ]
    if fitting:
        return _most(fitting, fitting[0][0])
    sides = ((min(one.facts.width, one.facts.height), one.seconds) for one in used)
    return sized(ratio, _most(sides, SHORT_SIDE))


def sized(ratio: AspectRatio, short_side: int) -> Size:
    """Build a size of this ratio on a shorter side, rounded to even pixels."""
    number = _number(ratio)
    if number >= 1:
        return Size(_even(short_side * number), _even(Fraction(short_side)))
    return Size(_even(Fraction(short_side)), _even(short_side / number))


def _even_size(facts: ClipFacts) -> Size:
    return Size(_even(Fraction(facts.width)), _even(Fraction(facts.height)))


def _number(ratio: AspectRatio) -> Fraction:
    return Fraction(ratio.width, ratio.height)


def _even(value: Fraction) -> int:
    return max(2, round(value / 2) * 2)


def _most(weighed: Iterable[tuple[T, Seconds]], otherwise: T) -> T:
    """Return what has most seconds; of equals, what comes first in the film."""
    seconds: defaultdict[T, Seconds] = defaultdict(Fraction)
    for value, weight in weighed:
        seconds[value] += weight
    return max(seconds, key=seconds.__getitem__, default=otherwise)
