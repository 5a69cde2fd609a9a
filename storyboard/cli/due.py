"""A plan and the journal into what a run would send of it, and the bound that forbids it."""

from dataclasses import dataclass
from pathlib import Path

from storyboard.jobs import Job
from storyboard.jobs.job import JobDigest
from storyboard.model.money import Usd, total
from storyboard.plan import Plan
from storyboard.provider import Charge
from storyboard.render.budget import budget_of
from storyboard.store.layout import Layout
from storyboard.store.life import Failed, Life, Refused, charge_of
from storyboard.store.view import reading


@dataclass(frozen=True, slots=True)
class Due:
    """The jobs that a yes sends, what they cost together, and why they may not all be sent."""

    jobs: tuple[Job, ...]
    against: str | None

    @property
    def cost(self) -> Usd:
        """What they cost together."""
        return total(job.cost for job in self.jobs)


def due(plan: Plan, store: Path, max_cost: Usd | None, *, retry_failed: bool) -> Due:
    """Find what a run sends unasked, by what the journal of `store` holds now.

    What failed and may have been charged is not in it, unless it is to be tried again: the run
    asks about each of these by itself.

    Raises:
        StoreProblem: where the journal cannot be read.
    """
    with reading(Layout(store)) as journal:
        attempts: dict[JobDigest, list[Life]] = journal.attempts() if journal else {}
    waits = frozenset[JobDigest]()
    if not retry_failed:
        waits = frozenset(job for job, lives in attempts.items() if _may_have_cost(lives[-1]))
    jobs = tuple(one.job for one in plan.jobs if one.to_pay and one.job.digest not in waits)
    return Due(jobs, budget_of(plan, max_cost, attempts).against(jobs))


def _may_have_cost(life: Life) -> bool:
    return isinstance(life, Failed | Refused) and charge_of(life) is not Charge.NONE
