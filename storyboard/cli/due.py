"""Read a store's journal for what a run would send of a plan after one yes."""

from functools import partial
from pathlib import Path

from storyboard.model.money import Usd
from storyboard.plan import Plan
from storyboard.render.due import Due
from storyboard.render.due import due as due_of
from storyboard.render.next_step import FailedJobs
from storyboard.store.layout import Layout
from storyboard.store.view import is_there, reading


def due(plan: Plan, store: Path, max_cost: Usd | None, *, retry_failed: bool) -> Due:
    """Find what a run sends after one yes, by what the journal of `store` holds now.

    Raises:
        StoreProblem: where the journal cannot be read.
    """
    layout = Layout(store)
    with reading(layout) as journal:
        attempts = journal.attempts() if journal else {}
    failed = FailedJobs.RETRY if retry_failed else FailedJobs.ASK
    return due_of(plan, attempts, partial(is_there, layout), max_cost, failed)
