"""What is known of a coded clip: where packets lie, when frames are shown, how it is coded."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from storyboard.media import avc
from storyboard.model import FrameRate, Seconds

_TOLERANCE = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Packet:
    """One coded frame: its bytes at `position` of the file; `shown` is its place in display order.

    `anew` tells that no later packet refers to anything before this one. `position` only counts
    where the index is `plain`.
    """

    position: int
    size: int
    shown: int
    anew: bool


@dataclass(frozen=True, slots=True)
class Coding:
    """How frames are coded, as far as it decides whether packets may stand beside each other.

    `pixel` is the width of a stored pixel to its height; `rotation` how many degrees, 0 to 270,
    a frame is to be turned counterclockwise to be shown; `mirrored` that it is shown as in a
    mirror; `color` primaries, transfer, matrix and range as H.273 numbers them.
    """

    codec: str
    width: int
    height: int
    pix_fmt: str
    pixel: Fraction
    rotation: int
    interlaced: bool
    color: tuple[int, int, int, int]
    sets: avc.ParameterSets | None
    mirrored: bool = False


@dataclass(frozen=True, slots=True)
class PacketIndex:
    """A file's video, packets in coding order.

    `times` are the moments frames are shown, in display order, in seconds from the first one's;
    `stamps` the same as the file counts them. `plain` tells that packets lie in the file as they
    are, each is shown, and no two at one moment; only then may they be copied. `jumps` tells that
    the file's clock does: `stamps` are as a `PacketClock` straightens them.
    """

    path: Path
    coding: Coding
    packets: tuple[Packet, ...]
    times: tuple[Seconds, ...]
    stamps: tuple[int, ...]
    plain: bool
    jumps: bool = False

    @property
    def frames(self) -> int:
        """How many frames are shown."""
        return len(self.times)

    def frame_at(self, time: Seconds) -> int:
        """Return the place of the frame shown at `time`: the first before, the last after."""
        return min(max(bisect_right(self.times, time) - 1, 0), self.frames - 1)

    def runs_at(self, fps: FrameRate) -> bool:
        """Tell whether every frame stands within a tenth of a frame of its place at that rate."""
        return all(abs(time * fps - n) <= _TOLERANCE for n, time in enumerate(self.times))

    def groups(self) -> Iterator[tuple[int, int]]:
        """Go through stretches of packets, (first, end), that need nothing outside themselves."""
        starts = [n for n, one in enumerate(self.packets) if one.anew]
        yield from pairwise([*starts, len(self.packets)] if starts else [])


@dataclass(frozen=True, slots=True)
class Sample:
    """A packet as its file counts: `stamp` is when its frame is shown, in the file's ticks."""

    position: int
    size: int
    stamp: int
    anew: bool


def indexed(
    path: Path, coding: Coding, samples: Sequence[Sample], tick: Seconds, *, plain: bool
) -> PacketIndex:
    """Put samples, in coding order, into an index: ticks become places in display order."""
    stamps = sorted({one.stamp for one in samples})
    place = {stamp: n for n, stamp in enumerate(stamps)}
    packets = tuple(Packet(one.position, one.size, place[one.stamp], one.anew) for one in samples)
    times = tuple((stamp - stamps[0]) * tick for stamp in stamps)
    plain = plain and len(stamps) == len(packets)
    return PacketIndex(path, coding, packets, times, tuple(stamps), plain)


def prefixes(shown: Sequence[int]) -> list[int]:
    """Return every h for which the first h packets are exactly the first h frames shown.

    `shown` is each packet's place in display order. Only there may a group be cut short: elsewhere
    a kept frame would need a packet left out, or a left-out frame would leave a hole.
    """
    first = min(shown, default=0)
    highest = -1
    found = [0]
    for n, one in enumerate(shown, 1):
        highest = max(highest, one - first)
        if highest == n - 1:
            found.append(n)
    return found
