"""The lock of a storyboard as a value: an entry for each shot, and all files by content."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from storyboard.diagnostics import Span
from storyboard.lock.decision import UNDECIDED, Decision, LockedTake
from storyboard.model import AspectRatio, ClipDigest, FileDigest, ShotName

VERSION = 1


class ShotKind(StrEnum):
    """Where the picture of a shot comes from."""

    PROMPT = "prompt"
    STILL = "still"
    FOOTAGE = "footage"


class LockedClips(StrEnum):
    """Which clips a lock names: those that were paid for, or those of a rehearsal."""

    PAID = "paid"
    REHEARSAL = "rehearsal"


@dataclass(frozen=True, slots=True)
class Override:
    """What was decided for the shot of one film of a campaign, and not for the others."""

    film: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class LockedShot:
    """An entry of a lock.

    `ratio` is set for an output that is rendered again. `films` are the films of a campaign whose
    shot of that name asks for the same; None stands for every film that no other entry of the
    shot lists. `span` is where its name is written, if it was read from a file.
    """

    name: ShotName
    kind: ShotKind
    decision: Decision = UNDECIDED
    ratio: AspectRatio | None = None
    films: tuple[str, ...] | None = None
    overrides: tuple[Override, ...] = ()
    span: Span | None = field(default=None, compare=False)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided for all films, then for single ones."""
        return (self.decision, *(one.decision for one in self.overrides))

    @property
    def is_undecided(self) -> bool:
        """True if nothing would be lost without it."""
        return all(one == UNDECIDED for one in self.decisions)

    def of_film(self, film: str | None) -> Decision:
        """Return what was decided for a film."""
        own = (one.decision for one in self.overrides if one.film == film)
        return next(own, self.decision)


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that the film is made from, besides clips: its path from the project, its digest."""

    path: str
    digest: FileDigest


@dataclass(frozen=True, slots=True)
class Lock:
    """What a film is made of. No two entries are of one shot, ratio and film.

    `libraries` are names and versions of what the film was made with, sorted by name; `files` are
    sorted by path.
    """

    shots: tuple[LockedShot, ...] = ()
    files: tuple[LockedFile, ...] = ()
    libraries: tuple[tuple[str, str], ...] = ()
    clips: LockedClips = LockedClips.PAID

    @property
    def takes(self) -> Iterator[tuple[LockedShot, LockedTake]]:
        """Every take that is named, with its entry."""
        for shot in self.shots:
            for decision in shot.decisions:
                for take in decision.takes:
                    yield shot, take

    @property
    def named_clips(self) -> frozenset[ClipDigest]:
        """The digests of all clips that must stay as long as this lock is in use."""
        return frozenset(take.clip for _, take in self.takes)


def entry_name(name: ShotName, ratio: AspectRatio | None) -> str:
    """Name an entry for people: `opening/pour`, or `opening/pour@9:16`."""
    return f"{name}@{ratio}" if ratio else name
