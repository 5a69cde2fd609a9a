"""What happens while a plan is rendered, told to whoever shows or writes it.

Everything is told of one take of a job; `take` is its number.
"""

from dataclasses import dataclass
from typing import TypeAlias

from storyboard.jobs import Job, JobDigest
from storyboard.media import Drawn
from storyboard.model import NOTHING, Clip, Usd
from storyboard.provider import RequestId


@dataclass(frozen=True, slots=True)
class Rendered:
    """A take has its result: a clip, kept or drawn, or None where the job creates a voice.

    `cost` is what this run paid for it.
    """

    job: Job
    clip: Clip | Drawn | None
    request: RequestId | None
    cost: Usd
    take: int = 1


@dataclass(frozen=True, slots=True)
class Refused:
    """A take has no result and will not get one by itself: what happened, and what to do.

    `cost` is what this run paid all the same, or may have.
    """

    job: Job
    code: str
    message: str
    help: str
    request: RequestId | None = None
    cost: Usd = NOTHING
    take: int = 1


@dataclass(frozen=True, slots=True)
class Unknown:
    """A take may have been accepted and paid; nobody knows yet."""

    job: Job
    message: str
    code: str = "SB815"
    take: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """A take was not tried, because of another job's failure, the budget, or an interrupt."""

    job: Job
    reason: str
    because: JobDigest | None = None
    take: int = 1


Outcome: TypeAlias = Rendered | Refused | Unknown | Skipped


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a take stands.

    `stage` is `uploading`, `queued`, `rendering` or `downloading`; `part` is 0 to 1 where it
    is known.
    """

    job: Job
    stage: str
    part: float | None = None
    detail: str = ""
    take: int = 1


Event: TypeAlias = Outcome | Progress

__all__ = [
    "Event",
    "Outcome",
    "Progress",
    "Refused",
    "Rendered",
    "RequestId",
    "Skipped",
    "Unknown",
]
