"""Compile a storyboard into a plan to agree to: its jobs, what a yes costs, and its fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic
from storyboard.model import Usd, dollars
from storyboard.pipeline import Ask
from storyboard.plan import Plan, SavedPlan, fingerprint, to_json
from storyboard.session.agreement import amount_due, still_holds
from storyboard.session.backend_choice import CHOICES, Backend
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.errors import PlanChangedError
from storyboard.store import FailedJobs

_LOOK_AGAIN = "look at the plan again with plan_storyboard, and agree to what it is now"


@dataclass(frozen=True, slots=True)
class Quote:
    """A plan, and what `render_storyboard` sends after a yes to it.

    `cost` is what a run sends now: `plan.to_pay`, and with `FailedJobs.RETRY` also `plan.to_retry`,
    jobs that failed and may have been charged. `warnings` do not keep it from being rendered.
    """

    plan: Plan
    cost: Usd
    agreed: SavedPlan
    warnings: Sequence[Diagnostic]

    @property
    def fingerprint(self) -> str:
        """What a reviewer agrees to: it differs as soon as a job, a price or the cut does."""
        return self.agreed.fingerprint


def plan_storyboard(
    ask: Ask, backend: Backend = Backend.FAL, failed: FailedJobs = FailedJobs.LEAVE
) -> Quote:
    """Plan a storyboard for a backend, whose store says what is rendered already.

    Needs no key and no network, and changes nothing.

    Raises:
        MistakesError: if the storyboard has errors.
        SessionError: if its files or the store cannot be read.
    """
    choice = CHOICES[backend]
    result = compiled(ask, choice)
    plan = plan_of(result)
    found = amount_due(plan, result.project / choice.folder, None, failed)
    return Quote(
        plan, found.cost, SavedPlan(fingerprint(plan), {}, to_json(plan)), result.diagnostics
    )


def agrees(agreed: SavedPlan | str, plan: Plan) -> None:
    """Refuse a plan that is not the one that was agreed to, by its fingerprint.

    Raises:
        PlanChangedError: with what differs; of a fingerprint alone, with what there is now.
    """
    if isinstance(agreed, SavedPlan):
        still_holds(agreed, plan, _LOOK_AGAIN)
    elif agreed != (now := fingerprint(plan)):
        jobs = (
            f"{one.job.id} is {one.state.value.replace('-', ' ')}, {dollars(one.job.cost)}"
            for one in plan.jobs
        )
        raise PlanChangedError((f"its fingerprint is {now}, not {agreed}", *jobs), _LOOK_AGAIN)
