"""Find the direction of text: split a line into stretches, in the order in which they are drawn.

`python-bidi` has Unicode's bidirectional algorithm, but returns only the characters of a line in
their new order. To learn which character went where, each is followed by a label: characters that
the algorithm ignores, and moves with what they follow. Of a stretch that is turned around, the
labels come first.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bidi import get_base_level, get_display

from storyboard.media.text.grapheme_clusters import clusters, is_ignorable

Direction = Literal["ltr", "rtl"]

_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
"""Unicode's classes of characters without which all text runs from left to right."""

_ISOLATES, _END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_EMBEDDINGS, _END_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
_MARKS = "\u200e\u200f\u061c"
_CONTROLS = frozenset((*_ISOLATES, _END_ISOLATE, *_EMBEDDINGS, _END_EMBEDDING, *_MARKS))
_WITHOUT_CONTROLS = dict.fromkeys(map(ord, _CONTROLS))
_DIGITS = tuple(map(chr, range(0xE0020, 0xE007F)))
"""Tag characters, of the class that the algorithm ignores (BN). Those of the text are left out."""

_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line that runs in one direction; `text` is in the order in which it is read."""

    text: str
    direction: Direction


def base_direction(text: str) -> Direction:
    """Return the direction of the first letter that has one (rules P2 and P3)."""
    return "rtl" if not text.isascii() and get_base_level(text) % 2 else "ltr"


def stretches(line: str, base: Direction) -> tuple[Stretch, ...]:
    """Split a line, without line breaks, into stretches: as they are drawn, from the left."""
    if base == "ltr" and (
        line.isascii() or not any(unicodedata.bidirectional(one) in _TURNING for one in line)
    ):
        return (Stretch(line, "ltr"),)
    units = _units(line)
    found: list[tuple[int, int, Direction]] = []
    for place, direction in _drawn(line, base):
        first, last, way = found[-1] if found else (-1, -1, direction)
        if found and way == direction and place == (last if direction == "ltr" else first - 1):
            found[-1] = (min(first, place), max(last, place + 1), direction)
        else:
            found.append((place, place + 1, direction))
    if not found:
        return (Stretch(line, base),)
    return tuple(Stretch("".join(units[first:last]), way) for first, last, way in found)


def _units(line: str) -> list[str]:
    """Return the visible clusters, each with the invisible ones after it (or before the first)."""
    units: list[str] = []
    before = ""
    for cluster in clusters(line):
        if not is_ignorable(cluster[0]):
            units.append(before + cluster)
            before = ""
        elif units:
            units[-1] += cluster
        else:
            before += cluster
    return units


def _drawn(line: str, base: Direction) -> Iterator[tuple[int, Direction]]:
    """Return the place of each visible cluster of a line, as they are drawn, and its direction."""
    length = 1
    while len(_DIGITS) ** length < len(line):
        length += 1
    labelled, count = [], 0
    for cluster in clusters(line):
        if not is_ignorable(cluster[0]):
            labelled.append(cluster[0] + _label(count, length))
            count += 1
        elif cluster[0] in _CONTROLS:
            labelled.append(cluster[0])
    # Ignored characters at the end of a line are not moved (rule L1). So the end is a letter of the
    # line's own direction, outside everything that was opened.
    isolates = sum(line.count(one) for one in _ISOLATES)
    embeddings = sum(line.count(one) for one in _EMBEDDINGS)
    labelled.append(_END_ISOLATE * isolates + _END_EMBEDDING * embeddings)
    labelled.append(_MARKS[1 if base == "rtl" else 0])
    shown = get_display("".join(labelled), base_dir="R" if base == "rtl" else "L")
    shown = shown.translate(_WITHOUT_CONTROLS)
    for start in range(0, len(shown), length + 1):
        part = shown[start : start + length + 1]
        turned = part[0] in _VALUES
        yield _number(part[:-1][::-1] if turned else part[1:]), "rtl" if turned else "ltr"


def _label(number: int, length: int) -> str:
    label = ""
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        label = _DIGITS[digit] + label
    return label


def _number(label: str) -> int:
    number = 0
    for digit in label:
        number = number * len(_DIGITS) + _VALUES[digit]
    return number
