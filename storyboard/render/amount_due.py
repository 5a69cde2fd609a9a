"""Find the jobs of a plan that a run sends after one yes, and what forbids sending them all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storyboard.jobs import Job, JobDigest
from storyboard.model import Usd, total
from storyboard.plan import Plan
from storyboard.render.budget import budget_of
from storyboard.render.next_step import FailedJobs, Send, next_step
from storyboard.store import latest_of_each
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

    A job that the run asks about by itself (`FailedJobs.ASK`) is not in it.
    """
    latest = latest_of_each(attempts)
    every = [one.job for one in plan.jobs]
    steps = [next_step(latest.get(job.digest), is_there, failed) for job in every]
    jobs = tuple(job for job, step in zip(every, steps, strict=True) if isinstance(step, Send))
    return Due(jobs, budget_of(plan, max_cost, attempts).against(jobs))
