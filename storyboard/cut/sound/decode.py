"""A sound or video file to its samples at 48 kHz stereo, each at its own place."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from storyboard.cut.sound.samples import CHANNELS, RATE, Samples, sample_at, silence
from storyboard.media import PacketClock, chosen_sound, libav, open_sound
from storyboard.model import Seconds

_GAP = Fraction(1, 100)
"""Time stamps that are off by less are rounding; by more, a packet is missing or doubled."""

_WORTH_SEEKING = Fraction(10)
_RUN_UP = Fraction(1)
"""Decoders of packed sound need some of what came before; a second is far more than any does."""

_SEEKABLE = frozenset({"mov", "mp4", "wav"})
"""Containers whose time stamps are exact to the sample, so that a jump into them is; others are
decoded from their start."""


class Decoding:
    """One file being decoded. `broken` counts the packets that could not be.

    `track` is the number of the sound in the file, from 1 on; None is the file's default.
    """

    def __init__(self, path: Path, track: int | None = None) -> None:
        self.path = path
        self._track = track
        self.broken = 0

    def read(self, start: int, count: int) -> Iterator[Samples]:
        """Yield the samples from `start` on, at most `count`; fewer where the file ends before.

        The clock starts at the first picture, or, where there is none, at the first sound. What
        the file has no sound for is silence. Nothing is yielded where it has no sound at all.

        Raises `av.FFmpegError` or `OSError` where the file cannot be opened.
        """
        at, end = start, start + count
        for place, block in self._blocks(start):
            if place > at:
                yield silence(min(place, end) - at)
                at = min(place, end)
            if at >= end:
                return
            fresh = block[max(at - place, 0) : end - place]
            if len(fresh):
                yield fresh
                at += len(fresh)
            if at >= end:
                return

    def _blocks(self, start: int) -> Iterator[tuple[int, Samples]]:
        """Yield blocks with their places; after a gap in the file's time stamps, a new place."""
        with open_sound(self.path) as container:
            stream = chosen_sound(container, self._track)
            if stream is None:
                return
            origin = _origin(container, stream)
            _seek(container, stream, origin, Fraction(start, RATE))
            run: _Run | None = None
            for frame in self._frames(container, stream):
                at = libav.shown_at(frame)
                if run is None or run.is_over(frame, at):
                    if run is not None:
                        yield from run.finish()
                    run = _Run(frame, origin if at is None else at, origin)
                yield from run.take(frame)
            if run is not None:
                yield from run.finish()

    def _frames(self, container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
        """Decode packet by packet, so that a broken one costs only itself."""
        for packet in PacketClock(container).packets(stream):
            try:
                yield from stream.decode(packet)
            except av.FFmpegError:
                self.broken += 1


class _Run:
    """Sound without a hole in one format: resampled in one go, so that no join is heard."""

    def __init__(self, frame: AudioFrame, at: Seconds, origin: Seconds) -> None:
        self._format = (frame.sample_rate, frame.layout.name)
        self._mono = frame.layout.nb_channels == 1
        # the resampler would make a mono sound 3 dB softer when it spreads it to two channels
        layout = "mono" if self._mono else "stereo"
        self._resampler = AudioResampler(format="flt", layout=layout, rate=RATE)
        self._place = sample_at(at - origin)
        self._next = at

    def is_over(self, frame: AudioFrame, at: Seconds | None) -> bool:
        """Tell whether a frame does not simply go on."""
        if (frame.sample_rate, frame.layout.name) != self._format:
            return True
        return at is not None and abs(at - self._next) > _GAP

    def take(self, frame: AudioFrame) -> Iterator[tuple[int, Samples]]:
        """Yield what a frame makes complete."""
        self._next += Fraction(frame.samples, frame.sample_rate)
        frame.pts = None
        yield from self._placed(frame)

    def finish(self) -> Iterator[tuple[int, Samples]]:
        """Yield what is still inside the resampler."""
        yield from self._placed(None)

    def _placed(self, frame: AudioFrame | None) -> Iterator[tuple[int, Samples]]:
        for made in self._resampler.resample(frame):
            packed = made.to_ndarray().astype(np.float32, copy=False)
            stereo = np.repeat(packed, 2) if self._mono else packed
            block = stereo.reshape(-1, CHANNELS)
            yield self._place, block
            self._place += len(block)


def _origin(container: InputContainer, stream: AudioStream) -> Seconds:
    """Return the file's own time at which its picture, or else its sound, starts."""
    cover = Disposition.attached_pic
    pictures = [one for one in container.streams.video if not one.disposition & cover]
    first = pictures[0] if pictures else stream
    return libav.start(first) or Fraction(0)


def _seek(container: InputContainer, stream: AudioStream, origin: Seconds, start: Seconds) -> None:
    seekable = _SEEKABLE & set(container.format.name.split(","))
    tick = libav.tick(stream)
    if start < _WORTH_SEEKING or not seekable or tick is None:
        return
    target = (origin + start - _RUN_UP) / tick
    container.seek(max(target.__floor__(), 0), stream=stream, backward=True)
