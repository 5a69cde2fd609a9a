"""Measure how long a picture or a sound is: by its packets, whatever its container says."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.media.mp4_times import mp4_times
from storyboard.media.packet_clock import PacketClock
from storyboard.model import FrameRate, Seconds

_HIDDEN = 2
"""The flag of an index's entries that an edit leaves out."""

_OF_ALL: Final = frozenset({"matroska", "flv"})
"""Containers with a header that says when the last of all streams ends."""

_AGREES = Fraction(1, 5)
"""Seconds: headers of sounds know of the silence at both ends that is left out, packets do not."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a picture or sound is, and how many frames a picture has.

    `header` is what the container says of it where that is another length by more than a frame;
    0 where it says nothing though its kind does.
    """

    duration: Seconds
    frames: int = 0
    header: Seconds | None = None


def picture_length(container: InputContainer, video: VideoStream, rate: FrameRate) -> Measured:
    """Measure a picture.

    The index of an MP4 is in memory once it is opened: where it agrees with the header, nothing
    else is read. Else all packets are gone through; none is decoded.
    """
    kind, frame = _kind(container), 1 / rate
    said = libav.length(video) or Fraction(0)
    told = mp4_times(_path(container), b"vide") if kind == "mov" else None
    header = told.lie(frame) if told else None
    even = told is None or abs(told.shown - told.decoded) <= frame
    if kind == "mov" and even and abs(_indexed(video) + frame - said) <= frame:
        return Measured(said, video.frames, header)
    counted, shown, whole = _gone_through(container, video)
    container.seek(0)
    if kind == "mov":
        return Measured(said if abs(shown - said) <= frame else shown, counted, header)
    if kind == "avi":
        header = _if_other(said, frame, shown)
    elif kind in _OF_ALL and container.duration:
        header = _if_other(_whole(container), max(frame, _AGREES), shown, whole)
    return Measured(shown, counted, header)


def sound_length(container: InputContainer, audio: AudioStream) -> Measured:
    """Measure a sound.

    Headers speak of another file than they are in where somebody cut or joined files, and some
    have none. What they say is kept where it agrees with the packets.
    """
    kind, said = _kind(container), libav.length(audio) or _whole(container)
    _, shown, _ = _gone_through(container, audio)
    container.seek(0)
    told = mp4_times(_path(container), b"soun") if kind == "mov" else None
    header = told.lie(_AGREES) if told else None
    if kind in _OF_ALL:
        header = _if_other(said, _AGREES, shown)
    return Measured(said if not shown or abs(said - shown) < _AGREES else shown, header=header)


def _path(container: InputContainer) -> Path:
    return Path(container.name.removeprefix("file:"))


def _whole(container: InputContainer) -> Seconds:
    return Fraction(container.duration or 0, av.time_base)


def _kind(container: InputContainer) -> str:
    return container.format.name.partition(",")[0]


def _if_other(said: Seconds, most: Seconds, *measured: Seconds) -> Seconds | None:
    return said if all(abs(said - one) > most for one in measured) else None


def _indexed(video: VideoStream) -> Seconds:
    """Return the time from the first to the last packet that is shown, by the container's index."""
    entries = video.index_entries
    count = len(entries)
    first = next((n for n in range(count) if not entries[n].flags & _HIDDEN), None)
    if first is None:
        return Fraction(0)
    last = next(n for n in reversed(range(count)) if not entries[n].flags & _HIDDEN)
    ticks = entries[last].timestamp - entries[first].timestamp
    return ticks * (libav.tick(video) or Fraction(0))


def _gone_through(
    container: InputContainer, wanted: VideoStream | AudioStream
) -> tuple[int, Seconds, Seconds]:
    """Go through all packets: count a stream's, and measure how long it is, and all streams."""
    clock, number = PacketClock(container), wanted.index
    own, every = _Extent(), _Extent()
    for packet in clock.every():
        stamp, measure = packet.pts, clock.units.of(packet)
        if stamp is None or measure is None or not packet.size or packet.is_discard:
            continue
        at = stamp * measure.units
        end = at + ((packet.duration or 0) * measure.units or measure.frame)
        every.take(at, end)
        if packet.stream_index == number:
            own.take(at, end)
    second = clock.units.second
    return own.count, Fraction(own.length, second), Fraction(every.length, second)


@dataclass(slots=True)
class _Extent:
    """The time from the first moment to the last, in units, and how many packets it is made of."""

    count: int = 0
    start: int = 0
    end: int = 0

    def take(self, start: int, end: int) -> None:
        self.start = min(self.start, start) if self.count else start
        self.end = max(self.end, end) if self.count else end
        self.count += 1

    @property
    def length(self) -> int:
        return self.end - self.start
