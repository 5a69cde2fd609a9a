"""What an animatic clip shows and sounds like: the one value that its drawing comes from."""

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from storyboard.backends.animatic.camera import Camera
from storyboard.model import FileDigest, Focus, FrameRate, Seconds, Size

EDITION = 8
"""Counts up when the same clip would be drawn differently, so that kept stretches are made anew."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, known by its content."""

    digest: FileDigest
    path: Path = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Portrait:
    """Someone or something in the shot: its label (`@mara`), and what it looks like."""

    label: str
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of speech; `start` and `end` count from the card's start."""

    speaker: str
    text: str
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class Card:
    """One shot of the clip.

    `start` is in the clip, `seconds` how long it stands there. `picture` is its first frame, of
    which `focus` stays in view; `backdrop` is a picture of the same place, where it has none.
    `free` is the part of the film's picture, from above, that no title in its middle will lie over.
    """

    name: str
    scene: int
    start: Seconds
    seconds: Seconds
    prompt: str
    camera: Camera
    picture: Picture | None = None
    backdrop: Picture | None = None
    portraits: tuple[Portrait, ...] = ()
    lines: tuple[Spoken, ...] = ()
    focus: Focus | None = None
    free: float = 1.0


@dataclass(frozen=True, slots=True)
class AnimaticClip:
    """A clip: its shape, and cards that follow each other without a hole."""

    size: Size
    fps: FrameRate
    seconds: Seconds
    cards: tuple[Card, ...]

    @property
    def frames(self) -> int:
        """Number of its frames."""
        return int(self.seconds * self.fps + Fraction(1, 2))
