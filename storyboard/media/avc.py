"""H.264 in MP4: `avcC` records into parameter sets and back, and what a packet holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

_SPS, _PPS, _IDR = 7, 8, 5
_TYPE = 0x1F
_FIXED = 6
_HIGH_PROFILES = (100, 110, 122, 144)


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """What a stream's packets refer to by id, as NAL units, and the size of their lengths."""

    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    length_size: int

    @property
    def ids(self) -> frozenset[int]:
        """Ids of all sets: packets that use other sets must not share them."""
        return frozenset({sps_id(one) for one in self.sps} | {pps_id(one) for one in self.pps})


def parse_record(record: bytes) -> ParameterSets | None:
    """Read an `avcC` record; None where it is none (Annex B, or broken)."""
    if len(record) <= _FIXED or record[0] != 1:
        return None
    sps: list[bytes] = []
    pps: list[bytes] = []
    at = _FIXED - 1
    for into, mask in ((sps, _TYPE), (pps, 0xFF)):
        if at >= len(record):
            return None
        count = record[at] & mask
        at += 1
        for _ in range(count):
            size = int.from_bytes(record[at : at + 2], "big")
            into.append(record[at + 2 : at + 2 + size])
            at += 2 + size
    if not sps or not pps or any(not one for one in sps + pps):
        return None
    return ParameterSets(tuple(sps), tuple(pps), (record[4] & 3) + 1)


def sets_record(sets: ParameterSets) -> bytes:
    """Write an `avcC` record. Its profile and level are the highest of all its sets."""
    first = max(sets.sps, key=lambda one: one[1])
    level = max(one[3] for one in sets.sps)
    parts = [bytes((1, first[1], first[2], level, 0xFC | (sets.length_size - 1)))]
    parts.append(bytes((0xE0 | len(sets.sps),)))
    parts.extend(len(one).to_bytes(2, "big") + one for one in sets.sps)
    parts.append(bytes((len(sets.pps),)))
    parts.extend(len(one).to_bytes(2, "big") + one for one in sets.pps)
    if first[1] in _HIGH_PROFILES:
        parts.append(b"\xfd\xf8\xf8\x00")  # 4:2:0, 8 bits: nothing else is ever copied or made
    return b"".join(parts)


def united(sets: Sequence[ParameterSets]) -> ParameterSets:
    """Put the sets of several streams side by side; what they share is there once.

    Raises `ValueError` if two different ones have one id: they would spoil each other's frames.
    """
    if len({one.length_size for one in sets}) != 1:
        raise ValueError("packets of a film differ in how their parts' lengths are written")
    return ParameterSets(
        _united((unit for one in sets for unit in one.sps), sps_id),
        _united((unit for one in sets for unit in one.pps), pps_id),
        sets[0].length_size,
    )


def _united(units: Iterable[bytes], number: Callable[[bytes], int]) -> tuple[bytes, ...]:
    found: dict[int, bytes] = {}
    for unit in units:
        if found.setdefault(number(unit), unit) != unit:
            raise ValueError("two stretches of a film have different parameter sets of one id")
    return tuple(found.values())


def sps_id(unit: bytes) -> int:
    """Return the id of a sequence parameter set: it stands after profile, flags and level."""
    return _exp_golomb(unit, 4)


def pps_id(unit: bytes) -> int:
    """Return the id of a picture parameter set."""
    return _exp_golomb(unit, 1)


def sps_of(unit: bytes) -> int:
    """Return the id of the sequence parameter set that a picture parameter set refers to."""
    return _exp_golomb(unit, 1, 1)


def starts_anew(packet: bytes, length_size: int) -> bool:
    """Tell whether nothing after this packet refers to anything before it (an IDR picture)."""
    return any(unit[0] & _TYPE == _IDR for unit in units(packet, length_size))


def brings_others(packet: bytes, sets: ParameterSets) -> bool:
    """Tell whether a packet carries parameter sets other than its file's own."""
    known = {*sets.sps, *sets.pps}
    return any(
        unit[0] & _TYPE in {_SPS, _PPS} and unit not in known
        for unit in units(packet, sets.length_size)
    )


def without_sets(packet: bytes, length_size: int) -> bytes:
    """Return a packet without the parameter sets in it; itself if there are none."""
    parts = list(units(packet, length_size))
    kept = [one for one in parts if one[0] & _TYPE not in {_SPS, _PPS}]
    if len(kept) == len(parts):
        return packet
    return b"".join(len(one).to_bytes(length_size, "big") + one for one in kept)


def units(packet: bytes, length_size: int) -> Iterator[bytes]:
    """Go through the NAL units in a packet."""
    at = 0
    while at + length_size < len(packet):
        size = int.from_bytes(packet[at : at + length_size], "big")
        if size:
            yield packet[at + length_size : at + length_size + size]
        at += length_size + size


def _exp_golomb(unit: bytes, at: int, passed: int = 0) -> int:
    """Read a ue(v) number behind `passed` others, of which the first begins at a byte.

    Ids are small, so eight bytes are plenty.
    """
    bits = "".join(f"{one:08b}" for one in unit[at : at + 8])
    for _ in range(passed):
        bits = bits[2 * (len(bits) - len(bits.lstrip("0"))) + 1 :]
    zeros = len(bits) - len(bits.lstrip("0"))
    return int(bits[zeros : 2 * zeros + 1] or "1", 2) - 1
