"""A plain MP4 of H.264 into the index of its packets, without opening a decoder.

Many times faster than a demuxer, which decodes frames to learn what the file's own index says.
Where a file is not as plain as nearly every clip is, the answer is None: a demuxer reads it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import BinaryIO

from storyboard.media import avc
from storyboard.media.coded import Coding, PacketIndex, Sample, indexed
from storyboard.media.h264.sequence_set import read_sequence_set
from storyboard.model import Seconds

_MOST_INDEX = 64 * 1024 * 1024
_IDENTITY = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_NORMAL_SPEED = 0x10000
_VISUAL_ENTRY = 78
_HEAD = 8
_UNSPECIFIED = (2, 2, 2)


class Unusual(Exception):  # noqa: N818 - nothing is wrong with such a file
    """The file is not plain."""


@dataclass(frozen=True, slots=True)
class _Track:
    """The boxes of the picture's track, by their kinds; each stands once."""

    boxes: dict[bytes, bytes]
    movie_scale: int


def index_mp4(path: Path) -> PacketIndex | None:
    """Index a plain MP4; None where it is anything else, or broken. Raises `OSError`."""
    with path.open("rb") as file:
        try:
            track = _picture(moov_of(file))
            sets, coding = _coding(track)
            samples, tick = _samples(track, file, sets)
        except (Unusual, ValueError, KeyError, IndexError, ArithmeticError, struct.error):
            return None
    return indexed(path, coding, samples, tick, plain=True)


def moov_of(file: BinaryIO) -> bytes:
    """Find the index among the file's outermost boxes."""
    while len(head := file.read(_HEAD)) == _HEAD:
        size, kind = struct.unpack(">I4s", head)
        body = size - _HEAD
        if size == 1:
            body = int.from_bytes(file.read(8), "big") - 2 * _HEAD
        if kind == b"moov":
            if not 0 < body <= _MOST_INDEX:
                break
            return file.read(body)
        if body < 0:
            break
        file.seek(body, 1)
    raise Unusual


def top_boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the boxes of a list, by kind. Raises `Unusual` where one is cut off."""
    at = 0
    while at + _HEAD <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 0:
            return  # QuickTime ends its lists so
        if size < _HEAD or at + size > len(data):
            raise Unusual
        yield kind, data[at + _HEAD : at + size]
        at += size


def _picture(moov: bytes) -> _Track:
    """Find the one picture track; a file of fragments keeps its samples elsewhere."""
    top = list(top_boxes(moov))
    if any(kind == b"mvex" for kind, _ in top):
        raise Unusual
    tracks = [flat(body) for kind, body in top if kind == b"trak"]
    pictures = [one for one in tracks if one[b"hdlr"][8:12] == b"vide"]
    if len(pictures) != 1:
        raise Unusual
    mvhd = next(body for kind, body in top if kind == b"mvhd")
    (scale,) = struct.unpack_from(">I", mvhd, 20 if mvhd[0] else 12)
    return _Track(pictures[0], scale)


def flat(trak: bytes) -> dict[bytes, bytes]:
    """Gather a track's boxes by kind, whatever they lie in."""
    found: dict[bytes, bytes] = {}
    for kind, body in top_boxes(trak):
        if kind in {b"mdia", b"minf", b"stbl", b"edts"}:
            # QuickTime has a second handler, of the data; the first is the picture's.
            found = {**flat(body), **found}
        else:
            found[kind] = body
    return found


def _coding(track: _Track) -> tuple[avc.ParameterSets, Coding]:
    stsd = track.boxes[b"stsd"]
    count, size, kind = struct.unpack_from(">II4s", stsd, 4)
    if count != 1 or kind != b"avc1":
        raise Unusual
    entry = dict(top_boxes(stsd[16 + _VISUAL_ENTRY : 8 + size]))
    sets = avc.parse_record(entry[b"avcC"])
    picture = read_sequence_set(sets.sps[0]) if sets and len(sets.sps) == 1 else None
    if sets is None or picture is None or (picture.chroma, picture.depth) != (1, 8):
        raise Unusual
    if not picture.frames_only or picture.color[3] == 2:  # noqa: PLR2004 - full range
        raise Unusual
    _check_entry(entry, picture.pixel, picture.color)
    tkhd = track.boxes[b"tkhd"]
    if struct.unpack_from(">9i", tkhd, 52 if tkhd[0] else 40) != _IDENTITY:
        raise Unusual
    coding = Coding(
        codec="h264",
        width=picture.width,
        height=picture.height,
        pix_fmt="yuv420p",
        pixel=picture.pixel,
        rotation=0,
        interlaced=False,
        color=picture.color,
        sets=sets,
    )
    return sets, coding


