"""Get the result of every job of a plan from an open backend, for a listener, until stopped."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeAlias

from storyboard.delivery import Ahead, Order, Room
from storyboard.jobs import JobDigest
from storyboard.media import last_frame, probe
from storyboard.model import Clip, ClipDigest
from storyboard.plan import Plan
from storyboard.provider import Provider
from storyboard.render import (
    Consent,
    Event,
    GivenConsent,
    Limits,
    Maker,
    Outcome,
    Pictures,
    Refused,
    render,
)
from storyboard.session.listener import Listener, Stopping
from storyboard.session.stop_handle import StopHandle
from storyboard.store import Store

PICTURES = Pictures(probe, last_frame)

Entrance: TypeAlias = AbstractAsyncContextManager[Maker | Provider]
"""A backend that is opened for a run and closed after it."""


def _unasked(stop: asyncio.Event) -> Consent:  # noqa: ARG001 -- as others have it
    return GivenConsent()


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run goes about its jobs.

    `consent` makes who is asked about single jobs that may have been paid for; it is given what is
    set once nothing is sent any more. `fail_fast` sends nothing more once a job has failed.
    `account` is the label of the account that the backend asks with.
    """

    limits: Limits = field(default_factory=Limits)
    consent: Callable[[asyncio.Event], Consent] = _unasked
    fail_fast: bool = False
    account: str | None = None


@dataclass(frozen=True, slots=True)
class RunResult:
    """The outcomes that a run came to; `interrupted` if somebody wanted it to end early.

    `outcomes` are of the takes that films show, by their jobs, `further` of all others.
    """

    outcomes: Mapping[JobDigest, Outcome]
    interrupted: bool = False
    further: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class JobRun:
    """A run over a plan's jobs: with what, for whom, and until when."""

    plan: Plan
    store: Store
    options: RunOptions
    listen: Listener
    stop: StopHandle


@dataclass(frozen=True, slots=True)
class FilmsAhead:
    """Films that can be encoded while jobs are rendered, and what was picked for them."""

    orders: Sequence[Order]
    room: Room
    picked: Mapping[ClipDigest, Clip] = field(default_factory=dict)


async def run_jobs(run: JobRun, entrance: Entrance, films: FilmsAhead) -> RunResult:
    """Get every job's result. While others render, encode what can be of `films` already.

    Raises:
        StoreProblem: if the store cannot be written.
    """
    async with entrance as backend:
        if isinstance(backend, Maker):  # it needs the machine itself
            return await _run(run, backend, run.listen)
        with Ahead(films.orders, films.room, films.picked) as ahead:
            shown = _shown(run.plan)

            def listen(event: Event) -> None:
                run.listen(event)
                if isinstance(event, Outcome) and shown.get(event.job.digest) == event.take:
                    ahead.hear(event)

            return await _run(run, backend, listen)


async def _run(
    run: JobRun, backend: Maker | Provider, listen: Callable[[Event], None]
) -> RunResult:
    stopped, heard = asyncio.Event(), dict[tuple[JobDigest, int], Outcome]()

    def hear(event: Event) -> None:
        if isinstance(event, Outcome):
            heard[event.job.digest, event.take] = event
            if run.options.fail_fast and isinstance(event, Refused):
                stopped.set()
        listen(event)

    def stop() -> None:
        stopped.set()
        run.listen(Stopping())

    work = asyncio.ensure_future(
        render(
            run.plan,
            backend=backend,
            store=run.store,
            listen=hear,
            pictures=PICTURES,
            limits=run.options.limits,
            stop=stopped,
            consent=run.options.consent(stopped),
            account=run.options.account,
        )
    )
    shown = _shown(run.plan)
    outcomes: Mapping[JobDigest, Outcome] | None = None
    with run.stop.bound(stop, work.cancel):
        try:
            outcomes = await work
        except asyncio.CancelledError:
            if not run.stop.left:
                raise
    # Asked only now: what was heard until the last moment was wanted, and must not be forgotten.
    if outcomes is None:
        outcomes = {job: one for (job, take), one in heard.items() if shown.get(job) == take}
    further = (one for (job, _), one in heard.items() if outcomes.get(job) != one)
    return RunResult(outcomes, run.stop.stopped, tuple(further))


def _shown(plan: Plan) -> Mapping[JobDigest, int]:
    """Return the number of the take that films show, by its job."""
    return {one.job.digest: one.number for one in plan.jobs}
