"""Tell where each take of a job stands, and where in a journal its attempts are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from storyboard.jobs import Job, JobDigest
from storyboard.plan import JobState, gathered, which_takes
from storyboard.store.latest_attempts import latest_of
from storyboard.store.life import Life, Order, Stored, Unknown, order_of
from storyboard.store.next_steps import (
    FailedJobs,
    FetchAgain,
    Keep,
    LeaveFailed,
    LeaveLater,
    NextStep,
    TakeUp,
    next_step,
)


class TakeKey(NamedTuple):
    """Where the attempts at a take are recorded: under which digest, and as which number there.

    A run claims a take by its key.
    """

    job: JobDigest
    number: int


@dataclass(frozen=True, slots=True)
class WantedTake:
    """A take that is wanted of a job, by its number, and where its attempts are recorded."""

    job: Job
    number: int
    key: TakeKey


def key_of(order: Order) -> TakeKey:
    """Return where an attempt is recorded."""
    return TakeKey(order.job, order.take)


def take_lives(attempts: Iterable[Life]) -> dict[int, Life]:
    """Return where each take of one digest stands, by its number, from all its attempts."""
    found: dict[int, list[Life]] = {}
    for life in attempts:
        found.setdefault(order_of(life).take, []).append(life)
    return {number: latest_of(lives) for number, lives in found.items()}


def lives_of_takes(attempts: Mapping[JobDigest, Iterable[Life]]) -> dict[TakeKey, Life]:
    """Return where every take stands, from all attempts as a journal reads them."""
    return {
        TakeKey(job, number): life
        for job, lives in attempts.items()
        for number, life in take_lives(lives).items()
    }


def wanted_takes(
    job: Job,
    attempts: Mapping[JobDigest, Iterable[Life]],
    is_there: Callable[[Stored], bool],
) -> tuple[WantedTake, ...]:
    """Choose the takes that are wanted of a job, as its plan does; the first is the one shown."""
    known = known_keys(job, attempts)
    states = {
        number: state_of(next_step(life, is_there, FailedJobs.LEAVE))
        for number, (_, life) in known.items()
    }
    return tuple(
        WantedTake(
            job, number, known[number][0] if number in known else TakeKey(job.digest, number)
        )
        for number in which_takes(states, job.takes)
    )


def known_keys(
    job: Job, attempts: Mapping[JobDigest, Iterable[Life]]
) -> dict[int, tuple[TakeKey, Life]]:
    """Return the takes of a job that were ever begun, by their numbers: where, and how they stand.

    Those that earlier versions recorded under digests of their own are among them.
    """
    return gathered(
        job,
        {
            digest: {
                number: (TakeKey(digest, number), life)
                for number, life in take_lives(attempts[digest]).items()
            }
            for digest in (job.digest, *job.former)
            if digest in attempts
        },
    )


def state_of(step: NextStep) -> JobState:
    """Return the state of a take, from what a run would do with it unasked."""
    match step:
        case Keep():
            return JobState.RENDERED
        case TakeUp(life):
            return JobState.UNKNOWN if isinstance(life, Unknown) else JobState.IN_FLIGHT
        case LeaveLater():
            return JobState.LEFT
        case LeaveFailed() | FetchAgain():
            return JobState.FAILED
        case _:
            return JobState.TO_RENDER
