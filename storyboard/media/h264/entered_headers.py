"""Write the slice headers of an entered stretch, and check that its decoder does as its source's.

The frames made again and the copied packets are one coded video sequence under the source's
sequence parameter set. What the simulator says of it must be what it says of the source: the same
lists, the same order, the same references kept, of all pictures that exist in both.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.media.h264.bits import Bits, Refused
from storyboard.media.h264.coded_pictures import CodedGroup
from storyboard.media.h264.decoder_memory import Memory, decoded, marked, next_frame_num
from storyboard.media.h264.entry_choice import Entry, needed
from storyboard.media.h264.header_variants import variants
from storyboard.media.h264.picture_set import PictureSet
from storyboard.media.h264.reference_lists import Numbering, References
from storyboard.media.h264.slice_header import (
    SliceHeader,
    SliceKind,
    StreamSets,
    fits,
)

IDR_NUMBER = 9
"""The `idr_pic_id` of an entry. Encoders count from 0; two IDR pictures in a row must differ."""

_MAIN, _HIGH = 77, 100

Headers = tuple[SliceHeader, ...]


@dataclass(frozen=True, slots=True)
class EnteredHeaders:
    """New headers of each slice, by picture: of those made again, and of copied ones."""

    made: tuple[Headers, ...]
    copied: tuple[Headers, ...]


def entered_sets(group: CodedGroup, made: PictureSet) -> StreamSets:
    """Return the sets of an entered stretch: the source's, and that of the frames made again.

    Raises `Refused` if frames coded by that set cannot be in the source's sequence.
    """
    sequence = group.sets.sequence
    checks = (
        made.number in group.sets.pictures,
        made.sequence != sequence.number,
        made.bottom_order or made.redundant or made.weighted_p,
        made.counts[0] != 1,
        made.cabac and sequence.profile < _MAIN,
        bool(made.rest.length) and sequence.profile < _HIGH,
    )
    if any(checks):
        raise Refused("the frames made again are coded otherwise than its sequence allows")
    return StreamSets(sequence, {**group.sets.pictures, made.number: made})


def entered_headers(
    group: CodedGroup, entry: Entry, made: Sequence[Headers], sets: StreamSets, number: int
) -> EnteredHeaders:
    """Write the headers of an entry: `made` are those of the frames made again, as encoded.

    `number` is the id of their picture parameter set. Raises `Refused` if the stream would not be
    decoded as its source is.
    """
    if len(made) != entry.made:
        raise Refused("there are more or fewer frames made again than asked for")
    writer = _Writer(group, entry, sets)
    first = tuple(writer.made(n, headers, number) for n, headers in enumerate(made))
    rest = tuple(writer.copied(n) for n in range(entry.first, entry.end))
    return EnteredHeaders(first, rest)


def expected_headers(entry: Entry, number: int) -> list[Headers]:
    """Return headers like those of the frames made again, to plan with."""
    return [(_plain_header(SliceKind.P if n else SliceKind.I, number),) for n in range(entry.made)]


def expected_set(group: CodedGroup, number: int) -> PictureSet:
    """Return a picture parameter set like that of the frames made again."""
    one = next(iter(group.sets.pictures.values()))
    return replace(one, number=number, counts=(1, 1), weighted_p=False, weighted_b=0)


def _plain_header(kind: SliceKind, number: int) -> SliceHeader:
    return SliceHeader(
        importance=1,
        first_block=0,
        number=kind,
        picture_set=number,
        frame_num=0,
        idr=None,
        order=None,
        spatial=None,
        counts=None,
        changes=(None, None),
        weights=Bits(),
        forget=None,
        clear=False,
        rest=Bits(),
    )


class _Writer:
    """Writes one picture's headers after the other, as its simulated decoder needs them."""

    def __init__(self, group: CodedGroup, entry: Entry, sets: StreamSets) -> None:
        self._group = group
        self._entry = entry
        self._sets = sets
        self._needed = needed(group, entry.first, entry.end)
        self._at_place = {place: n for n, place in enumerate(group.shown)}
        self._base = group.told[self._at_place[entry.place]].order
        self._memory = Memory()

    def made(self, n: int, headers: Headers, number: int) -> Headers:
        """Write the headers of the `n`-th frame made again, and drop what is not needed."""
        name = self._at_place[self._entry.place + n]
        if any(not one.importance or one.kind is SliceKind.B for one in headers):
            raise Refused("a frame made again is not a reference, or predicted both ways")
        anchored = [
            replace(
                one,
                picture_set=number,
                frame_num=next_frame_num(self._memory, self._sets) if n else 0,
                idr=None if n else IDR_NUMBER,
                order=self._low_order(name),
                changes=(None, None),
                forget=None,
                clear=False,
            )
            for one in headers
        ]
        stay = self._memory.names & self._needed if n else frozenset()
        before = self._at_place[self._entry.place + n - 1] if n else None
        lists: list[tuple[References, References]] = [
            ((before,), ()) if one.kind is SliceKind.P else ((), ()) for one in anchored
        ]
        if not n:
            return self._checked(anchored, name, lists, stay)
        forget = next(self._markings(anchored[0], stay))
        dropping = [replace(one, forget=forget) for one in anchored]
        return self._checked(dropping, name, lists, stay)

    def copied(self, n: int) -> Headers:
        """Write the headers of a copied picture, by its place in decoding order."""
        told = self._group.told[n]
        frame_num = next_frame_num(self._memory, self._sets)
        numbered = [
            replace(one, frame_num=frame_num, order=self._low_order(n))
            for one in self._group.pictures[n].headers
        ]
        stay = self._memory.names
        if numbered[0].importance:
            stay &= self._group.memories[n].names
        for forget in self._markings(numbered[0], stay):
            marked_so = [replace(one, forget=forget) for one in numbered]
            if found := self._listed(n, marked_so):
                return self._checked(found, n, told.lists, stay)
        raise Refused("its slices, coded without CABAC, would be moved off their bytes")

    def _low_order(self, name: int) -> int | None:
        """Return `pic_order_cnt_lsb`: an IDR picture has POC 0, so all count from the entry."""
        sequence = self._sets.sequence
        if sequence.order_type:
            return None
        return (self._group.told[name].order - self._base) % (1 << sequence.order_bits)

    def _listed(self, n: int, headers: Sequence[SliceHeader]) -> list[SliceHeader] | None:
        """Give slices the lists that they have in the source; None if their data do not fit."""
        told, picture = self._group.told[n], self._group.pictures[n]
        order, size = told.order - self._base, self._sets.sequence.frame_nums
        found: list[SliceHeader] = []
        for one, header, lists in zip(picture.slices, headers, told.lists, strict=True):
            same = variants(header, order, lists, self._memory.held, size)
            fitting = next((new for new in same if fits(one, new, self._sets)), None)
            if fitting is None:
                return None
            found.append(fitting)
        return found

    def _markings(
        self, header: SliceHeader, stay: frozenset[int]
    ) -> Iterator[tuple[int, ...] | None]:
        """Yield the ways to keep what should be kept: a picture's own, the window, commands."""
        held = self._memory.held
        if not header.importance:
            yield None
            return
        numbering = Numbering(header.frame_num, self._sets.sequence.frame_nums)
        gone = tuple(
            numbering.current - numbering.of(one) - 1 for one in held if one.name not in stay
        )
        possible = False
        for forget in dict.fromkeys((header.forget, None, gone)):
            try:
                kept = marked(held, replace(header, forget=forget), self._sets)
            except Refused:
                continue
            if {one.name for one in kept} == stay:
                possible = True
                yield forget
        if not possible:
            raise Refused("it would hold more pictures than it may")

    def _checked(
        self,
        headers: Sequence[SliceHeader],
        name: int,
        lists: Sequence[tuple[References, References]],
        stay: frozenset[int],
    ) -> Headers:
        """Decode a picture in the simulation; raises `Refused` if anything is unlike the source."""
        told, self._memory = decoded(self._memory, headers, name, self._sets)
        wanted = self._group.told[name].order - self._base
        after = stay | {name} if headers[0].importance else stay
        if told.order != wanted or list(told.lists) != list(lists) or self._memory.names != after:
            raise Refused("its pictures would be put in another order, or refer to others")
        return tuple(headers)
