"""Straighten the clock of a file's packets: where it jumps, they go on as if it had not.

Recordings that are put behind each other byte by byte each count from their own beginning, and a
receiver that is restarted counts from anywhere. Players go on behind such a jump, and so do we.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.model import Seconds

_BACK = Fraction(1, 10)
_FORWARD = Fraction(10)
"""Seconds, as in ffmpeg: a clock never goes back by more, and a hole is never longer."""

_LATE = Fraction(2)
"""Seconds: streams of one recording that is sent live are never interleaved further apart."""

_STEADY: Final = frozenset({"mov", "avi", "wav", "w64", "aiff", "caf", "flac", "mp3", "aac"})
"""Containers whose packets have no clock of their own: they are counted, or all are in an index."""

_LIVE: Final = frozenset({"mpegts", "mpeg", "ogg"})
"""Containers whose clock may begin anywhere at any time, so that a long hole is a jump too."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How a stream's stamps are counted: in `units` a tick, of which `Units.second` are a second.

    `frame` is the units of a packet that does not say how long it is; `is_heard_or_seen` tells that
    the stream shares in what the clock is.
    """

    units: int
    frame: int
    is_heard_or_seen: bool


class Units:
    """Counts the stamps of a container's streams in whole numbers of one unit: exact, and quick."""

    def __init__(self, container: InputContainer) -> None:
        ticks = {one.index: (one, libav.tick(one)) for one in container.streams}
        self.second = lcm(*(tick.denominator for _, tick in ticks.values() if tick))
        self._measures = {n: self._of(one, tick) for n, (one, tick) in ticks.items() if tick}

    def of(self, packet: "Packet[Stream]") -> Measure | None:
        """Return how a packet's stamps are counted; None if its stream has no clock."""
        return self._measures.get(packet.stream_index)

    def _of(self, stream: Stream, tick: Seconds) -> Measure:
        rate = libav.guessed_rate(stream) if isinstance(stream, VideoStream) else None
        frame = round(self.second / rate) if rate else 0
        return Measure(round(tick * self.second), frame, stream.type in {"video", "audio"})


class PacketClock:
    """Goes through a container's packets once, from its beginning, and straightens their stamps.

    `jumps` tells that some were moved so far.
    """

    def __init__(self, container: InputContainer) -> None:
        self._container = container
        self.units = Units(container)
        kind = container.format.name.partition(",")[0]
        self._clock = None if kind in _STEADY else _Clock(self.units, is_live=kind in _LIVE)

    @property
    def jumps(self) -> bool:
        """True if the clock has jumped: a seek by time may then land in any recording."""
        return self._clock is not None and len(self._clock.offsets) > 1

    def packets(self, wanted: VideoStream | AudioStream) -> "Iterator[Packet[Stream]]":
        """Yield a stream's packets; the last are empty, and make a decoder return what it holds."""
        if self._clock is None:
            yield from self._container.demux(wanted)
        else:
            # The empty packets at the end have a stream, but not its number.
            number = wanted.index
            yield from (
                one
                for one in self.every()
                if (one.stream_index if one.size else one.stream.index) == number
            )

    def every(self) -> "Iterator[Packet[Stream]]":
        """Yield the packets of all streams, which share one clock."""
        for packet in self._container.demux():
            if self._clock is not None and packet.size:
                self._clock.straighten(packet)
            yield packet


class _Clock:
    """By how much stamps are moved: `offsets` has a number for each stretch between two jumps.

    Streams come to a jump one after the other, since files hold them interleaved. So the clock
    knows of each in which stretch it is, when its last packet was decoded, and when all of it has
    been shown. All is counted in units.
    """

    def __init__(self, units: Units, *, is_live: bool) -> None:
        self._units = units
        self._back, self._forward = round(_BACK * units.second), round(_FORWARD * units.second)
        self._late = round(_LATE * units.second)
        self._is_live = is_live
        self.offsets = [0]
        self._stretch: dict[int, int] = {}
        self._last: dict[int, tuple[int, int]] = {}

    def straighten(self, packet: "Packet[Stream]") -> None:
        """Move a packet's stamps; the first behind a jump is shown when its stream has ended."""
        measure, dts, pts = self._units.of(packet), packet.dts, packet.pts
        if measure is None:
            return
        stream = packet.stream_index
        if dts is not None and measure.is_heard_or_seen:
            shown = dts if pts is None else pts
            length = (packet.duration or 0) * measure.units or measure.frame
            self._follow(stream, dts * measure.units, shown * measure.units, length)
        offset = self.offsets[self._stretch.get(stream, -1)]
        if offset:
            move = round(Fraction(offset, measure.units))
            packet.dts = None if dts is None else dts + move
            packet.pts = None if pts is None else pts + move

    def _follow(self, stream: int, at: int, shown: int, length: int) -> None:
        here = self._stretch.setdefault(stream, len(self.offsets) - 1)
        if self._jumps(stream, at + self.offsets[here]):
            newest = len(self.offsets) - 1
            if here == newest or self._jumps(stream, at + self.offsets[newest]):
                self.offsets.append(self._end(stream) - shown)
            here = self._stretch[stream] = len(self.offsets) - 1
        move = self.offsets[here]
        end = max(self._last.get(stream, (move, move))[1], shown + length + move)
        self._last[stream] = at + move, end

    def _jumps(self, stream: int, at: int) -> bool:
        """Tell whether a stream cannot be at a moment: it was later, or no stream is near it.

        Of a stream that only a later recording has, the others tell.
        """
        last = self._last.get(stream)
        if last is None:
            return self._is_live and self._is_before_all(at)
        if at + self._back < last[0]:
            return True
        return self._is_live and at - last[1] > self._forward and self._is_beyond_all(at)

    def _is_beyond_all(self, at: int) -> bool:
        return at - max(end for _, end in self._last.values()) > self._forward

    def _is_before_all(self, at: int) -> bool:
        return bool(self._last) and at + self._late < min(one for one, _ in self._last.values())

    def _end(self, stream: int) -> int:
        """Return when all of a stream has been shown, or of the others if it is only beginning."""
        known = self._last.get(stream)
        return known[1] if known else max(end for _, end in self._last.values())