def _check_entry(
    entry: dict[bytes, bytes], pixel: Fraction, color: tuple[int, int, int, int]
) -> None:
    """Refuse files whose container says other things of the picture than its coding does."""
    if pasp := entry.get(b"pasp"):
        width, height = struct.unpack(">II", pasp)
        if width * pixel.denominator != height * pixel.numerator:
            raise Unusual
    colr = entry.get(b"colr")
    if colr and colr[:4] in {b"nclx", b"nclc"}:
        said = struct.unpack_from(">HHH", colr, 4)
        if said not in {color[:3], _UNSPECIFIED}:
            raise Unusual


def _samples(
    track: _Track, file: BinaryIO, sets: avc.ParameterSets
) -> tuple[list[Sample], Seconds]:
    boxes = track.boxes
    sizes = sizes_of(boxes[b"stsz"])
    count = len(sizes)
    places = places_of(boxes, sizes)
    decoded = [0, *accumulate(runs_of(boxes[b"stts"], count))][:count]
    moves = runs_of(boxes[b"ctts"], count, signed=True) if b"ctts" in boxes else [0] * count
    mdhd = boxes[b"mdhd"]
    scale = struct.unpack_from(">I", mdhd, 20 if mdhd[0] else 12)[0]
    shown = [at + by for at, by in zip(decoded, moves, strict=True)]
    start = _edit(track, shown, scale)
    keys = set(table_of(boxes[b"stss"])) if b"stss" in boxes else set(range(1, count + 1))
    samples = [
        Sample(place, size, at - start, n in keys and _anew(file, place, size, sets))
        for n, (place, size, at) in enumerate(zip(places, sizes, shown, strict=True), 1)
    ]
    return samples, Fraction(1, scale)


def _edit(track: _Track, shown: list[int], scale: int) -> int:
    """Return where the film begins in the track; refuse edits that leave frames out."""
    elst = track.boxes.get(b"elst")
    if elst is None:
        return 0
    (entries,) = struct.unpack_from(">I", elst, 4)
    if entries != 1:
        raise Unusual
    length, start = struct.unpack_from(">Qq" if elst[0] else ">Ii", elst, 8)
    rate = struct.unpack_from(">I", elst, 24 if elst[0] else 16)[0]
    end = start + Fraction(length, track.movie_scale) * scale
    frame = (max(shown) - min(shown)) / max(1, len(shown) - 1)
    if rate != _NORMAL_SPEED or start < 0 or min(shown) < start or max(shown) + frame / 2 > end:
        raise Unusual
    return int(start)


def sizes_of(stsz: bytes) -> list[int]:
    """Return the sizes of samples, each written by itself. Raises `Unusual` if they are not."""
    one, count = struct.unpack_from(">II", stsz, 4)
    if one or not count:
        raise Unusual
    return list(struct.unpack_from(f">{count}I", stsz, 12))


def table_of(box: bytes, code: str = "I") -> list[int]:
    """Return a box's numbers, which follow their count; `code` is their form as `struct` has it."""
    (count,) = struct.unpack_from(">I", box, 4)
    return list(struct.unpack_from(f">{count}{code}", box, 8))


def runs_of(box: bytes, count: int, *, signed: bool = False) -> list[int]:
    """Write out a table of (how many, of what); one of another length is broken."""
    (rows,) = struct.unpack_from(">I", box, 4)
    if rows * _HEAD > len(box):
        raise Unusual
    flat = struct.unpack_from(">" + ("Ii" if signed else "II") * rows, box, 8)
    pairs = list(zip(flat[::2], flat[1::2], strict=True))
    if sum(many for many, _ in pairs) != count:
        raise Unusual
    return list(chain.from_iterable(repeat(value, many) for many, value in pairs))


def places_of(boxes: dict[bytes, bytes], sizes: list[int]) -> list[int]:
    """Return where samples are: chunks are in a table, samples follow each other in them."""
    starts = table_of(boxes[b"stco"]) if b"stco" in boxes else table_of(boxes[b"co64"], "Q")
    (rows,) = struct.unpack_from(">I", boxes[b"stsc"], 4)
    flat = struct.unpack_from(f">{3 * rows}I", boxes[b"stsc"], 8)
    firsts = [*flat[::3], len(starts) + 1]
    if set(flat[2::3]) != {1}:
        raise Unusual
    each = chain.from_iterable(
        repeat(samples, firsts[n + 1] - firsts[n]) for n, samples in enumerate(flat[1::3])
    )
    places: list[int] = []
    for start, samples in zip(starts, each, strict=True):
        at = start
        for size in sizes[len(places) : len(places) + samples]:
            places.append(at)
            at += size
    if len(places) != len(sizes):
        raise Unusual
    return places


def _anew(file: BinaryIO, place: int, size: int, sets: avc.ParameterSets) -> bool:
    file.seek(place)
    packet = file.read(size)
    if len(packet) != size or avc.brings_others(packet, sets):
        raise Unusual
    return avc.starts_anew(packet, sets.length_size)
