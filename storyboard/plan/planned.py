"""The plan: every distinct job of all films, once, with its state and the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storyboard.catalogue import Catalogue, EndpointId
from storyboard.jobs import NO_PICKS, ClipJob, Job, JobDigest, JobId, Picks, ShotDigest
from storyboard.model import NOTHING, ClipDigest, Seconds, Storyboard, Usd


class JobState(StrEnum):
    """What is known of a job before a run."""

    TO_RENDER = "to-render"
    RENDERED = "rendered"
    IN_FLIGHT = "in-flight"
    UNKNOWN = "unknown"
    FAILED = "failed"
    """It may have been charged: it is sent again only with `--retry-failed`."""
    LEFT = "left"
    """A later version of the program has gone on with it: this one never sends it."""
    BLOCKED = "blocked"
    """It builds on a job that will have no result, and is not sent."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One film to be planned: what `pack` gave for a storyboard, and the outputs cut from it.

    Outputs with `fit: render` are wanted as films of their own, packed at their own ratio.
    `variation` is None where the storyboard has none. `picks` are what was picked for its shots.
    """

    variation: str | None
    storyboard: Storyboard
    outputs: tuple[str, ...]
    jobs: tuple[Job, ...]
    picks: Picks = NO_PICKS


@dataclass(frozen=True, slots=True)
class Requested:
    """A request of an earlier run: where it went, its body as a plan shows it, and what it was for.

    `used` are the seconds that the film used of each shot, as far as the journal knows. `films` are
    named as `film_label` names them.
    """

    endpoint: EndpointId
    body: Mapping[str, object]
    shots: tuple[str, ...] = ()
    used: tuple[Seconds, ...] = ()
    films: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Charged:
    """What an attempt was charged, or may have been; `films` are named as `film_label` names them.

    `job` is the digest that it is recorded under.
    """

    job: JobDigest
    films: tuple[str, ...]
    amount: Usd


@dataclass(frozen=True, slots=True)
class KeptTake:
    """A take whose clip was kept: the clip by its SHA-256, and what the journal says of it.

    `kept_at` is when it was first kept, `length` that of the whole clip in seconds, `price` what it
    cost. `job` was the request's name, `shots` are the names of its shots and `seconds` what was
    asked for all of them; of each, `used` are the seconds that the film used when it was asked for,
    `starts` where it begins in the clip, `asks` what it asked for by itself: empty or None if the
    journal does not say. `films` are named as `film_label` names them. `is_there` tells whether its
    file is in the store.
    """

    clip: ClipDigest
    suffix: str
    size: int
    length: Seconds
    kept_at: datetime
    price: Usd
    request: str | None
    provider: str | None
    endpoint: EndpointId
    job: JobId
    seconds: int
    shots: tuple[str, ...]
    used: tuple[Seconds, ...]
    starts: tuple[Seconds, ...]
    asks: tuple[ShotDigest, ...] | None
    films: tuple[str, ...]
    is_there: bool


@dataclass(frozen=True, slots=True)
class KnownTake:
    """Where a take stands by the journal; `kept` is None for one without a clip, and for a voice.

    `number` is the one under its digest. `failure` tells why it has no result; the result of one
    that is `refetched` is asked for again first, for nothing. `day` is when it was rendered.
    """

    number: int
    state: JobState
    failure: str = ""
    refetched: bool = False
    day: date | None = None
    kept: KeptTake | None = None


@dataclass(frozen=True, slots=True)
class StoreView:
    """What the store and the journal hold, read once and handed in as a value.

    `rendered` are jobs whose result is kept, `in_flight` were accepted and not yet fetched,
    `unknown` were sent with no answer, with `left` a later version of the program has gone on.
    `failed` are jobs without a result and why; those `held` among them may have been charged and
    are not sent again unasked, of which the result of those `refetched` is asked for again first,
    for nothing. `endpoints` are all that these went to, `catalogues` what
    they may have been asked by, as the store kept it. `earlier` are job ids known from earlier runs
    with the digest they had then, so that a changed job can be told from a new one. `days` are the
    days on which jobs were rendered, `requested` what was asked for, in the order of the journal:
    with them, reasons can tell when, and what has changed.

    `takes` are, by the digest that they are recorded under, all takes of which something is known,
    by their numbers. The sets above tell of the one that a film would show; they are all that is
    known of a job that is not in `takes`. `charged` are all attempts that cost anything, or may.
    """

    rendered: frozenset[JobDigest] = frozenset()
    in_flight: frozenset[JobDigest] = frozenset()
    unknown: frozenset[JobDigest] = frozenset()
    left: frozenset[JobDigest] = frozenset()
    failed: Mapping[JobDigest, str] = field(default_factory=dict)
    held: frozenset[JobDigest] = frozenset()
    refetched: frozenset[JobDigest] = frozenset()
    earlier: Mapping[str, JobDigest] = field(default_factory=dict)
    days: Mapping[JobDigest, date] = field(default_factory=dict)
    requested: Mapping[JobDigest, Requested] = field(default_factory=dict)
    endpoints: frozenset[EndpointId] = frozenset()
    catalogues: tuple[Catalogue, ...] = ()
    takes: Mapping[JobDigest, Mapping[int, KnownTake]] = field(default_factory=dict)
    charged: tuple[Charged, ...] = ()

    @property
    def kept_clips(self) -> frozenset[ClipDigest]:
        """Every clip that is a take of some job, whether its file is there or not."""
        takes = (take for some in self.takes.values() for take in some.values())
        return frozenset(take.kept.clip for take in takes if take.kept is not None)

    @property
    def paid(self) -> frozenset[JobDigest]:
        """Jobs that are paid for, or may be: to ask for others in their place costs money again."""
        return self.rendered | self.in_flight | self.unknown | self.left


@dataclass(frozen=True, slots=True)
class PlannedTake:
    """A take that is wanted of a job: its number, its state, and why it is in it, in words."""

    number: int
    state: JobState
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job and each take that is wanted of it, with the reasons in words.

    `state`, `reason` and `number` are those of the take that the film shows, the first; `further`
    are the others.
    """

    job: Job
    state: JobState
    reason: str
    number: int = 1
    further: tuple[PlannedTake, ...] = ()

    @property
    def takes(self) -> tuple[PlannedTake, ...]:
        """Every take that is wanted, the one that the film shows first."""
        return (PlannedTake(self.number, self.state, self.reason), *self.further)

    @property
    def states(self) -> frozenset[JobState]:
        """The states of all its takes."""
        return frozenset(take.state for take in self.takes)

    @property
    def missing(self) -> int:
        """How many takes running the plan submits."""
        return sum(one.state is JobState.TO_RENDER for one in self.takes)

    @property
    def cost(self) -> Usd:
        """What all its takes cost, rendered already or not."""
        return Usd(self.job.cost * len(self.takes))

    @property
    def to_pay(self) -> Usd:
        """What running the plan pays for it: its price, for each take that is missing."""
        return Usd(self.job.cost * self.missing)


