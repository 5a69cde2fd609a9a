"""Decode clips for several stretches in a row, so that each clip is gone through once."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

from av.video.frame import VideoFrame

from storyboard.media.coded import PacketIndex
from storyboard.media.decoding import UNCROPPED, ClipPass, Decoder, Watch
from storyboard.media.h264.sequence_set import read_sequence_set
from storyboard.media.yuv import part
from storyboard.model import Size


class ClipPasses:
    """The passes that are under way for one worker, in one thread.

    The end of a transition and the beginning of the next one are often of one clip, and so is an
    entry between them: what is asked for in the order of the film goes on in the same pass. No
    frames are held back, only decoders.
    """

    def __init__(
        self,
        entered: Collection[Path] = (),
        watch: Callable[[PacketIndex], Watch | None] | None = None,
    ) -> None:
        """Prepare to decode; clips that are `entered` with their rim, which is cut off here.

        `watch` is asked who wants to see all frames of a clip that is decoded from its beginning,
        as they are shown.
        """
        self._entered = entered
        self._watch = watch
        self._resting: list[ClipPass] = []
        self._used: set[Path] = set()

    def frames(self, index: PacketIndex, first: int, end: int) -> Iterator[VideoFrame]:
        """Decode the frames from place `first` up to `end`, as `decode` does."""
        for frame in self._frames(index, first, first, end):
            yield _shown(frame, index) if index.path in self._entered else frame

    def coded_frames(
        self, index: PacketIndex, low: int, first: int, end: int
    ) -> Iterator[VideoFrame]:
        """Decode frames of an entered clip at their coded size, with the rim.

        All that they depend on is shown from place `low` on, where a group begins.
        """
        return self._frames(index, low, first, end)

    def turn(self) -> None:
        """Begin another stretch: passes that the last one did not use are ended."""
        self._resting = [one for one in self._resting if one.index.path in self._used]
        self._used.clear()

    def _frames(self, index: PacketIndex, low: int, first: int, end: int) -> Iterator[VideoFrame]:
        going = self._taken(index, low, first)
        self._used.add(index.path)
        for place in range(first, end):
            frame = going.frame(place)
            if place == end - 1 and end < index.frames:
                self._resting.append(going)
            yield frame

    def _taken(self, index: PacketIndex, low: int, first: int) -> ClipPass:
        """Take a pass that is on its way to `first`; begin one if a key frame is nearer."""
        key = max(
            (one.shown for one in index.packets if one.anew and one.shown <= first), default=0
        )
        ways = [
            one
            for one in self._resting
            if one.index.path == index.path and one.start <= low and key <= one.at <= first
        ]
        if ways:
            nearest = max(ways, key=lambda one: one.at)
            self._resting.remove(nearest)
            return nearest
        how = UNCROPPED if index.path in self._entered else Decoder()
        watch = None if key or self._watch is None else self._watch(index)
        if watch is None:
            return ClipPass(index, low, how)
        return ClipPass(index, 0, how, partial(_show, watch, index))


def _show(watch: Watch, index: PacketIndex, place: int, frame: VideoFrame) -> None:
    watch(place, _shown(frame, index))


def _shown(frame: VideoFrame, index: PacketIndex) -> VideoFrame:
    """Return what is shown of a frame of coded size (7.4.2.1.1: an offset counts two samples)."""
    coding = index.coding
    if coding.sets is None or (frame.width, frame.height) == (coding.width, coding.height):
        return frame
    left, _, top, _ = read_sequence_set(coding.sets.sps[0]).crop or (0, 0, 0, 0)
    return part(frame, 2 * left, 2 * top, Size(coding.width, coding.height))
