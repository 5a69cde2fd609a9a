"""Choose where a group may be entered, and how often, so that all that follows can be copied.

A copied picture needs of its past the pixels of its references, their order and identity, and, if
its blocks are predicted directly, the motion of the first picture in its list 1 (8.4.1.2.1).
Pixels are substituted by frames made again, order and identity by headers. Motion cannot be made:
so no copied B picture may have a substitute there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storyboard.media.coded import prefixes
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import CodedGroup
from storyboard.media.h264.slice_header import SliceKind

LONGEST_CHAIN = 30
"""P pictures, each predicted from the one before, that an entry may have behind it. Frames made
again are not exact, and each prediction rounds again: after 30 to 60 of them the error is near
that of encoding."""

_LONGEST_OF_ONE = 20
"""The same if each picture can refer to one other alone. With more, blocks refer past the picture
before, and most chains are shorter than the longest."""

_LARGEST_PART = 3
"""At most this part of an entered stretch may be made: a third."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A group entered at the frame shown at `place`; places are counted from the group's first.

    The frames from `place` up to `first` are made again; the packets `first` to `end` are copied:
    they are exactly the frames `first` to `end`.
    """

    place: int
    first: int
    end: int

    @property
    def made(self) -> int:
        """How many frames are made again."""
        return self.first - self.place


def choose_entries(group: CodedGroup, place: int) -> tuple[Entry, ...]:
    """Return the entries that show the frames from `place` on, one after the other.

    They end with the group, or before it if there is no place to enter once more. Raises `Refused`
    if there is none at all, or too much would have to be made again.
    """
    end = len(group.pictures)
    starts = [one for one in prefixes(group.shown) if 0 < one < end]
    found: list[Entry] = []
    while place < end:
        try:
            entry = _entry(group, starts, place, end)
        except Refused:
            if not found:
                raise
            break
        found.append(entry)
        place = entry.end
    return tuple(found)


def needed(group: CodedGroup, first: int, end: int) -> frozenset[int]:
    """Return the pictures decoded before `first` that pictures `first` to `end` refer to."""
    return frozenset(one for one in _references(group, range(first, end)) if one < first)


def _entry(group: CodedGroup, starts: list[int], place: int, end: int) -> Entry:
    first = next((one for one in starts if one > place and _fits(group, place, one, end)), None)
    if first is None:
        raise Refused("its last frames refer to too many others")
    if (first - place) * _LARGEST_PART > end - place:
        raise Refused("too much of it would be made again")
    chains = _chains(group, first, end)
    longest = max(chains)
    allowed = LONGEST_CHAIN if group.sets.sequence.references > 1 else _LONGEST_OF_ONE
    parts = -(-longest // allowed)
    if parts < 2:  # noqa: PLR2004 - one part is the whole
        return Entry(place, first, end)
    # Evenly: the last part would else be too short to be worth an entry.
    most = -(-longest // parts)
    inside = [one for one in starts if one > first and max(chains[: one - first]) <= most]
    return Entry(place, first, max(inside, default=end))


def _fits(group: CodedGroup, place: int, first: int, end: int) -> bool:
    """Tell whether pictures from `first` on need nothing of the past but pixels since `place`."""
    past = needed(group, first, end)
    if any(group.shown[one] < place for one in past):
        return False
    if any(one < first for one in _colocated(group, range(first, end))):
        return False
    # The picture made last is a reference as well, needed or not.
    last = group.shown.index(first - 1)
    return len(past | {last}) <= max(group.sets.sequence.references, 1)


def _references(group: CodedGroup, span: range) -> Iterator[int]:
    for n in span:
        for lists in group.told[n].lists:
            for one in lists:
                yield from _present(one)


def _colocated(group: CodedGroup, span: range) -> Iterator[int]:
    """Go through the pictures whose motion direct prediction reads: the first ones of lists 1."""
    for n in span:
        for header, (_, second) in zip(group.pictures[n].headers, group.told[n].lists, strict=True):
            if header.kind is SliceKind.B:
                yield from _present(second[:1])


def _present(names: Iterable[int | None]) -> Iterator[int]:
    for one in names:
        if one is None:
            raise Refused("a picture refers to one that is not there")
        yield one


def _chains(group: CodedGroup, first: int, end: int) -> list[int]:
    """Count for each copied picture the longest chain of P pictures from a picture made again."""
    chains: dict[int, int] = {}
    for n in range(first, end):
        behind = {chains.get(one, 0) for one in _references(group, range(n, n + 1))}
        kinds = {one.kind for one in group.pictures[n].headers}
        chains[n] = max(behind, default=0) + (SliceKind.P in kinds) if behind else 0
    return [chains[n] for n in range(first, end)]
