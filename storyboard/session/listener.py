"""What a session tells while it is at work: a closed union of events, for any kind of listener."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from storyboard.jobs import JobDigest
from storyboard.model import NOTHING, Output, Usd
from storyboard.render import Event

if TYPE_CHECKING:  # what cancels or looks up requests does not wait for what cuts
    from storyboard.cut import CutEvent
    from storyboard.delivery import Delivery


@dataclass(frozen=True, slots=True)
class JobsBegun:
    """The jobs of a plan are begun, for the storyboard's own ratio or for one `output`'s.

    `cost` is what they are to cost, nothing where they are drawn; `seconds` what they are thought
    to take at a provider, 0 where nobody knows. Events come of other jobs as well: requests of an
    earlier version of the storyboard that are still in flight. `further` tells of each job of which
    more than one take is wanted how many more.
    """

    jobs: frozenset[JobDigest]
    output: Output | None = None
    cost: Usd = NOTHING
    seconds: int = 0
    further: Mapping[JobDigest, int] = field(default_factory=dict)

    @property
    def takes(self) -> int:
        """How many takes are begun in all."""
        return len(self.jobs) + sum(self.further.values())


@dataclass(frozen=True, slots=True)
class JobsEnded:
    """Every job of what was begun last has its outcome, or the step was left."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """A stop was asked for and is heeded: nothing more is begun, what is finished is fetched."""


@dataclass(frozen=True, slots=True)
class RehearsalWaits:
    """Another rehearsal of this project is at work, `holder`; this one waits until it ends."""

    holder: str


@dataclass(frozen=True, slots=True)
class FilmsBegun:
    """Films are cut from here on."""

    films: int


@dataclass(frozen=True, slots=True)
class FilmProgress:
    """How far a film is; `film` is its file's name."""

    film: str
    event: "CutEvent"


@dataclass(frozen=True, slots=True)
class FilmEnded:
    """A film is there, or could not be cut."""

    delivery: "Delivery"


@dataclass(frozen=True, slots=True)
class FilmsEnded:
    """Every film was tried, or the step was left."""


SessionEvent: TypeAlias = (
    Event
    | JobsBegun
    | JobsEnded
    | Stopping
    | RehearsalWaits
    | FilmsBegun
    | FilmProgress
    | FilmEnded
    | FilmsEnded
)

Listener: TypeAlias = Callable[[SessionEvent], None]
"""Hears every event as it happens; of films that are cut at the same time, in several threads."""


def unheard(event: SessionEvent) -> None:
    """Listen to nothing."""
