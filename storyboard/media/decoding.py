"""A clip into its frames, by their place in display order."""

import errno
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count, dropwhile

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.media.coded import PacketIndex
from storyboard.media.open import open_media
from storyboard.media.packet_clock import PacketClock
from storyboard.model import clock

_STREAMED = frozenset({"mpegts", "mpeg"})
"""Containers without an index: a jump into them lands at any packet, or after the key frame."""

_RUN_UP = Fraction(1)
"""Seconds before a key frame that a jump into a streamed file aims at."""

_WITHOUT_ORDER = frozenset({"h264", "hevc"})
"""What AVI, which only counts packets, does not know the display order of."""


_UNCROPPED = {"apply_cropping": "0"}


def decode(index: PacketIndex, first: int, end: int, threads: int = 1) -> Iterator[VideoFrame]:
    """Decode the frames shown from place `first` up to `end`, each exactly once and in order.

    A frame that the file lost is stood in for by the one before it. Raises `OSError`, which names
    the file, where one cannot be decoded, or there is none at all.
    """
    return _frames(index, first, end, _Decoder(threads, {}))


def decode_uncropped(index: PacketIndex, first: int, end: int) -> Iterator[VideoFrame]:
    """Decode frames, as `decode` does, at their coded size: with the rim that is never shown.

    Later pictures are predicted from the rim too: 1080 rows are coded as 1088.
    """
    return _frames(index, first, end, _Decoder(1, _UNCROPPED))


@dataclass(frozen=True, slots=True)
class _Decoder:
    threads: int
    options: Mapping[str, str]


def _frames(index: PacketIndex, first: int, end: int, how: _Decoder) -> Iterator[VideoFrame]:
    wanted = first
    before: VideoFrame | None = None
    for at, frame in _placed(index, first, how):
        if at < wanted:
            before = frame
            continue
        while wanted < min(at, end):
            yield before or frame
            wanted += 1
        if wanted >= end:
            return
        yield frame
        before = frame
        wanted += 1
    while wanted < end:
        if before is None:
            raise _broken(index, first)
        yield before
        wanted += 1


def _placed(index: PacketIndex, first: int, how: _Decoder) -> Iterator[tuple[int, VideoFrame]]:
    """Yield frames with their places, from `first` or before; a jump that missed is not taken."""
    landed = False
    if first > 0:
        for at, frame in _decoded(index, first, how):
            if not landed and at > first:
                break
            landed = True
            yield at, frame
    if not landed:
        yield from _decoded(index, 0, how)


def _decoded(index: PacketIndex, first: int, how: _Decoder) -> Iterator[tuple[int, VideoFrame]]:
    place = {stamp: n for n, stamp in enumerate(index.stamps)}
    with open_media(index.path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = how.threads
        stream.codec_context.options = dict(how.options)
        counting: Iterator[int] | None = None
        for frame in _whole(_from_key(index, container, stream, first), index):
            at = None if frame.pts is None else place.get(frame.pts)
            if counting is not None:
                yield next(counting), frame
            elif at is not None:
                if container.format.name == "avi" and index.coding.codec in _WITHOUT_ORDER:
                    counting = count(at + 1)
                yield at, frame


def _from_key(
    index: PacketIndex, container: InputContainer, stream: VideoStream, first: int
) -> Iterator[VideoFrame]:
    """Decode from the key frame on that the frame at place `first` needs, or from before it."""
    if not index.jumps:
        if first > 0:
            target = _target(index, container, stream, first)
            container.seek(target, stream=stream, backward=True)
        yield from container.decode(stream)
        return
    # No seek: by time it could land in another recording. Packets that are passed over cost little.
    key = _key(index, first)
    packets = PacketClock(container).packets(stream)
    for packet in dropwhile(lambda one: one.pts != key, packets):
        yield from stream.decode(packet)


def _whole(frames: Iterator[VideoFrame], index: PacketIndex) -> Iterator[VideoFrame]:
    """Go through frames; of what cannot be decoded, say in which file it is, and about where."""
    last = 0
    try:
        for frame in frames:
            last = last if frame.pts is None else bisect_left(index.stamps, frame.pts)
            yield frame
    except av.FFmpegError as problem:
        raise _broken(index, last) from problem


def _broken(index: PacketIndex, place: int) -> OSError:
    time = clock(index.times[min(place, index.frames - 1)])
    what = f"its picture is damaged soon after {time} of it; show another stretch, or mend it"
    return OSError(errno.EIO, what, str(index.path))


def _target(index: PacketIndex, container: InputContainer, stream: VideoStream, first: int) -> int:
    """Return the stamp to jump to so that the frame at place `first` can be decoded."""
    tick = libav.tick(stream)
    if container.format.name not in _STREAMED or tick is None:
        return index.stamps[first]
    return _key(index, first) - round(_RUN_UP / tick)


def _key(index: PacketIndex, first: int) -> int:
    """Return the stamp of the last key frame that is shown up to place `first`."""
    keys = sorted(one.shown for one in index.packets if one.anew)
    nearest = bisect_left(keys, first + 1) - 1
    return index.stamps[keys[max(nearest, 0)] if keys else 0]
