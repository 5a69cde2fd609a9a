"""Let no two IDR pictures in a row have the same id where stretches of a film meet.

Rec. ITU-T H.264, 7.4.3: if two consecutive access units are IDR, their `idr_pic_id` must differ.
Encoders see to it within a stretch, but each of them counts from 0. So a stretch of one picture may
have the id of the next stretch, copied or encoded, and decoders by the letter stop there.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

from storyboard.media import avc
from storyboard.media.file_reader import FileReader
from storyboard.media.film_times import CodedFrame
from storyboard.media.h264.bits import BitReader, Refused, escape, unescape
from storyboard.media.h264.sequence_set import SequenceSet, read_sequence_set

_IDR, _TYPE = 5, 0x1F
_HEADER = 64
"""Bytes of a slice in which its `idr_pic_id` is."""


def apart(
    frames: Sequence[CodedFrame], joints: Sequence[int], sets: avc.ParameterSets
) -> list[CodedFrame]:
    """Return frames in coding order, with another id for those at `joints` that need one.

    `joints` are the places in `frames` where stretches begin. A picture whose header is damaged is
    left as it is. Raises `OSError` where a file has changed.
    """
    made, headers = list(frames), IdrHeaders(sets)
    with FileReader() as reader:
        for at in joints:
            if at == 0 or not (made[at - 1].anew and made[at].anew):
                continue
            near = [one for one in made[at - 1 : at + 2 : 2] if one.anew]
            taken = {headers.id_of(reader.bytes_of(one)) for one in near}
            here = reader.bytes_of(made[at])
            if headers.id_of(here) in taken - {None}:
                data = headers.with_other_id(here, taken)
                made[at] = replace(made[at], data=data, size=len(data))
    return made


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the `idr_pic_id` of a slice is, in bits without emulation prevention; its value."""

    start: int
    end: int
    value: int


class IdrHeaders:
    """Reads and changes the ids of a stream's IDR pictures."""

    def __init__(self, sets: avc.ParameterSets) -> None:
        sequences = {avc.sps_id(one): _sequence(one) for one in sets.sps}
        self._sets = {avc.pps_id(one): sequences.get(avc.sps_of(one)) for one in sets.pps}
        self._length_size = sets.length_size

    def id_of(self, packet: bytes) -> int | None:
        """Return the `idr_pic_id` of a picture; None if it has none, or its header is damaged."""
        units = avc.units(packet, self._length_size)
        slices = (one for one in units if one[0] & _TYPE == _IDR)
        place = next(map(self._place, slices), None)
        return place.value if place else None

    def with_other_id(self, packet: bytes, taken: AbstractSet[int | None]) -> bytes:
        """Return a picture with an id that is none of `taken`.

        The new id takes as many bits, or whole bytes more: so what follows keeps its place in its
        byte, on which data of raw samples and of arithmetic coding depend.
        """
        parts = []
        for unit in avc.units(packet, self._length_size):
            place = self._place(unit) if unit[0] & _TYPE == _IDR else None
            changed = unit if place is None else _changed(unit, place, taken)
            parts.append(len(changed).to_bytes(self._length_size, "big") + changed)
        return b"".join(parts)

    def _place(self, unit: bytes) -> _Place | None:
        """Read the header of a slice up to its id (7.3.3)."""
        bits = BitReader(unescape(unit[:_HEADER]))
        try:
            bits.u(8)
            bits.ue()
            bits.ue()
            sequence = self._sets.get(bits.ue())
            if sequence is None:
                return None
            bits.u(sequence.frame_num_bits)
            if not sequence.frames_only and bits.flag():
                bits.flag()
            start = bits.at
            value = bits.ue()
        except Refused:
            return None
        return _Place(start, bits.at, value)


def _sequence(unit: bytes) -> SequenceSet | None:
    """Read a sequence parameter set; None if it is damaged, or of a kind that is never copied."""
    try:
        return read_sequence_set(unit)
    except Refused:
        return None


def _changed(unit: bytes, place: _Place, taken: AbstractSet[int | None]) -> bytes:
    plain = unescape(unit)
    size = len(plain) * 8
    code, length = _code(place, taken)
    whole = int.from_bytes(plain, "big")
    rest = size - place.end
    head, tail = whole >> size - place.start, whole & ((1 << rest) - 1)
    joined = (head << length | code) << rest | tail
    made = joined.to_bytes((place.start + length + rest) // 8, "big")
    return escape(made)


def _code(place: _Place, taken: AbstractSet[int | None]) -> tuple[int, int]:
    """Return the code of another id, and how many bits it has: as many as now, or 8 more (9.1)."""
    zeros = (place.end - place.start) // 2
    candidates = chain(*(range((1 << n) - 1, (2 << n) - 1) for n in (zeros, zeros + 4)))
    value = next(one for one in candidates if one != place.value and one not in taken)
    return value + 1, 2 * (value + 1).bit_length() - 1
