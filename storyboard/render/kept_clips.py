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
from storyboard.store.life import KeptClip, Stored, request_of


def kept(plan: Plan, store: Store) -> Mapping[JobDigest, Outcome]:
    """Return for every job the take that is kept and shown; nothing is sent, nothing recorded."""
    attempts = store.journal.attempts()
    lives = lives_of_takes(attempts)
    found: dict[JobDigest, Outcome] = {}
    for planned in plan.jobs:
        take, *_ = wanted_takes(planned.job, attempts, store.is_there)
        step = next_step(lives.get(take.key), store.is_there)
        if isinstance(step, Keep):
            found[planned.job.digest] = rendered(store, take, step.life)
        else:
            found[planned.job.digest] = skipped(take, "it is not rendered yet")
    return found


def rendered(store: Store, take: WantedTake, life: Stored, cost: Usd = NOTHING) -> Rendered:
    """Tell a kept result as a take's outcome; `cost` is what this run paid for it."""
    clip = None
    if isinstance(life.kept, KeptClip):
        clip = Clip(life.kept.digest, store.clip_path(life.kept), life.kept.facts)
    return Rendered(take.job, clip, request_of(life), cost, take.number)
