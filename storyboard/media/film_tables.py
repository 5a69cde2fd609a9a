"""Read the index of a finished film back, box by box, with nothing of what wrote it."""

import struct
from dataclasses import dataclass
from itertools import accumulate
from operator import add
from pathlib import Path
from typing import BinaryIO

from storyboard.media.mp4_index import (
    Unusual,
    flat,
    moov_of,
    places_of,
    runs_of,
    sizes_of,
    table_of,
    top_boxes,
)

_HEAD, _LARGE_HEAD = 8, 16
_EDIT = {0: ">IiI", 1: ">QqI"}


class BrokenIndex(Exception):  # noqa: N818 - it is the film that is broken
    """A film's index cannot be read."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a track that is shown: `length` in the film's ticks, `start` in the track's.

    `rate` is 65536 for normal speed.
    """

    length: int
    start: int
    rate: int


@dataclass(frozen=True, slots=True)
class TrackTables:
    """What the index says of one track; its samples in coding order, times in its own ticks.

    `handler` is `vide` or `soun`; `length` is the track's by its media header, `shown_length` by
    its track header, in the film's ticks. `sync` are the samples, counted from 0, at which decoding
    may begin. `entry` is the sample description, `matrix` how the picture is turned, and
    `measures` its width and height in 65536ths of a pixel.
    """

    handler: bytes
    scale: int
    length: int
    shown_length: int
    edits: tuple[Edit, ...]
    sizes: tuple[int, ...]
    places: tuple[int, ...]
    decoded: tuple[int, ...]
    shown: tuple[int, ...]
    sync: frozenset[int]
    entry: bytes
    matrix: bytes
    measures: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FilmTables:
    """A film's index: its ticks a second and length, its tracks, and where its data is."""

    scale: int
    length: int
    tracks: tuple[TrackTables, ...]
    data: tuple[int, int]


def read_tables(path: Path) -> FilmTables:
    """Read a film's index. Raises `BrokenIndex` if it is not whole, `OSError` as reading does."""
    try:
        with path.open("rb") as file:
            data = _data(file, path.stat().st_size)
            file.seek(0)
            top = list(top_boxes(moov_of(file)))
        mvhd = next(body for kind, body in top if kind == b"mvhd")
        scale, length = _scale_and_length(mvhd)
        tracks = tuple(_track(flat(body)) for kind, body in top if kind == b"trak")
    except (
        Unusual,
        ValueError,
        KeyError,
        IndexError,
        ArithmeticError,
        StopIteration,
        struct.error,
    ) as problem:
        raise BrokenIndex from problem
    return FilmTables(scale, length, tracks, data)


def _data(file: BinaryIO, end: int) -> tuple[int, int]:
    """Return where the data begins and ends; outermost boxes must fill the file."""
    at, found = 0, None
    while at < end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(_HEAD))
        head = _HEAD
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), _LARGE_HEAD
        if size < head or (kind == b"mdat" and found):
            raise Unusual
        if kind == b"mdat":
            found = at + head, at + size
        at += size
    if at != end or found is None:
        raise Unusual
    return found


def _track(boxes: dict[bytes, bytes]) -> TrackTables:
    mdhd, tkhd = boxes[b"mdhd"], boxes[b"tkhd"]
    scale, length = _scale_and_length(mdhd)
    sizes = sizes_of(boxes[b"stsz"])
    count = len(sizes)
    lasting = runs_of(boxes[b"stts"], count)
    decoded = list(accumulate(lasting, initial=0))[:count]
    moves = runs_of(boxes[b"ctts"], count, signed=True) if b"ctts" in boxes else [0] * count
    sync = table_of(boxes[b"stss"]) if b"stss" in boxes else range(1, count + 1)
    at = 52 if tkhd[0] else 40
    return TrackTables(
        handler=boxes[b"hdlr"][8:12],
        scale=scale,
        length=length,
        shown_length=struct.unpack_from(">Q" if tkhd[0] else ">I", tkhd, 28 if tkhd[0] else 20)[0],
        edits=_edits(boxes.get(b"elst")),
        sizes=tuple(sizes),
        places=tuple(places_of(boxes, sizes)),
        decoded=tuple(decoded),
        shown=tuple(map(add, decoded, moves)),
        sync=frozenset(one - 1 for one in sync),
        entry=boxes[b"stsd"][8:],
        matrix=tkhd[at : at + 36],
        measures=struct.unpack_from(">II", tkhd, at + 36),
    )


def _scale_and_length(header: bytes) -> tuple[int, int]:
    scale, length = struct.unpack_from(
        ">IQ" if header[0] else ">II", header, 20 if header[0] else 12
    )
    return scale, length


def _edits(elst: bytes | None) -> tuple[Edit, ...]:
    if elst is None:
        return ()
    form = _EDIT[elst[0]]
    (count,) = struct.unpack_from(">I", elst, 4)
    return tuple(
        Edit(*struct.unpack_from(form, elst, _HEAD + n * struct.calcsize(form)))
        for n in range(count)
    )