@dataclass(frozen=True, slots=True)
class Film:
    """One film of the plan: a storyboard (of one variation), its outputs, the jobs it needs.

    `variation` is None where the storyboard has none. `outputs` are names of outputs that are cut
    from these same jobs; outputs with `fit: render` have films of their own. `clips` is the film's
    own view of its jobs: which of its shots stands where in which clip, and how much of it is
    used. A job shared with another film stands in the plan under that film's names. `picks` are the
    takes that were picked for its shots, and are shown instead.
    """

    variation: str | None
    storyboard: Storyboard
    outputs: tuple[str, ...]
    jobs: tuple[JobDigest, ...]
    seconds: Seconds
    clips: tuple[ClipJob, ...] = ()
    picks: Picks = NO_PICKS


@dataclass(frozen=True, slots=True)
class Plan:
    """Every distinct job once, those that others need before them, and the films they make.

    `among` are, by the storyboard's name, the jobs of all its films, also those that are not asked
    for now: what was paid for them counts against the budget that they share. `catalogue` is what
    new jobs are asked by. `to_retry` is what `--retry-failed` adds to `to_pay`. `charged` are the
    attempts of earlier runs, for whatever they were made: bounds count them. `absent` are picked
    clips that the store did not have when it was looked at.
    """

    jobs: tuple[PlannedJob, ...]
    films: tuple[Film, ...]
    total: Usd
    to_pay: Usd
    among: Mapping[str, frozenset[JobDigest]] = field(default_factory=dict)
    catalogue: Catalogue | None = None
    to_retry: Usd = NOTHING
    charged: tuple[Charged, ...] = ()
    absent: frozenset[ClipDigest] = frozenset()
