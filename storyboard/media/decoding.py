"""A clip into its frames, by their place in display order."""

import errno
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count, dropwhile
from typing import Literal, TypeAlias

import av
from av.container import InputContainer
from av.packet import Packet as AvPacket
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.media.coded import PacketIndex
from storyboard.media.open import open_known, open_media
from storyboard.media.packet_clock import PacketClock
from storyboard.model import clock

_STREAMED = frozenset({"mpegts", "mpeg"})
"""Containers without an index: a jump into them lands at any packet, or after the key frame."""

_RUN_UP = Fraction(1)
"""Seconds before a key frame that a jump into a streamed file aims at."""

_WITHOUT_ORDER = frozenset({"h264", "hevc"})
"""What AVI, which only counts packets, does not know the display order of."""


_REFERENCED = "h264"
"""The coding whose pictures say whether others refer to them, in a way that libav knows to skip."""

Watch: TypeAlias = Callable[[int, VideoFrame], None]
"""Is shown every frame that a pass decodes, with its place, in the order in which they come out."""


def decode(index: PacketIndex, first: int, end: int, threads: int = 1) -> Iterator[VideoFrame]:
    """Decode the frames shown from place `first` up to `end`, each exactly once and in order.

    A frame that the file lost is stood in for by the one before it. Raises `OSError`, which names
    the file, where one cannot be decoded, or there is none at all.
    """
    going = ClipPass(index, first, Decoder(threads))
    return map(going.frame, range(first, end))


@dataclass(frozen=True, slots=True)
class Decoder:
    """How a clip is decoded: on how many threads, 0 for one a core, and libav's options."""

    threads: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


UNCROPPED = Decoder(1, {"apply_cropping": "0"})
"""Decodes frames at their coded size: with the rim that is never shown.

Later pictures are predicted from the rim too: 1080 rows are coded as 1088.
"""


class ClipPass:
    """One decoding of a clip: gives frames in display order, and goes on where it stopped.

    Between frames that are asked for, those that no other refers to are not decoded, unless
    somebody has a `watch` on all of them. `start` is the place from which on it can give frames,
    `at` the first one that it has not given.
    """

    def __init__(
        self, index: PacketIndex, start: int, how: Decoder, watch: Watch | None = None
    ) -> None:
        self.index = index
        self.start = self.at = start
        self._how = how
        self._watch = watch
        self._ahead: tuple[int, VideoFrame] | None = None
        self._before: VideoFrame | None = None
        referenced = index.plain and index.coding.codec == _REFERENCED
        self._begin(_Need(start, spares=referenced and watch is None, known=referenced))

    def frame(self, place: int) -> VideoFrame:
        """Return the frame shown at `place`: at `at` or later. Raises `OSError` as `decode`."""
        found = self._found(place)
        if found is None and self._need.spares:
            # What libav was spared may be what it knows the order of the others by.
            self._begin(_Need(place, spares=False, known=False))
            found = self._found(place)
        self.at = place + 1
        if found is not None:
            self._ahead, self._before = None, found
        # Only the last one given is held: passes rest while other stretches are encoded.
        frame = self._before or (self._ahead and self._ahead[1])
        if frame is None:
            raise _broken(self.index, self.start)
        return frame

    def _begin(self, need: "_Need") -> None:
        self._need = need
        self._ahead = self._before = None
        self._frames = _placed(self.index, self.start, self._how, need)

    def _found(self, place: int) -> VideoFrame | None:
        """Go on to a place; None if there is no frame of that place."""
        self._need.place = place
        while self._ahead is None or self._ahead[0] < place:
            following = next(self._frames, None)
            if self._watch is not None and following is not None:
                self._watch(*following)
            if self._ahead is not None:
                self._before = self._ahead[1]
            self._ahead = following
            if following is None:
                return None
        return self._ahead[1] if self._ahead[0] == place else None


@dataclass(slots=True)
class _Need:
    """The place of the frame that is needed next; whether libav is spared what is not needed.

    `known` tells that the file's index says all that opening it has to find out.
    """

    place: int
    spares: bool
    known: bool

    def skipped(self, place: int | None) -> Literal["DEFAULT", "NONREF"]:
        """Say in libav's words what is skipped when the packet of `place` is decoded."""
        is_needed = not self.spares or place is None or place >= self.place
        return "DEFAULT" if is_needed else "NONREF"


def _placed(
    index: PacketIndex, first: int, how: Decoder, need: _Need
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield frames with their places, from `first` or before; a jump that missed is not taken."""
    landed = False
    if first > 0:
        for at, frame in _decoded(index, first, how, need):
            if not landed and at > first:
                break
            landed = True
            yield at, frame
    if not landed:
        yield from _decoded(index, 0, how, need)


def _decoded(
    index: PacketIndex, first: int, how: Decoder, need: _Need
) -> Iterator[tuple[int, VideoFrame]]:
    place = {stamp: n for n, stamp in enumerate(index.stamps)}
    opened = open_known if need.known else open_media
    with opened(index.path) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = how.threads
        stream.codec_context.options = dict(how.options)
        counting: Iterator[int] | None = None
        packets = _from_key(index, container, stream, first)
        for frame in _whole(_unpacked(stream, packets, place, need), index):
            at = None if frame.pts is None else place.get(frame.pts)
            if counting is not None:
                yield next(counting), frame
            elif at is not None:
                if container.format.name == "avi" and index.coding.codec in _WITHOUT_ORDER:
                    counting = count(at + 1)
                yield at, frame


def _unpacked(
    stream: VideoStream,
    packets: Iterable["AvPacket[VideoStream]"],
    places: Mapping[int, int],
    need: _Need,
) -> Iterator[VideoFrame]:
    """Decode packets one after the other, but for those that nothing needed refers to."""
    for packet in packets:
        place = None if packet.pts is None else places.get(packet.pts)
        stream.codec_context.skip_frame = need.skipped(place)
        yield from stream.decode(packet)


def _from_key(
    index: PacketIndex, container: InputContainer, stream: VideoStream, first: int
) -> Iterator["AvPacket[VideoStream]"]:
    """Read on from the key frame that the frame at place `first` needs, or from before it."""
    if not index.jumps:
        if first > 0:
            target = _target(index, container, stream, first)
            container.seek(target, stream=stream, backward=True)
        yield from container.demux(stream)
        return
    # No seek: by time it could land in another recording. Packets that are passed over cost little.
    key = _key(index, first)
    packets = PacketClock(container).packets(stream)
    yield from dropwhile(lambda one: one.pts != key, packets)


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
