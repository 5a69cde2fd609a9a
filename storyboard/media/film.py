"""Coded pictures and sound from many files into one MP4, index first.

Written by hand because the tracks need what muxers do not offer: parameter sets of several
encoders side by side, times that follow from a frame's number alone, and sound that begins on
the sample.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from struct import pack
from typing import BinaryIO

from storyboard.media import avc
from storyboard.media.aac import FRAME, RATE, AacTrack
from storyboard.media.boxes import MATRIX, box, descriptor, full, offsets, runs, sizes, table
from storyboard.media.file_reader import FileReader
from storyboard.media.film_times import CodedFrame, times
from storyboard.media.idr import apart
from storyboard.media.inner_sets import without_inner_sets
from storyboard.model import FrameRate, Size

_FINE_ENOUGH = 10_000
_UNSPECIFIED = 2
_FULL_RANGE = 2
_UNDETERMINED = 0x55C4
_FTYP = box("ftyp", b"isom", pack(">I", 0x200), b"isomiso2avc1mp41")
_WIDE = 16
_CHUNKS_A_SECOND = 2


@dataclass(frozen=True, slots=True)
class FilmPicture:
    """The pictures of a film in coding order; each frame from 0 on is shown exactly once.

    `joints` are the places in `frames` where a stretch begins that was coded by itself.
    """

    frames: Sequence[CodedFrame]
    size: Size
    fps: FrameRate
    sets: avc.ParameterSets
    color: tuple[int, int, int, int]
    joints: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Neighbouring samples of one track that lie together."""

    first: int
    end: int


def as_written(picture: FilmPicture) -> FilmPicture:
    """Return a picture whose packets are those that its film has.

    IDR pictures carry no parameter sets inside, and of two in a row the second has an `idr_pic_id`
    of its own; all other packets are those of their files. Raises `OSError` if a file has changed.
    """
    bare = without_inner_sets(picture.frames, picture.sets.length_size)
    return replace(picture, frames=apart(bare, picture.joints, picture.sets))


