"""Words, a font and a width to lines: broken, balanced, each in the order in which it is drawn."""

from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil
from typing import Literal

from storyboard.media.text.bidi import Direction, base_direction
from storyboard.media.text.breaks import pieces
from storyboard.media.text.fonts import FontStack
from storyboard.media.text.runs import runs
from storyboard.media.text.shape import Run, advance, descent, extent
from storyboard.media.text.wrap import wrap

Align = Literal["left", "centre", "right", "start"]
"""Where the lines of a block are beside each other."""


@dataclass(frozen=True, slots=True)
class Type:
    """How words are set: fonts, size in pixels, line height as a part of the size."""

    fonts: FontStack
    size: int
    leading: float = 1.22


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in the order in which it is drawn; `width` is how far its pen moves."""

    runs: tuple[Run, ...]
    width: float
    direction: Direction
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under each other. `ascent` is from the top to the first baseline; all in pixels.

    `broken` tells that a word was too long for the width and was broken inside.
    """

    lines: tuple[SetLine, ...]
    width: float
    height: float
    ascent: float
    pitch: float
    broken: bool


def lay_out(text: str, style: Type, width: float) -> Block:
    """Set words into lines of at most `width` pixels, lines of a paragraph about equally long."""
    lines: list[SetLine] = []
    broken = False
    for paragraph in text.splitlines() or [""]:
        direction = base_direction(paragraph)
        measure = partial(_width, style=style, direction=direction)
        wrapped = wrap(tuple(pieces(paragraph)), measure, width)
        broken = broken or wrapped.broken
        lines += [set_line(one, style, direction) for one in wrapped.lines]
    pitch = style.size * style.leading
    ascent = max(_ascent(style), -min((line.top for line in lines), default=0.0))
    below = max((line.bottom for line in lines), default=0.0)
    descent = max(_descent(style), below)
    height = ascent + pitch * (len(lines) - 1) + descent
    widest = max((line.width for line in lines), default=0.0)
    return Block(tuple(lines), widest, height, ascent, pitch, broken)


def rough_width(text: str, style: Type) -> float:
    """Return about how wide a text would be on one line.

    It is the sum of its words, which recur from text to text and are measured once: a hundredth of
    the time, and right but for kerning beside spaces.
    """
    direction = base_direction(text)
    return sum(_width(piece, style, direction) for piece in pieces(text))


def _ascent(style: Type) -> float:
    return style.size * 0.98


def _descent(style: Type) -> float:
    return float(ceil(descent(style.fonts.primary) * style.size))


def set_line(text: str, style: Type, direction: Direction) -> SetLine:
    """Set a line that is not broken."""
    parts = runs(text.strip(), style.fonts, style.size, direction)
    width = sum(advance(run) for run in parts)
    if text.isascii():  # no letter of these is higher or lower than the line
        return SetLine(parts, width, direction, 0.0, 0.0)
    spans = [extent(run) for run in parts]
    top = min((one.top for one in spans), default=0.0)
    return SetLine(parts, width, direction, top, max((one.bottom for one in spans), default=0.0))


@lru_cache(maxsize=16384)
def _width(text: str, style: Type, direction: Direction) -> float:
    """Measure how wide a line of this text is: its pen's way, or its ink where that reaches on."""
    parts = runs(text, style.fonts, style.size, direction)
    if text.isascii():  # such letters reach out of their width by next to nothing
        return sum(advance(run) for run in parts)
    pen, reach = 0.0, 0.0
    for run in parts:
        reach = max(reach, pen + extent(run).right)
        pen += advance(run)
    return max(pen, reach)
