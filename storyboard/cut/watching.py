"""A film's pictures, decoded on all cores, into what each looks like."""

import errno
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.media import Samples, is_known, libav, open_media, planes
from storyboard.model import Seconds

Look: TypeAlias = Samples
"""The pixels of a picture's luma that are looked at: each 8th of each 8th row."""

_STEP = 8
_BLACK = 20
_SAME = 0.05
_SHORTEST_PART = Fraction(5)
"""Seconds: opening a decoder for less is not worth it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that came out of the decoder: when it is shown, and what it looks like.

    `frozen` says that it is the picture before it once more.
    """

    time: Seconds | None
    damaged: bool
    black: bool
    frozen: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a film's pictures, and when it begins."""

    what: str
    time: Seconds


class Broken(Exception):  # noqa: N818 - it is the film that is
    """A film's picture cannot be decoded any further than `time`, in seconds."""

    def __init__(self, time: Seconds) -> None:
        super().__init__(time)
        self.time = time


@dataclass(frozen=True, slots=True)
class _Part:
    """What one decoder saw: a few of the first and last picture's pixels tell if they are alike."""

    seen: list[Seen]
    first: Look | None
    last: Look | None


def watch(film: Path, workers: int) -> list[Seen]:
    """Decode every picture of a film, from the first to the last, in several parts at once.

    Each part begins with a picture that needs none before it, and has a decoder and a thread of
    its own: what decoders do by themselves with several threads is a fraction of that.

    Raises `Broken` where it cannot be decoded, `av.FFmpegError` or `OSError` where it cannot be
    opened.
    """
    starts = parts_of(film, workers)
    with ThreadPoolExecutor(len(starts)) as pool:
        parts = list(pool.map(lambda span: _watch(film, *span), pairwise([*starts, None])))
    seen: list[Seen] = []
    before: Look | None = None
    for part in parts:
        frozen = before is not None and part.first is not None and alike(before, part.first)
        for n, one in enumerate(part.seen):
            first = n == 0 and frozen
            seen.append(Seen(one.time, one.damaged, one.black, frozen=one.frozen or first))
        before = part.last if part.last is not None else before
    return seen


def parts_of(film: Path, most: int) -> list[int | None]:
    """Choose where parts begin, in the stream's own time; None is the film's very beginning."""
    with open_media(film) as container:
        stream = _picture(container, film)
        latest, keys = -1, []
        for packet in container.demux(stream):
            if packet.pts is None:
                continue
            # What comes after pictures that are shown later stands between them.
            if packet.is_keyframe and not packet.is_discard and packet.pts > latest >= 0:
                keys.append(packet.pts)
            latest = max(latest, packet.pts)
        base = libav.tick(stream) or Fraction(1)
    shortest = _SHORTEST_PART / base
    least = max(Fraction(latest, most), shortest)
    starts: list[int | None] = [None]
    at = 0
    for key in keys:
        if key - at >= least and latest - key >= shortest:
            starts.append(key)
            at = key
    return starts


def _watch(film: Path, start: int | None, end: int | None) -> _Part:
    seen: list[Seen] = []
    first: Look | None = None
    before: Look | None = None
    with open_media(film) as container:
        stream = _picture(container, film)
        stream.codec_context.thread_count = 1
        if start is not None:
            container.seek(start, stream=stream, backward=True)
        for frame in _until_broken(container.decode(stream)):
            if start is not None and frame.pts is not None and frame.pts < start:
                continue
            if end is not None and frame.pts is not None and frame.pts >= end:
                break
            look = look_of(frame)
            frozen = before is not None and alike(before, look)
            damaged, black = bool(frame.is_corrupt), is_black(look)
            seen.append(Seen(libav.shown_at(frame), damaged, black, frozen))
            before = look.copy()
            first = before if first is None else first
    return _Part(seen, first, before)


def _picture(container: InputContainer, film: Path) -> VideoStream:
    """Return a film's picture. Raises `OSError` if it has none that can be decoded."""
    stream = next(iter(container.streams.video), None)
    if stream is None or not is_known(stream):
        raise OSError(errno.EINVAL, "it has no picture that can be decoded", str(film))
    return stream


def _until_broken(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    time = Fraction(0)
    try:
        for frame in frames:
            time = libav.shown_at(frame) or time
            yield frame
    except av.FFmpegError as problem:
        raise Broken(time) from problem


def look_of(frame: VideoFrame) -> Look:
    """Return the pixels that are looked at, in place: they are the decoder's."""
    return planes(frame)[0][::_STEP, ::_STEP]


def is_black(look: Look) -> bool:
    """Tell whether nothing is to be seen of a picture."""
    return bool(look.mean() < _BLACK)


def alike(before: Look, after: Look) -> bool:
    """Tell whether a picture is the one before it again."""
    if before.shape != after.shape:
        return False
    return float(np.abs(np.subtract(after, before, dtype=np.int16)).mean()) < _SAME


def faults_of(seen: list[Seen], fps: Fraction) -> Iterator[Fault]:
    """Say which pictures are damaged, and which are shown at another time than their own."""
    damaged = [n for n, one in enumerate(seen) if one.damaged]
    late = [n for n, one in enumerate(seen) if one.time is not None and one.time * fps != n]
    for found, what in ((damaged, "damaged"), (late, "shown at the wrong time")):
        if found:
            many = f"{len(found)} frames are {what}, the first of them"
            told = many if len(found) > 1 else f"a frame is {what}"
            yield Fault(told, Fraction(found[0]) / fps)
