"""A plan and its store into the outcomes that are there already, without a backend."""

from collections.abc import Mapping

from storyboard.jobs import JobDigest
from storyboard.model import NOTHING, Clip, Usd
from storyboard.plan import Plan
from storyboard.render.event import Outcome, Rendered
from storyboard.render.outcomes import skipped
from storyboard.store import (
    Keep,
    Store,
    WantedTake,
    lives_of_takes,
    next_step,
    wanted_takes,
)
from storyboard.store.life import KeptClip, Life, Stored, request_of


def kept(plan: Plan, store: Store) -> tuple[Mapping[JobDigest, Outcome], tuple[Outcome, ...]]:
    """Return for every job the take that is kept and shown, and all others that are wanted.

    Nothing is sent, nothing recorded.
    """
    attempts = store.journal.attempts()
    lives = lives_of_takes(attempts)
    found: dict[JobDigest, Outcome] = {}
    further: list[Outcome] = []
    for planned in plan.jobs:
        first, *others = (
            _kept(store, take, lives.get(take.key))
            for take in wanted_takes(planned.job, attempts, store.is_there)
        )
        found[planned.job.digest] = first
        further += others
    return found, tuple(further)


def _kept(store: Store, take: WantedTake, life: Life | None) -> Outcome:
    step = next_step(life, store.is_there)
    if isinstance(step, Keep):
        return rendered(store, take, step.life)
    return skipped(take, "it is not rendered yet")


def rendered(store: Store, take: WantedTake, life: Stored, cost: Usd = NOTHING) -> Rendered:
    """Tell a kept result as a take's outcome; `cost` is what this run paid for it."""
    clip = None
    if isinstance(life.kept, KeptClip):
        clip = Clip(life.kept.digest, store.clip_path(life.kept), life.kept.facts)
    return Rendered(take.job, clip, request_of(life), cost, take.number)
