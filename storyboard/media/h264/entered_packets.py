"""Write the packets of an entered stretch from its source's and from the frames made again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from storyboard.media.h264.bits import Refused, unescape
from storyboard.media.h264.coded_pictures import (
    CodedGroup,
    CodedPicture,
    packed,
    read_picture,
    simulated,
)
from storyboard.media.h264.entered_headers import (
    Headers,
    entered_headers,
    entered_sets,
    expected_headers,
    expected_set,
)
from storyboard.media.h264.entry_choice import Entry
from storyboard.media.h264.picture_set import PictureSet, write_picture_set
from storyboard.media.h264.slice_header import StreamSets, write_slice

_SEI, _TYPE = 6, 0x1F
_STOP = 0x80
_USER_DATA = frozenset({4, 5})
_LONGER = 0xFF


@dataclass(frozen=True, slots=True)
class MadeFrames:
    """Frames made again, each coded from the one before, as an encoder of its own wrote them."""

    parameters: PictureSet
    pictures: tuple[CodedPicture, ...]


@dataclass(frozen=True, slots=True)
class EnteredPackets:
    """Packets in decoding order, and the places in their group at which they are shown.

    `parameters` is the picture parameter set that joins the source's.
    """

    packets: tuple[bytes, ...]
    shown: tuple[int, ...]
    parameters: bytes


def check_entry(group: CodedGroup, entry: Entry, number: int) -> None:
    """Raise `Refused` if an entry with a set of that id could not be decoded as its source."""
    sets = entered_sets(group, expected_set(group, number))
    entered_headers(group, entry, expected_headers(entry, number), sets, number)


def entered_packets(
    group: CodedGroup, entry: Entry, made: MadeFrames, number: int
) -> EnteredPackets:
    """Write an entry's packets; `number` is the id that the set of the frames made again gets.

    What is written is read again and simulated once more: raises `Refused` if it is not decoded
    as its source.
    """
    parameters = replace(made.parameters, number=number, sequence=group.sets.sequence.number)
    sets = entered_sets(group, parameters)
    kinds = [one.headers for one in made.pictures]
    headers = entered_headers(group, entry, kinds, sets, number)
    copied = group.pictures[entry.first : entry.end]
    packets = [
        *(_packet(one, new, sets) for one, new in zip(made.pictures, headers.made, strict=True)),
        *(_packet(one, new, sets) for one, new in zip(copied, headers.copied, strict=True)),
    ]
    _check(group, entry, packets, sets)
    shown = (*range(entry.place, entry.first), *group.shown[entry.first : entry.end])
    return EnteredPackets(tuple(packets), shown, write_picture_set(parameters))


def _packet(picture: CodedPicture, headers: Headers, sets: StreamSets) -> bytes:
    slices = [
        write_slice(replace(one, header=new), sets)
        for one, new in zip(picture.slices, headers, strict=True)
    ]
    return packed((*_kept(picture.before), *slices, *_kept(picture.after)))


def _kept(others: Sequence[bytes]) -> Iterator[bytes]:
    """Leave out supplemental information that says anything of a picture's past, or its marking."""
    for unit in others:
        if unit[0] & _TYPE != _SEI or _kinds_of_message(unit) <= _USER_DATA:
            yield unit


def _kinds_of_message(unit: bytes) -> frozenset[int]:
    """Return the payload types in a unit of supplemental information (7.3.2.3.1)."""
    plain = unescape(unit)[1:]
    kinds: set[int] = set()
    at = 0
    while at < len(plain) and plain[at:].rstrip(b"\x00") != bytes((_STOP,)):
        numbers: list[int] = []
        for _ in range(2):
            value = 0
            while at < len(plain) and plain[at] == _LONGER:
                value, at = value + _LONGER, at + 1
            numbers.append(value + (plain[at] if at < len(plain) else 0))
            at += 1
        kinds.add(numbers[0])
        at += numbers[1]
    return frozenset(kinds)


def _check(group: CodedGroup, entry: Entry, packets: Sequence[bytes], sets: StreamSets) -> None:
    """Read what was written, and hold its simulation against the source's."""
    pictures = [read_picture(one, sets, frozenset()) for one in packets]
    at_place = {place: n for n, place in enumerate(group.shown)}
    names = [
        *(at_place[place] for place in range(entry.place, entry.first)),
        *range(entry.first, entry.end),
    ]
    told, memories = simulated([one.headers for one in pictures], names, sets)
    base = group.told[names[0]].order
    before: frozenset[int] = frozenset()
    for name, found, memory in zip(names, told, memories, strict=True):
        source = group.told[name]
        same = found.order == source.order - base
        if name in range(entry.first, entry.end):
            kept = (before | {name}) & group.memories[name].names
            same = same and found.lists == source.lists and memory.names == kept
        if not same:
            raise Refused("what was written is not decoded as its source")
        before = memory.names
