"""How a film is put together, as a value: what is copied, what is encoded and why."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

from storyboard.media import Encoding, Entries
from storyboard.model import ShotName


@dataclass(frozen=True, slots=True)
class Copied:
    """Frames of the film that are packets of a clip as they are.

    `first` and `end` are places of packets in the clip's coding order: the frames `start` to
    `start + frames` of the film.
    """

    start: int
    frames: int
    path: Path
    first: int
    end: int
    shots: tuple[ShotName, ...] = ()

    @property
    def stop(self) -> int:
        """The first frame after it."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Entered:
    """Frames of the film that show a clip from inside a group on.

    The few that later ones refer to are made again; all others are packets of the clip, whose
    slice headers are written again.
    """

    start: int
    frames: int
    path: Path
    entries: Entries
    shots: tuple[ShotName, ...] = ()

    @property
    def stop(self) -> int:
        """The first frame after it."""
        return self.start + self.frames

    @property
    def made(self) -> int:
        """How many of its frames are encoded."""
        return self.entries.made


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


Made: TypeAlias = Entered | Encoded
"""A stretch for which something is encoded: it becomes a file of its own, kept by its digest."""

Stretch: TypeAlias = Copied | Made


@dataclass(frozen=True, slots=True)
class CutPlan:
    """The stretches of a film without a hole, and how those are encoded that are.

    `entering` is the id of the picture parameter set of frames made again to enter a group.
    """

    stretches: tuple[Stretch, ...]
    encoding: Encoding
    entering: int

    @property
    def copied(self) -> int:
        """How many frames are copied."""
        return sum(one.frames - work_of(one) for one in self.stretches)

    @property
    def encoded(self) -> int:
        """How many frames are encoded."""
        return sum(map(work_of, self.stretches))


def work_of(stretch: Stretch) -> int:
    """Return how many frames of a stretch are encoded."""
    match stretch:
        case Copied():
            return 0
        case Entered():
            return stretch.made
        case Encoded():
            return stretch.frames
    assert_never(stretch)
