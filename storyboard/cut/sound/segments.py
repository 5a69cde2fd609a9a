"""A timeline to what is heard: dialogue of the clips, voice-over, music, each at its sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from storyboard.cut.sound.samples import Curve, Numbers, amplitude, sample_at, sample_of_frame
from storyboard.cut.timeline import (
    ClipSource,
    DrawnSource,
    Piece,
    TimedSound,
    Timeline,
    later,
)
from storyboard.media import Drawn
from storyboard.model import FrameRate

SHORT_FADE = 240
"""5 ms: long enough that nothing clicks, too short to be heard as a fade."""


@dataclass(frozen=True, slots=True)
class Segment:
    """`samples` of a file or a drawn clip from its sample `source` on, heard from `at` on.

    `fade_in` and `fade_out` are in samples; `gain` is a factor; `duck` is by how many decibels
    speech lowers it; `name` says what it is in notes; `track` is the number of the file's sound.
    """

    name: str
    sound: Path | Drawn
    source: int
    at: int
    samples: int
    fade_in: int
    fade_out: int
    gain: float = 1.0
    duck: float = 0.0
    track: int | None = None

    @property
    def end(self) -> int:
        """The film's first sample after it."""
        return self.at + self.samples

    def gains(self, start: int, count: int) -> Curve:
        """Return the gain of `count` samples from its own sample `start` on.

        Fades are quarters of a sine: of two that cross, the powers add up to one.
        """
        curve = np.full(count, self.gain, np.float32)
        place = np.arange(start, start + count, dtype=np.float64) + 0.5
        if start < self.fade_in:
            curve *= _rise(place / self.fade_in)
        if start + count > self.samples - self.fade_out:
            curve *= _rise((self.samples - place) / max(self.fade_out, 1))
        return curve


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Pieces of one clip that go on without a hole, and how the next one comes in."""

    name: str
    source: ClipSource | DrawnSource
    start: int
    end: int
    fade_in: int
    fade_out: int


def dialogue(timeline: Timeline) -> tuple[Segment, ...]:
    """Return what the clips themselves say.

    Under a transition the two sounds cross with equal power, whatever the picture does. At a hard
    cut each has 5 ms to come and go; a clip that goes on over a cut is left as it is.
    """
    return tuple(_segment(one) for one in _stretches(timeline) if one.source.facts.audio_codec)


def voiceover(timeline: Timeline) -> tuple[Segment, ...]:
    """Return recorded speech over the film."""
    return tuple(_timed(one, "voice-over", timeline) for one in timeline.voiceover)


def music(timeline: Timeline) -> tuple[Segment, ...]:
    """Return the music under the film."""
    return tuple(_timed(one, "music", timeline) for one in timeline.music)


def _stretches(timeline: Timeline) -> Iterator[_Stretch]:
    fps = timeline.shape.fps
    open_: _Stretch | None = None
    for before, piece in zip((None, *timeline.pieces), timeline.pieces, strict=False):
        start = sample_of_frame(piece.start, fps)
        end = sample_of_frame(piece.start + piece.frames, fps)
        if open_ is not None and before is not None and _goes_on(before, piece, fps):
            open_ = _ended(open_, end, SHORT_FADE)
            continue
        overlap = sample_of_frame(piece.start + piece.overlap, fps) - start
        fade = overlap or SHORT_FADE
        if open_ is not None:
            yield _ended(open_, open_.end, fade)
        open_ = None
        if isinstance(piece.source, ClipSource | DrawnSource):
            name = str(piece.shots[0])
            open_ = _Stretch(name, piece.source, start, end, fade, SHORT_FADE)
    if open_ is not None:
        yield open_


def _ended(one: _Stretch, end: int, fade_out: int) -> _Stretch:
    return _Stretch(one.name, one.source, one.start, end, one.fade_in, fade_out)


def _goes_on(before: Piece, piece: Piece, fps: FrameRate) -> bool:
    if piece.overlap:
        return False
    return later(before.source, piece.source) == Fraction(before.frames) / fps


def _segment(one: _Stretch) -> Segment:
    samples = one.end - one.start
    return Segment(
        name=one.name,
        sound=one.source.path if isinstance(one.source, ClipSource) else one.source.clip,
        source=sample_at(one.source.start),
        at=one.start,
        samples=samples,
        fade_in=min(one.fade_in, samples),
        fade_out=min(one.fade_out, samples),
        track=one.source.track if isinstance(one.source, ClipSource) else None,
    )


def _timed(sound: TimedSound, kind: str, timeline: Timeline) -> Segment:
    at = sample_at(sound.at)
    end = min(sample_at(sound.at + sound.duration), total_samples(timeline))
    samples = max(end - at, 0)
    return Segment(
        name=f"{kind} {sound.path.name}",
        sound=sound.path,
        source=sample_at(sound.start),
        at=at,
        samples=samples,
        fade_in=min(max(sample_at(sound.fade_in), SHORT_FADE), samples),
        fade_out=min(max(sample_at(sound.fade_out), SHORT_FADE), samples),
        gain=amplitude(float(sound.volume)),
        duck=float(sound.duck),
        track=sound.track,
    )


def total_samples(timeline: Timeline) -> int:
    """Return how many samples the film has: exactly as long as its picture."""
    return sample_of_frame(timeline.frames, timeline.shape.fps)


def _rise(part: Numbers) -> Curve:
    return np.sin(np.clip(part, 0, 1) * (np.pi / 2)).astype(np.float32)
