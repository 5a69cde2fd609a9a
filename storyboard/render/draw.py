"""Jobs into clips drawn on this machine: no journal, no money, kept by recipe."""

import asyncio
import hashlib
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from storyboard.jobs import ClipJob, Job, JobDigest, VoiceJob
from storyboard.model import NOTHING, Clip, ClipFacts
from storyboard.plan import Plan
from storyboard.render.event import Event, Outcome, Progress, Refused, Rendered, Skipped
from storyboard.render.ports import Limits, Maker, Pictures
from storyboard.store import Store, digest_of
from storyboard.store.problem import StoreProblem

NOT_DRAWN = "SB820"


class _Left(BaseException):
    """Nobody wants the drawing any more: it ends, and leaves nothing behind."""


async def draw(  # noqa: PLR0913 - the engine's own ports, handed on
    plan: Plan,
    *,
    maker: Maker,
    store: Store,
    listen: Callable[[Event], None],
    pictures: Pictures,
    limits: Limits,
    stop: asyncio.Event,
) -> Mapping[JobDigest, Outcome]:
    """Draw every clip of a plan, or take it from an earlier drawing.

    Cancelling the call ends the drawings under way at their next frame: a thread cannot be left
    behind, for the end of the program waits for it.
    """
    places = asyncio.Semaphore(limits.concurrency or os.cpu_count() or 1)
    loop = asyncio.get_running_loop()
    left = threading.Event()

    def tell(event: Event) -> None:
        if left.is_set():
            raise _Left
        loop.call_soon_threadsafe(listen, event)

    async def one(job: Job) -> Outcome:
        async with places:
            # What is drawn already is only taken: a stop is no reason to do without it.
            if stop.is_set() and not _is_drawn(job, maker, store):
                outcome: Outcome = Skipped(job, "stopped; it was not drawn")
            else:
                outcome = await asyncio.to_thread(_draw, job, maker, store, pictures, tell)
        listen(outcome)
        return outcome

    try:
        outcomes = await asyncio.gather(*(one(planned.job) for planned in plan.jobs))
    finally:
        left.set()
    return {outcome.job.digest: outcome for outcome in outcomes}


def _is_drawn(job: Job, maker: Maker, store: Store) -> bool:
    if isinstance(job, VoiceJob):
        return True
    return store.derived(_recipe(job, maker), maker.suffix) is not None


def _recipe(job: ClipJob, maker: Maker) -> str:
    return hashlib.sha256(maker.recipe(job).encode()).hexdigest()


def _draw(
    job: Job, maker: Maker, store: Store, pictures: Pictures, tell: Callable[[Event], None]
) -> Outcome:
    if isinstance(job, VoiceJob):
        return Rendered(job, None, None, NOTHING)  # a drawing has a tone where a voice would speak
    clip = job

    def make(path: Path) -> None:
        maker.draw(clip, path, lambda part: tell(Progress(clip, "drawing", part)))

    try:
        path = store.derive(_recipe(clip, maker), maker.suffix, make)
    except StoreProblem:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a drawing dies of fails its job only
        return _not_drawn(clip, f"{type(error).__name__}: {error}")
    facts = pictures.probe(path)
    if not isinstance(facts, ClipFacts):
        path.unlink(missing_ok=True)
        return _not_drawn(clip, "what was drawn does not read as a clip")
    return Rendered(clip, Clip(digest_of(path), path, facts), None, NOTHING)


def _not_drawn(job: ClipJob, detail: str) -> Refused:
    return Refused(
        job,
        NOT_DRAWN,
        f"the animatic of this job could not be drawn: {detail}",
        "run `storyboard doctor`; if it finds nothing, this is a bug worth reporting",
    )
