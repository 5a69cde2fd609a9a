"""Find the jobs of a plan that a run sends after one yes, and what forbids sending them all."""

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
    Send,
    latest_of_each,
    next_step,
)
from storyboard.store.life import Life, Stored


@dataclass(frozen=True, slots=True)
class Due:
    """The jobs that a yes sends, and the bound that forbids sending all of them, in words."""

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

    A job that the run asks about by itself (`FailedJobs.ASK`) is not in it; those that build on it
    are, for they are sent after that yes. What builds on a job that is left alone is not sent.
    """
    latest = latest_of_each(attempts)
    every = {one.job.digest: one.job for one in plan.jobs}
    steps = {one: next_step(latest.get(one), is_there, failed) for one in every}
    waiting = {one for one, step in steps.items() if isinstance(step, Send)}
    without = {one for one, step in steps.items() if isinstance(step, LeaveFailed | LeaveLater)}
    sent = waiting - blocked(every.values(), waiting, without).keys()
    jobs = tuple(job for digest, job in every.items() if digest in sent)
    return Due(jobs, budget_of(plan, max_cost, attempts).against(jobs))
