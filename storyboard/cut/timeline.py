"""The timeline: what is seen and heard when. Everything delivered comes from this one value."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from storyboard.cut.pages import Pages
from storyboard.media import Drawn
from storyboard.model import (
    ClipFacts,
    Fit,
    Focus,
    FrameRate,
    LocalFile,
    Move,
    Seconds,
    ShotName,
    Size,
    TitleStyle,
    Transition,
    Watermark,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """The picture's size in pixels (both even) and frames a second; sound is 48 kHz stereo."""

    size: Size
    fps: FrameRate


@dataclass(frozen=True, slots=True)
class ClipSource:
    """A stretch of a clip that exists as a file, from `start` on.

    `track` is the number of its sound, from 1 on; None is the file's default.
    """

    path: Path
    facts: ClipFacts
    start: Seconds
    track: int | None = None


@dataclass(frozen=True, slots=True)
class DrawnSource:
    """A stretch of a clip that is drawn for an animatic, from `start` on."""

    clip: Drawn
    start: Seconds

    @property
    def facts(self) -> ClipFacts:
        """What is known of the clip."""
        return self.clip.facts

    def places(self, shown: range, fps: FrameRate) -> list[int]:
        """Return the clip's frame at the middle of each of the source's own frames in a film."""
        half = self.facts.fps / fps / 2
        first, whole = self.start * self.facts.fps, (half.denominator * self.start.denominator)
        whole *= self.facts.fps.denominator
        last = int(self.facts.duration * self.facts.fps) - 1
        step, start = int(half * whole), int(first * whole)
        return [min((start + (2 * n + 1) * step) // whole, last) for n in shown]


@dataclass(frozen=True, slots=True)
class StillSource:
    """A picture, moved gently."""

    path: Path
    move: Move


@dataclass(frozen=True, slots=True)
class SlateSource:
    """What stands for a shot that could not be rendered: its name and the reason."""

    heading: str
    reason: str


Source: TypeAlias = ClipSource | DrawnSource | StillSource | SlateSource


def later(first: Source, second: Source) -> Seconds | None:
    """Return how much later than `first` another source begins in its clip; None in another clip.

    Clips are one if their sound is as well.
    """
    match first, second:
        case (ClipSource(), ClipSource()):
            is_same = (first.path, first.track) == (second.path, second.track)
        case (DrawnSource(), DrawnSource()):
            is_same = first.clip == second.clip
        case _:
            return None
    return second.start - first.start if is_same else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of picture from one source. Neighbouring shots of one clip are one piece.

    `start` and `frames` are in frames of the timeline; `transition` overlaps the piece before by
    `overlap` frames, which are the first frames of this piece. Those of the film's first piece
    come out of black or white.
    """

    shots: tuple[ShotName, ...]
    source: Source
    start: int
    frames: int
    transition: Transition
    overlap: int
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class TimedShot:
    """A shot and the frames it is seen in; they overlap where a transition mixes two shots."""

    name: ShotName
    start: int
    frames: int


@dataclass(frozen=True, slots=True)
class TimedTitle:
    """Words over the picture, from frame `start`, for `frames`."""

    text: str
    start: int
    frames: int
    style: TitleStyle


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: what is said, when, by whom."""

    start: Seconds
    end: Seconds
    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class TimedSound:
    """A sound file laid under the film. `volume` and `duck` in decibels, `start` into the file.

    `track` is the number of its sound, from 1 on; None is the file's default.
    """

    path: Path
    at: Seconds
    start: Seconds
    duration: Seconds
    volume: Decimal
    duck: Decimal
    fade_in: Seconds
    fade_out: Seconds
    track: int | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One output's film. Pieces follow each other without a hole; `frames` is their end.

    `shots` are the pieces' shots one by one. `pages` are what an animatic is shown on; None is a
    film as it is.
    """

    shape: Shape
    fit: Fit
    pieces: tuple[Piece, ...]
    titles: tuple[TimedTitle, ...]
    captions: tuple[Cue, ...]
    burn_captions: bool
    music: tuple[TimedSound, ...]
    voiceover: tuple[TimedSound, ...]
    loudness: Decimal | None
    watermark: Watermark | None
    font: LocalFile | None
    frames: int
    shots: tuple[TimedShot, ...] = ()
    pages: Pages | None = None

    @property
    def duration(self) -> Seconds:
        """Length of the film in seconds."""
        return Fraction(self.frames) / self.shape.fps
