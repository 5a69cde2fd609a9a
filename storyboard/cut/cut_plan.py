"""How a film is put together, as a value: what is copied, what is encoded and why."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from storyboard.media.encode import Encoding
from storyboard.model.storyboard import ShotName

_SHORT_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Copied:
    """Frames of the film that are packets of a clip as they are.

    `first` and `end` are places of packets in the clip's coding order: the frames `start` to
    `start + frames` of the film, and before them `hidden` ones that are decoded but not shown.
    """

    start: int
    frames: int
    path: Path
    first: int
    end: int
    hidden: int = 0
    shots: tuple[ShotName, ...] = ()

    @property
    def stop(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Encoded:
    """Frames of the film that are made: `why`, each reason once."""

    start: int
    frames: int
    why: tuple[str, ...]
    shots: tuple[ShotName, ...] = ()

    @property
    def stop(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


Stretch: TypeAlias = Copied | Encoded


@dataclass(frozen=True, slots=True)
class CutPlan:
    """The stretches of a film without a hole, and how those are encoded that are."""

    stretches: tuple[Stretch, ...]
    encoding: Encoding

    def how(self, stretch: Encoded) -> Encoding:
        """Return how a stretch is encoded.

        An encoder that soon sees no further gives its last frames less: a short stretch is as like
        its source at one less as a whole film is at its own number.
        """
        short = stretch.frames < _SHORT_SECONDS * self.encoding.fps
        return replace(self.encoding, crf=self.encoding.crf - 1) if short else self.encoding

    @property
    def copied(self) -> int:
        """How many frames are copied."""
        return sum(one.frames for one in self.stretches if isinstance(one, Copied))

    @property
    def encoded(self) -> int:
        """How many frames are encoded."""
        return sum(one.frames for one in self.stretches if isinstance(one, Encoded))
