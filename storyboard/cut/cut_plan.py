"""How a film is put together, as a value: what is copied, what is encoded and why."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from storyboard.media import Encoding
from storyboard.model import ShotName


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

    @property
    def copied(self) -> int:
        """How many frames are copied."""
        return sum(one.frames for one in self.stretches if isinstance(one, Copied))

    @property
    def encoded(self) -> int:
        """How many frames are encoded."""
        return sum(one.frames for one in self.stretches if isinstance(one, Encoded))
