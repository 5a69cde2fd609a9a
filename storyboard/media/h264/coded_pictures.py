"""Read the packets of one group into pictures, and simulate their decoding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storyboard.media.avc import ParameterSets, units
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.decoder_memory import Decoded, Memory, decoded
from storyboard.media.h264.picture_set import read_picture_set, write_picture_set
from storyboard.media.h264.sequence_set import read_sequence_set, write_sequence_set
from storyboard.media.h264.slice_header import (
    Slice,
    SliceHeader,
    StreamSets,
    is_slice,
    read_slice,
)

LENGTH_SIZE = 4
_SEI, _DELIMITER, _FILLER = 6, 9, 12
_SETS = (7, 8)
_BASIC_DEPTH = 8
_TYPE = 0x1F


@dataclass(frozen=True, slots=True)
class CodedPicture:
    """One picture: the NAL units before its slices, the slices, and those after them."""

    before: tuple[bytes, ...]
    slices: tuple[Slice, ...]
    after: tuple[bytes, ...]

    @property
    def headers(self) -> tuple[SliceHeader, ...]:
        """The headers of its slices."""
        return tuple(one.header for one in self.slices)

    @property
    def is_reference(self) -> bool:
        """Whether later pictures may refer to it."""
        return self.slices[0].header.importance > 0


@dataclass(frozen=True, slots=True)
class CodedGroup:
    """One closed group of a stream, in decoding order, and what its decoder does.

    `shown` is the place of each picture in display order, from 0; `told` and `memories` are what
    the simulation says of each picture, and the memory after it, the pictures named by their
    places in decoding order.
    """

    sets: StreamSets
    pictures: tuple[CodedPicture, ...]
    shown: tuple[int, ...]
    told: tuple[Decoded, ...]
    memories: tuple[Memory, ...]


def stream_sets(sets: ParameterSets) -> StreamSets:
    """Read a stream's parameter sets; raises `Refused` with what is unusual about them."""
    if len(sets.sps) != 1:
        raise Refused("it has several sequence parameter sets")
    if sets.length_size != LENGTH_SIZE:
        raise Refused("the lengths of its parts are not four bytes long")
    sequence = read_sequence_set(sets.sps[0])
    pictures = [read_picture_set(one) for one in sets.pps]
    checks = (
        (not sequence.frames_only, "it is interlaced"),
        (sequence.chroma != 1, "its colours are not 4:2:0"),
        (sequence.depth != _BASIC_DEPTH, "its samples are not of 8 bits"),
        (sequence.bypass, "its sequence may skip transforms"),
        (sequence.gaps, "pictures may be missing between its pictures"),
        (bool(sequence.usability and sequence.usability.timed), "its buffers are timed"),
        (any(one.bottom_order for one in pictures), "its fields are ordered by themselves"),
        (any(one.redundant for one in pictures), "it has redundant pictures"),
        (
            any(one.sequence != sequence.number for one in pictures),
            "its sets do not belong together",
        ),
        (len({one.number for one in pictures}) < len(pictures), "two of its sets share an id"),
        (write_sequence_set(sequence) != sets.sps[0], "its sequence parameter set is padded"),
        (tuple(map(write_picture_set, pictures)) != sets.pps, "a picture parameter set is padded"),
    )
    if reason := next((reason for wrong, reason in checks if wrong), None):
        raise Refused(reason)
    return StreamSets(sequence, {one.number: one for one in pictures})


def read_picture(packet: bytes, sets: StreamSets, known: frozenset[bytes]) -> CodedPicture:
    """Read the one picture of a packet.

    `known` are the parameter sets that may be repeated in it. Raises `Refused` for anything else
    than slices, supplemental information, delimiters and filler data.
    """
    before: list[bytes] = []
    after: list[bytes] = []
    slices: list[Slice] = []
    for unit in _whole_units(packet):
        kind = unit[0] & _TYPE
        if is_slice(unit) and not after:
            slices.append(read_slice(unit, sets))
        elif kind in {_SEI, _DELIMITER, _FILLER}:
            (after if slices else before).append(unit)
        elif not (kind in _SETS and unit in known and not slices):
            raise Refused(f"a packet has a part of kind {kind} in an unusual place")
    if not slices:
        raise Refused("a packet has no picture")
    _check_one_picture([one.header for one in slices])
    return CodedPicture(tuple(before), tuple(slices), tuple(after))


def read_group(packets: Sequence[bytes], shown: Sequence[int], sets: ParameterSets) -> CodedGroup:
    """Read a group that begins with an IDR picture, and simulate its decoding.

    `shown` is each packet's place in display order, from 0. Raises `Refused` with what is unusual.
    """
    streams = stream_sets(sets)
    known = frozenset((*sets.sps, *sets.pps))
    pictures = tuple(
        read_picture(one, streams, known if n == 0 else frozenset())
        for n, one in enumerate(packets)
    )
    for n, one in enumerate(pictures):
        if (one.headers[0].idr is None) == (n == 0):
            raise Refused("a group does not begin with its only IDR picture")
    if sorted(shown) != list(range(len(pictures))):
        raise Refused("two pictures are shown at one moment, or none at one")
    told, memories = simulated([one.headers for one in pictures], range(len(pictures)), streams)
    by_order = sorted(range(len(pictures)), key=lambda n: told[n].order)
    if [shown[n] for n in by_order] != list(range(len(pictures))):
        raise Refused("its file shows its pictures in another order than they say")
    return CodedGroup(streams, pictures, tuple(shown), told, memories)


def simulated(
    headers: Sequence[Sequence[SliceHeader]], names: Sequence[int], sets: StreamSets
) -> tuple[tuple[Decoded, ...], tuple[Memory, ...]]:
    """Simulate the decoding of a stream of pictures with these names."""
    memory = Memory()
    told: list[Decoded] = []
    memories: list[Memory] = []
    for one, name in zip(headers, names, strict=True):
        found, memory = decoded(memory, one, name, sets)
        told.append(found)
        memories.append(memory)
    return tuple(told), tuple(memories)


def packed(parts: Iterable[bytes]) -> bytes:
    """Put NAL units into a packet, their lengths before them."""
    return b"".join(len(one).to_bytes(LENGTH_SIZE, "big") + one for one in parts)


def _whole_units(packet: bytes) -> list[bytes]:
    """Return the NAL units of a packet; raises `Refused` if they are not all of it."""
    found = list(units(packet, LENGTH_SIZE))
    if packed(found) != packet:
        raise Refused("a packet does not hold the parts that it says")
    return found


def _check_one_picture(headers: Sequence[SliceHeader]) -> None:
    """Refuse slices of several pictures (7.4.1.2.4), or not in their order."""
    first = headers[0]
    for one in headers:
        same = (one.picture_set, one.frame_num, one.idr, one.order, one.importance)
        if same != (first.picture_set, first.frame_num, first.idr, first.order, first.importance):
            raise Refused("a packet has several pictures")
        if (one.forget, one.clear) != (first.forget, first.clear):
            raise Refused("the slices of a picture do not agree")
    places = [one.first_block for one in headers]
    if places[0] or places != sorted(set(places)):
        raise Refused("the slices of a picture are not in order")
