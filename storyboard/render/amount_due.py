"""Find the takes of a plan that a run sends after one yes, and what forbids sending them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storyboard.jobs import Job, JobDigest
from storyboard.model import Usd, total
from storyboard.plan import Plan, blocked
from storyboard.render.budget import budget_of
from storyboard.store import (
    FailedJobs,
    LeaveFailed,
    LeaveLater,
    NextStep,
    Send,
    lives_of_takes,
    next_step,
    wanted_takes,
)
from storyboard.store.life import Life, Stored


@dataclass(frozen=True, slots=True)
class Due:
    """The jobs that a yes sends, and the bound that forbids sending all of them, in words.

    A job is in it once for each of its takes that is sent.
    """

    jobs: tuple[Job, ...]
    against: str | None

    @property
    def cost(self) -> Usd:
        """What they cost together."""
        return total(job.cost for job in self.jobs)


def due(
    plan: Plan,
    attempts: Mapping[JobDigest, Sequence[Life]],
    is_there: Callable[[Stored], bool],
    max_cost: Usd | None,
    failed: FailedJobs,
) -> Due:
    """Find what a run sends after one yes, by what the journal holds now.

    A take that the run asks about by itself (`FailedJobs.ASK`) is not in it; jobs that build on it
    are, for they are sent after that yes. What builds on a job that is left alone, or
    goes on from a picked clip that is not there, is not sent.
    """
    lives = lives_of_takes(attempts)
    every = {one.job.digest: one.job for one in plan.jobs}
    steps: dict[JobDigest, tuple[NextStep, ...]] = {
        digest: tuple(
            next_step(lives.get(take.key), is_there, failed)
            for take in wanted_takes(job, attempts, is_there)
        )
        for digest, job in every.items()
    }
    waiting = {one for one, found in steps.items() if _sent(found)}
    without = {
        one for one, found in steps.items() if isinstance(found[0], LeaveFailed | LeaveLater)
    }
    held = blocked(every.values(), waiting, without, plan.absent)
    jobs = tuple(
        job
        for digest, job in every.items()
        if digest not in held
        for _ in range(_sent(steps[digest]))
    )
    return Due(jobs, budget_of(plan, max_cost, attempts).against(jobs))


def _sent(steps: Sequence[NextStep]) -> int:
    return sum(isinstance(step, Send) for step in steps)
