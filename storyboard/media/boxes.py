"""Values into MP4 boxes (ISO 14496-12)."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from struct import pack

MATRIX = pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""Shown as it lies."""

_MOST_32 = 2**32 - 1


def box(kind: str, *content: bytes) -> bytes:
    """Write a box: its size, its kind, what is in it."""
    size = 8 + sum(map(len, content))
    return b"".join((pack(">I4s", size, kind.encode("ascii")), *content))


def full(kind: str, version: int, flags: int, *content: bytes) -> bytes:
    """Write a box that begins with a version and flags."""
    return box(kind, pack(">I", version << 24 | flags), *content)


def descriptor(tag: int, *content: bytes) -> bytes:
    """Write an MPEG-4 descriptor, its size in the four bytes that every reader takes."""
    size = sum(map(len, content))
    sized = bytes((0x80 | size >> 21 & 0x7F, 0x80 | size >> 14 & 0x7F, 0x80 | size >> 7 & 0x7F))
    return b"".join((bytes((tag,)), sized, bytes((size & 0x7F,)), *content))


def table(kind: str, rows: Sequence[tuple[int, ...]], version: int = 0) -> bytes:
    """Write a box of rows of 32-bit numbers, with their count before them."""
    flat = [number for row in rows for number in row]
    return full(kind, version, 0, pack(f">I{len(flat)}I", len(rows), *flat))


def runs(values: Iterable[int]) -> list[tuple[int, int]]:
    """Count equal neighbours: (how many, of what)."""
    return [(sum(1 for _ in group), value) for value, group in groupby(values)]


def sizes(each: Sequence[int]) -> bytes:
    """Write the sizes of samples."""
    return full("stsz", 0, 0, pack(f">II{len(each)}I", 0, len(each), *each))


def offsets(each: Sequence[int]) -> bytes:
    """Write where chunks lie, in 64 bits where the film is too large for 32."""
    if each and max(each) > _MOST_32:
        return full("co64", 0, 0, pack(f">I{len(each)}Q", len(each), *each))
    return full("stco", 0, 0, pack(f">I{len(each)}I", len(each), *each))
