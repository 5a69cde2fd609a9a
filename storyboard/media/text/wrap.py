"""Pieces of text and a width to lines: few, about equally long, ended where one pauses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from storyboard.media.text.grapheme_clusters import clusters

Measure = Callable[[str], float]
"""Tells how wide a text is."""

_PAUSE = tuple(
    ",;:.!?\u2026\u2013\u2014\u3001\u3002\uff0c\uff01\uff1f\uff1a\uff1b\u060c\u061b\u061f"
)
_PAUSES = -0.3
"""What ending all lines after commas is worth, against lines of different lengths."""

_AFTER_SHORT = 0.06
_SHORT = 2
_NARROWER = 0.97
_MOST_BALANCED = 12
"""Lines: of more, nobody sees whether they are about equally long, and each costs as much again."""
_MOST_WEIGHED = 600
"""Parts: the ends of lines of a longer text are taken as they come."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Lines; `broken` tells that a piece was wider than a line and was broken inside."""

    lines: tuple[str, ...]
    broken: bool


def wrap(parts: Sequence[str], measure: Measure, width: float) -> Wrapped:
    """Fill as few lines as can be, and choose among their ends those that read best.

    Parts recur from text to text, so that their widths are known; whole lines are measured only
    when they have been chosen. Where kerning makes one of them too wide, a narrower width is tried.
    Lines of a long text are filled and no more, so that time grows with its length.
    """
    fitting: list[str] = []
    broken = False
    for part in parts:
        fits = measure(part.rstrip()) <= width
        fitting += [part] if fits else clusters(part)
        broken = broken or not fits
    tried = width
    while True:
        lines = _chosen(fitting, measure, tried)
        if tried < width / 2 or all(measure(line.rstrip()) <= width for line in lines):
            return Wrapped(tuple(lines), broken)
        tried *= _NARROWER


def _chosen(parts: Sequence[str], measure: Measure, width: float) -> list[str]:
    edges = [0.0, *accumulate(measure(part) for part in parts)]
    inked = [measure(part.rstrip()) for part in parts]
    filled = _filled(edges, inked, width)
    count = len(filled) - 1
    bounds = filled
    if 1 < count <= _MOST_BALANCED and len(parts) <= _MOST_WEIGHED:
        bounds = _balanced(parts, edges, inked, (width, count)) or filled
    return ["".join(parts[start:end]) for start, end in pairwise(bounds)]


def _filled(edges: Sequence[float], inked: Sequence[float], width: float) -> list[int]:
    """Put as much into each line as fits; return where lines begin, and the end."""
    bounds = [0]
    for place, ink in enumerate(inked):
        if place > bounds[-1] and edges[place] - edges[bounds[-1]] + ink > width:
            bounds.append(place)
    return [*bounds, len(inked)]


def _balanced(
    parts: Sequence[str],
    edges: Sequence[float],
    inked: Sequence[float],
    room: tuple[float, int],
) -> list[int] | None:
    """Find the best ends of lines of a width, exactly so many; None where there are none."""
    width, count = room
    mean, size = max(1.0, edges[-1] / max(1, count)), len(parts)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for line in range(count):
        found: dict[int, tuple[float, int]] = {}
        for start, (so_far, _) in best[line].items():
            for end in range(start + 1, size + 1):
                wide = edges[end - 1] - edges[start] + inked[end - 1]
                if wide > width and end > start + 1:
                    break
                cost = so_far + (wide / mean - 1) ** 2 + _end_cost(parts, end, count)
                if end not in found or cost < found[end][0]:
                    found[end] = (cost, start)
        best.append(found)
    if size not in best[count]:
        return None
    bounds = [size]
    for line in range(count, 0, -1):
        bounds.append(best[line][bounds[-1]][1])
    return bounds[::-1]


def _end_cost(parts: Sequence[str], end: int, count: int) -> float:
    """Say how bad it is to end one of `count` lines before the part `end`."""
    if end == len(parts):
        return 0.0
    last = parts[end - 1].rstrip()
    if last.endswith(_PAUSE):
        return _PAUSES / (count - 1)
    return _AFTER_SHORT if len(last) <= _SHORT else 0.0