def write_film(picture: FilmPicture, sound: AacTrack | None, out: Path) -> None:
    """Write a film that can be shown while it is still being fetched."""
    picture = as_written(picture)
    scale = timescale(picture.fps)
    pictures = _chunks(len(picture.frames), max(1, round(picture.fps / _CHUNKS_A_SECOND)))
    sounds = _chunks(len(sound.sizes), RATE // FRAME // _CHUNKS_A_SECOND) if sound else []
    picture_bytes = [sum(one.size for one in picture.frames[c.first : c.end]) for c in pictures]
    sound_bytes = [sum(sound.sizes[c.first : c.end]) for c in sounds] if sound else []
    head_size = len(_moov(picture, sound, scale, [0] * len(pictures), [0] * len(sounds)))
    total = sum(picture_bytes) + sum(sound_bytes)
    # Offsets may take 64 bits, which makes the index longer, which moves the offsets: settle it.
    while True:
        start = len(_FTYP) + head_size + _WIDE
        at = _places(start, picture_bytes, sound_bytes)
        moov = _moov(picture, sound, scale, *at)
        if len(moov) == head_size:
            break
        head_size = len(moov)
    with out.open("wb") as file:
        file.write(_FTYP)
        file.write(moov)
        file.write(pack(">I4sQ", 1, b"mdat", _WIDE + total))
        _write_data(file, picture, sound, pictures, sounds)


def timescale(fps: FrameRate) -> int:
    """Return ticks a second: a frame is a whole number of them, and times are fine enough."""
    times = -(-_FINE_ENOUGH // fps.numerator)
    return fps.numerator * (1000 if fps.denominator == 1 and times > 1 else times)


def _chunks(count: int, each: int) -> list[_Chunk]:
    return [_Chunk(at, min(at + each, count)) for at in range(0, count, each)]


def _places(start: int, first: list[int], second: list[int]) -> tuple[list[int], list[int]]:
    """Return where chunks lie, those of the two tracks taking turns as they are shown."""
    at = start
    places: tuple[list[int], list[int]] = ([], [])
    for track, n in _turns(len(first), len(second)):
        places[track].append(at)
        at += (first, second)[track][n]
    return places


def _turns(first: int, second: int) -> Iterator[tuple[int, int]]:
    for n in range(max(first, second)):
        if n < first:
            yield 0, n
        if n < second:
            yield 1, n


def _write_data(
    file: BinaryIO,
    picture: FilmPicture,
    sound: AacTrack | None,
    pictures: list[_Chunk],
    sounds: list[_Chunk],
) -> None:
    with FileReader() as reader:
        starts = [0, *accumulate(sound.sizes)] if sound else []
        for track, n in _turns(len(pictures), len(sounds)):
            if track == 0:
                file.writelines(
                    reader.bytes_of(one)
                    for one in picture.frames[pictures[n].first : pictures[n].end]
                )
            elif sound:
                first, end = starts[sounds[n].first], starts[sounds[n].end]
                file.write(reader.read(sound.path, first, end - first))


def _moov(
    picture: FilmPicture,
    sound: AacTrack | None,
    scale: int,
    pictures: list[int],
    sounds: list[int],
) -> bytes:
    length = _ticks(Fraction(len(picture.frames)) / picture.fps, scale)
    tracks = [_picture_track(picture, scale, length, pictures)]
    if sound:
        tracks.append(_sound_track(sound, _ticks(Fraction(sound.samples, RATE), scale), sounds))
    header = full(
        "mvhd",
        1,
        0,
        pack(">QQIQIH10x", 0, 0, scale, length, 0x10000, 0x100),
        MATRIX,
        pack(">24xI", len(tracks) + 1),
    )
    return box("moov", header, *tracks)


def _ticks(seconds: Fraction, scale: int) -> int:
    return round(seconds * scale)


def _track_header(number: int, length: int, volume: int, size: Size) -> bytes:
    return full(
        "tkhd",
        1,
        3,
        pack(">QQI4xQ8xHHH2x", 0, 0, number, length, 0, number - 1, volume),
        MATRIX,
        pack(">II", size.width << 16, size.height << 16),
    )


def _edit(length: int, start: int) -> bytes:
    return box("edts", full("elst", 1, 0, pack(">IQqI", 1, length, start, 0x10000)))


def _media(scale: int, length: int, kind: bytes, header: bytes, samples: bytes) -> bytes:
    here = box("dinf", full("dref", 0, 0, pack(">I", 1), full("url ", 0, 1)))
    return box(
        "mdia",
        full("mdhd", 1, 0, pack(">QQIQHH", 0, 0, scale, length, _UNDETERMINED, 0)),
        full("hdlr", 0, 0, pack(">4x4s12x", kind), b"storyboard\0"),
        box("minf", header, here, samples),
    )


def _picture_track(picture: FilmPicture, scale: int, length: int, places: list[int]) -> bytes:
    frame = int(scale / picture.fps)
    placed = times(picture.frames, frame)
    each = max(1, round(picture.fps / _CHUNKS_A_SECOND))
    parts = [
        full("stsd", 0, 0, pack(">I", 1), _avc1(picture)),
        table("stts", [(len(picture.frames), frame)]),
        table("stss", [(n,) for n, one in enumerate(picture.frames, 1) if one.anew]),
        _chunk_sizes(len(picture.frames), each),
        sizes([one.size for one in picture.frames]),
        offsets(places),
    ]
    if any(placed.moves):
        parts.insert(2, table("ctts", runs(placed.moves)))
    media = _media(
        scale,
        frame * len(picture.frames),
        b"vide",
        full("vmhd", 0, 1, bytes(8)),
        box("stbl", *parts),
    )
    header = _track_header(1, length, 0, picture.size)
    return box("trak", header, _edit(length, placed.start), media)


def _sound_track(sound: AacTrack, length: int, places: list[int]) -> bytes:
    coded = len(sound.sizes) * FRAME
    parts = (
        full("stsd", 0, 0, pack(">I", 1), _mp4a(sound.config)),
        table("stts", [(len(sound.sizes), FRAME)]),
        _chunk_sizes(len(sound.sizes), RATE // FRAME // _CHUNKS_A_SECOND),
        sizes(sound.sizes),
        offsets(places),
    )
    media = _media(RATE, coded, b"soun", full("smhd", 0, 0, bytes(4)), box("stbl", *parts))
    header = _track_header(2, length, 0x100, Size(0, 0))
    return box("trak", header, _edit(length, sound.priming), media)


def _chunk_sizes(count: int, each: int) -> bytes:
    rows = [(1, each, 1)] if count >= each else []
    if count % each:
        rows.append((count // each + 1, count % each, 1))
    return table("stsc", rows)


def _avc1(picture: FilmPicture) -> bytes:
    primaries, transfer, matrix, spread = picture.color
    parts = [box("avcC", avc.sets_record(picture.sets)), box("pasp", pack(">II", 1, 1))]
    if _UNSPECIFIED not in {primaries, transfer, matrix}:
        whole = 0x80 if spread == _FULL_RANGE else 0
        parts.append(box("colr", b"nclx", pack(">HHHB", primaries, transfer, matrix, whole)))
    measures = pack(
        ">HHIIIH32xHh", picture.size.width, picture.size.height, 72 << 16, 72 << 16, 0, 1, 24, -1
    )
    return box("avc1", pack(">6xH16x", 1), measures, *parts)


def _mp4a(config: bytes) -> bytes:
    decoder = descriptor(4, pack(">BB3xII", 0x40, 0x15, 192_000, 192_000), descriptor(5, config))
    es = descriptor(3, pack(">HB", 0, 0), decoder, descriptor(6, b"\x02"))
    measures = pack(">6xH8xHH4xI", 1, 2, 16, RATE << 16)
    return box("mp4a", measures, full("esds", 0, 0, es))
