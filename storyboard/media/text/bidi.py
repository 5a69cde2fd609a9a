"""A line of text to levels and to visual order: Unicode's bidirectional algorithm.

The parts for plain text are here (rules P2, P3, W1 to W7, N1, N2, I1, I2, L2); embeddings and
overrides by control characters are not: those are taken as neutral.
"""

import unicodedata
from collections.abc import Sequence
from typing import Literal, TypeVar

Direction = Literal["ltr", "rtl"]
T = TypeVar("T")

_RIGHT = {"R", "AL"}
_NEUTRAL = {"B", "S", "WS", "ON"}


def base_direction(text: str) -> Direction:
    """Return the direction of the first letter that has one."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in _RIGHT:
            return "rtl"
    return "ltr"


def levels(text: str, base: Direction) -> tuple[int, ...]:
    """Return the embedding level of each character: even ones run left to right."""
    level = 1 if base == "rtl" else 0
    edge = "R" if level else "L"
    kinds = [_kind(char) for char in text]
    _weak(kinds, edge)
    _neutral(kinds, edge)
    return tuple(_implicit(kind, level) for kind in kinds)


def reorder(items: Sequence[tuple[int, T]]) -> list[T]:
    """Put things of one line, each with its level, in the order in which they are drawn."""
    order = list(items)
    highest = max((level for level, _ in order), default=0)
    for level in range(highest, 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[place:end] = reversed(order[place:end])
            place = end + 1
    return [item for _, item in order]


def _kind(char: str) -> str:
    kind = unicodedata.bidirectional(char) or "L"
    controls = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    return "ON" if kind in controls else kind


def _weak(kinds: list[str], edge: str) -> None:
    before = strong = edge
    for place, kind in enumerate(kinds):
        now = before if kind == "NSM" else kind
        if now in {"L", "R", "AL"}:
            strong = now
        elif now == "EN" and strong == "AL":
            now = "AN"
        kinds[place] = before = now
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    _separators(kinds)
    _terminators(kinds)
    strong = edge
    for place, kind in enumerate(kinds):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _separators(kinds: list[str]) -> None:
    for place in range(1, len(kinds) - 1):
        left, here, right = kinds[place - 1 : place + 2]
        between = left == right and (
            (here in {"ES", "CS"} and left == "EN") or (here == "CS" and left == "AN")
        )
        if between:
            kinds[place] = left


def _terminators(kinds: list[str]) -> None:
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        numbers = "EN" in (kinds[place - 1 : place] + kinds[end : end + 1])
        kinds[place:end] = ["EN" if numbers else "ON"] * (end - place)
        place = end + 1
    kinds[:] = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]


def _neutral(kinds: list[str], edge: str) -> None:
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        left = _strength(kinds[place - 1]) if place else edge
        right = _strength(kinds[end]) if end < len(kinds) else edge
        kinds[place:end] = [left if left == right else edge] * (end - place)
        place = end + 1


def _strength(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _implicit(kind: str, level: int) -> int:
    if level % 2:
        return level if kind == "R" else level + 1
    return {"L": level, "R": level + 1}.get(kind, level + 2)
