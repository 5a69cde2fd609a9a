"""Straighten the clock of a file's packets: where it jumps, they go on as if it had not.

Recordings that are put behind each other byte by byte each count from their own beginning, and a
receiver that is restarted counts from anywhere. Players go on behind such a jump, and so do we.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
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

_STEADY: Final = frozenset({"mov", "avi", "wav", "w64", "aiff", "caf", "flac", "mp3", "aac"})
"""Containers whose packets have no clock of their own: they are counted, or all are in an index."""

_LIVE: Final = frozenset({"mpegts", "mpeg", "ogg"})
"""Containers whose clock may begin anywhere at any time, so that a long hole is a jump too."""


class PacketClock:
    """Goes through a container's packets once, from its beginning, and straightens their stamps.

    `jumps` tells that some were moved so far.
    """

    def __init__(self, container: InputContainer) -> None:
        self._container = container
        kind = container.format.name.partition(",")[0]
        self._clock = None if kind in _STEADY else _Clock(is_live=kind in _LIVE)

    @property
    def jumps(self) -> bool:
        """True if the clock has jumped: a seek by time may then land in any recording."""
        return self._clock is not None and len(self._clock.offsets) > 1

    def packets(self, wanted: VideoStream | AudioStream) -> "Iterator[Packet[Stream]]":
        """Yield a stream's packets; the last are empty, and make a decoder return what it holds."""
        if self._clock is None:
            yield from self._container.demux(wanted)
        else:
            yield from (one for one in self.every() if one.stream.index == wanted.index)

    def every(self) -> "Iterator[Packet[Stream]]":
        """Yield the packets of all streams, which share one clock."""
        for packet in self._container.demux():
            if self._clock is not None:
                self._clock.straighten(packet)
            yield packet


def length(packet: "Packet[Stream]") -> Seconds:
    """Return how long a packet is shown or heard; of a picture that does not say it, one frame."""
    stream = packet.stream
    told = (packet.duration or 0) * (libav.tick(stream) or Fraction(0))
    if told or not isinstance(stream, VideoStream):
        return told
    rate = libav.guessed_rate(stream)
    return 1 / rate if rate else Fraction(0)


@dataclass(slots=True)
class _Clock:
    """By how much stamps are moved: `offsets` has a number for each stretch between two jumps.

    Streams come to a jump one after the other, since files hold them interleaved: `stretch` says
    in which each is, `last` when its last packet was decoded, and when all of it has been shown,
    both by the stream's number.
    """

    is_live: bool
    offsets: list[Seconds] = field(default_factory=lambda: [Fraction(0)])
    stretch: dict[int, int] = field(default_factory=dict)
    last: dict[int, tuple[Seconds, Seconds]] = field(default_factory=dict)

    def straighten(self, packet: "Packet[Stream]") -> None:
        """Move a packet's stamps; the first behind a jump is shown when its stream has ended."""
        tick, stream = libav.tick(packet.stream), packet.stream.index
        if tick is None or not packet.size:
            return
        if packet.dts is not None and packet.stream.type in {"video", "audio"}:
            shown = packet.dts if packet.pts is None else packet.pts
            self._follow(stream, packet.dts * tick, shown * tick, length(packet))
        move = round(self.offsets[self.stretch.get(stream, -1)] / tick)
        packet.dts = None if packet.dts is None else packet.dts + move
        packet.pts = None if packet.pts is None else packet.pts + move

    def _follow(self, stream: int, at: Seconds, shown: Seconds, length: Seconds) -> None:
        here = self.stretch.setdefault(stream, len(self.offsets) - 1)
        if self._jumps(stream, at + self.offsets[here]):
            newest = len(self.offsets) - 1
            if here == newest or self._jumps(stream, at + self.offsets[newest]):
                self.offsets.append(self.last[stream][1] - shown)
            here = self.stretch[stream] = len(self.offsets) - 1
        move = self.offsets[here]
        end = max(self.last.get(stream, (move, move))[1], shown + length + move)
        self.last[stream] = at + move, end

    def _jumps(self, stream: int, at: Seconds) -> bool:
        """Tell whether a stream cannot be at a moment: it was later, or no stream is near it."""
        if stream not in self.last:
            return False
        start, _ = self.last[stream]
        newest = max(end for _, end in self.last.values())
        return at + _BACK < start or (self.is_live and at - newest > _FORWARD)
