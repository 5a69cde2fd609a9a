"""Compare what would be rendered now with what was agreed to: the plan, and its cost."""

from functools import partial
from pathlib import Path

from storyboard.model import Usd, dollars
from storyboard.plan import Plan, SavedPlan, changes
from storyboard.render import Due, due
from storyboard.session.errors import OverLimitError, PlanChangedError, store_errors
from storyboard.store import FailedJobs, Layout, is_there, reading

_LOOK_AGAIN = "look at the new one, and keep it again: storyboard plan FILE --save PLAN"


def still_holds(agreed: SavedPlan, plan: Plan, advice: str = _LOOK_AGAIN) -> None:
    """Refuse an agreed plan that is not what would be rendered now.

    Raises:
        PlanChangedError: with everything that differs.
    """
    found = changes(agreed, plan)
    if found:
        raise PlanChangedError(found, advice)


def amount_due(plan: Plan, store: Path, max_cost: Usd | None, failed: FailedJobs) -> Due:
    """Find what a run sends after one yes, by what the journal in the folder `store` holds now.

    Raises:
        SetupError: if the journal cannot be read.
    """
    layout = Layout(store)
    with store_errors(), reading(layout) as journal:
        attempts = journal.attempts() if journal else {}
    return due(plan, attempts, partial(is_there, layout), max_cost, failed)


def within_bounds(found: Due, plan: Plan, max_cost: Usd | None, name: str) -> None:
    """Refuse what costs more than `max_cost`, which the user knows by `name`, or than a budget.

    Raises:
        OverLimitError: with the bound that it passes.
    """
    budgets = [film.storyboard.budget for film in plan.films]
    least = min((one for one in budgets if one is not None), default=None)
    against = found.against
    for bound, most in ((name, max_cost), ("the budget", least)):
        if most is not None and found.cost > most:
            against = f"this costs {dollars(found.cost)}, more than {bound} of {dollars(most)}"
            break
    if against is not None:
        raise OverLimitError(against, "raise it, or render less; nothing was sent")
