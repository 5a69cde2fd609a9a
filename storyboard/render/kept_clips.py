"""A plan and its store into the outcomes that are there already, without a backend."""

from collections.abc import Mapping

from storyboard.jobs import Job, JobDigest
from storyboard.model import NOTHING, Clip
from storyboard.plan import Plan
from storyboard.render.event import Outcome, Rendered, Skipped
from storyboard.store import Keep, Store, next_step
from storyboard.store.life import KeptClip, Stored, request_of


def kept(plan: Plan, store: Store) -> Mapping[JobDigest, Outcome]:
    """Return every job's kept result; nothing is sent, and nothing recorded."""
    lives = store.lives()
    found: dict[JobDigest, Outcome] = {}
    for planned in plan.jobs:
        job = planned.job
        step = next_step(lives.get(job.digest), store.is_there)
        if isinstance(step, Keep):
            found[job.digest] = rendered(store, job, step.life)
        else:
            found[job.digest] = Skipped(job, "it is not rendered yet")
    return found


def rendered(store: Store, job: Job, life: Stored) -> Rendered:
    """Tell a kept result as a job's outcome, which cost nothing now."""
    clip = None
    if isinstance(life.kept, KeptClip):
        clip = Clip(life.kept.digest, store.clip_path(life.kept), life.kept.facts)
    return Rendered(job, clip, request_of(life), NOTHING)
