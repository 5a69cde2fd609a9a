"""Hold a film's index, as it was written, against what it has to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from struct import unpack_from

from storyboard.media import FRAME, RATE, AacTrack, Edit, FilmPicture, FilmTables, TrackTables

_NORMAL_SPEED = 0x10000
_UPRIGHT = bytes.fromhex("00010000" + "00" * 12 + "00010000" + "00" * 12 + "40000000")
_ENTRY_SIZE = 32
"""Bytes of a picture's sample description before its width and height."""

_PICTURE, _SOUND = b"vide", b"soun"


@dataclass(frozen=True, slots=True)
class IndexFault:
    """What is wrong with an index; `frame` is the film's first frame that it concerns, if any."""

    what: str
    frame: int | None = None


def index_faults(
    tables: FilmTables, picture: FilmPicture, sound: AacTrack | None
) -> Iterator[IndexFault]:
    """Say what an index says otherwise than it has to."""
    handlers = [one.handler for one in tables.tracks]
    if handlers != [_PICTURE, *([_SOUND] if sound else [])]:
        yield IndexFault("its index does not have one picture and one sound")
        return
    length = Fraction(len(picture.frames)) / picture.fps
    if tables.length != round(length * tables.scale):
        yield IndexFault("its index gives it another length than its picture has")
    yield from _picture_faults(tables, tables.tracks[0], picture)
    if sound:
        yield from _sound_faults(tables, tables.tracks[1], sound)
    if not _is_apart(tables):
        yield IndexFault("its index has samples that overlap, or are outside its data")


def _picture_faults(
    tables: FilmTables, track: TrackTables, picture: FilmPicture
) -> Iterator[IndexFault]:
    frames, tick = picture.frames, Fraction(track.scale) / picture.fps
    if len(track.sizes) != len(frames):
        yield IndexFault(f"its index has {len(track.sizes)} pictures, not {len(frames)}")
        return
    wrong = [n for n, one in enumerate(frames) if track.sizes[n] != one.size]
    yield from _at(wrong, picture, "its index gives a packet another size than it has")
    if tick.denominator != 1 or any(at != n * tick for n, at in enumerate(track.decoded)):
        yield IndexFault("its index does not have its packets decoded one after the other")
    start = track.edits[0].start if track.edits else 0
    wrong = [n for n, one in enumerate(frames) if track.shown[n] - start != one.shown * tick]
    yield from _at(wrong, picture, "its index shows a frame at the wrong time")
    late = [n for n, at in enumerate(track.decoded) if track.shown[n] < at]
    yield from _at(late, picture, "its index shows a frame before it is decoded")
    wrong = [n for n, one in enumerate(frames) if one.anew != (n in track.sync)]
    yield from _at(wrong, picture, "its index is wrong about where decoding may begin")
    if track.edits != (Edit(tables.length, start, _NORMAL_SPEED),) or start < 0:
        yield IndexFault("its edit list leaves out some of its picture")
    if track.length != len(frames) * tick or track.shown_length != tables.length:
        yield IndexFault("its index gives its picture another length than it has")
    size = (picture.size.width, picture.size.height)
    is_upright = track.matrix == _UPRIGHT and track.measures == (size[0] << 16, size[1] << 16)
    if not is_upright or unpack_from(">HH", track.entry, _ENTRY_SIZE) != size:
        yield IndexFault("its index turns its picture, or gives it another size")


def _sound_faults(tables: FilmTables, track: TrackTables, sound: AacTrack) -> Iterator[IndexFault]:
    if track.sizes != sound.sizes:
        yield IndexFault("its index does not have the packets of its sound")
        return
    length = round(Fraction(sound.samples, RATE) * tables.scale)
    if track.scale != RATE or track.decoded != tuple(range(0, len(sound.sizes) * FRAME, FRAME)):
        yield IndexFault("its index does not have its sound heard without a hole")
    if track.shown != track.decoded or track.length != len(sound.sizes) * FRAME:
        yield IndexFault("its index has its sound heard at the wrong time")
    edit = Edit(length, sound.priming, _NORMAL_SPEED)
    if track.edits != (edit,) or track.shown_length != length:
        yield IndexFault("its edit list does not begin and end its sound where it should")


def _at(wrong: list[int], picture: FilmPicture, what: str) -> Iterator[IndexFault]:
    if wrong:
        yield IndexFault(what, min(picture.frames[n].shown for n in wrong))


def _is_apart(tables: FilmTables) -> bool:
    first, end = tables.data
    spans = sorted(
        (at, at + size)
        for track in tables.tracks
        for at, size in zip(track.places, track.sizes, strict=True)
    )
    if not spans or spans[0][0] < first or spans[-1][1] > end:
        return False
    return all(one[1] <= other[0] for one, other in pairwise(spans))
