"""A plan and a backend to outcomes and films, with somebody watching who may press Ctrl-C."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import click

from storyboard.cli import consent
from storyboard.cli.compiling import stop_of
from storyboard.cli.exits import Exit
from storyboard.cli.progress import Screen, screen
from storyboard.cut.cut_report import CutEvent
from storyboard.cut.options import CutOptions, Quality
from storyboard.delivery import Delivered, Delivery, Order, Paged, Room, Undelivered, deliver
from storyboard.delivery.ahead import Ahead
from storyboard.delivery.memory import Memory
from storyboard.jobs import JobDigest
from storyboard.media.frames import last_frame
from storyboard.media.probe import probe
from storyboard.model.money import Usd
from storyboard.plan import Plan
from storyboard.provider import Provider, account_label
from storyboard.render.engine import render
from storyboard.render.event import Event, Outcome, Refused, Skipped, Unknown
from storyboard.render.kept import kept
from storyboard.render.ports import Limits, Maker, Pictures
from storyboard.report.rendering import Rendering
from storyboard.store import Store, StoreProblem
from storyboard.store.layout import STORE, Layout

PICTURES = Pictures(probe, last_frame)

_SENT = (
    "interrupted: nothing more is sent; what is finished is still fetched. Press Ctrl-C again to "
    "leave at once. What still runs is taken up by the next `storyboard render`, or cancelled by "
    "`storyboard cancel`"
)
_DRAWN = (
    "interrupted: nothing more is begun; what is being drawn is finished. Press Ctrl-C again to "
    "leave at once: the next render draws it anew"
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about it, as the command line says."""

    folder: str = STORE
    concurrency: int | None = None
    max_cost: Usd | None = None
    resubmit_unknown: bool = False
    retry_failed: bool = False
    draft: bool = False
    fail_fast: bool = False
    max_parallel: int = 1
    lost_after: float | None = None
    paged: Paged | None = None


@dataclass(slots=True)
class Ending:
    """How the jobs ended."""

    outcomes: Mapping[JobDigest, Outcome] = field(default_factory=dict)
    interrupted: bool = False


Entrance: TypeAlias = AbstractAsyncContextManager[Maker | Provider | None]
"""A backend that is opened for a run and closed after it; None where none is needed."""


def pursue(
    plan: Plan, entrance: Entrance, project: Path, way: Way, films: Sequence[Order] = ()
) -> Ending:
    """Get every job's result. Without a backend, take those that are kept.

    While others render, what of `films` can be encoded already, is.

    Raises:
        Stop: where the store cannot be used.
    """
    ahead = Ahead(films, room_of(project, way))
    try:
        with Store.open(project, folder=way.folder) as store, screen(len(plan.jobs)) as shown:
            return asyncio.run(_entered(plan, entrance, store, way, shown, ahead))
    except StoreProblem as problem:
        raise stop_of(problem) from problem


async def _entered(  # noqa: PLR0913, PLR0917 -- what a run is made of
    plan: Plan, entrance: Entrance, store: Store, way: Way, shown: Screen, ahead: Ahead
) -> Ending:
    async with entrance as backend:
        if backend is None:
            return Ending(kept(plan, store))
        if isinstance(backend, Maker):  # it needs the machine itself
            return await _pursue(plan, backend, store, way, shown.job)
        with ahead:

            def listen(event: Event) -> None:
                shown.job(event)
                if isinstance(event, Outcome):
                    ahead.hear(event)

            return await _pursue(plan, backend, store, way, listen)


async def _pursue(
    plan: Plan, backend: Maker | Provider, store: Store, way: Way, tell: Callable[[Event], None]
) -> Ending:
    stop, ending = asyncio.Event(), Ending()
    outcomes: dict[JobDigest, Outcome] = {}

    def listen(event: Event) -> None:
        if isinstance(event, Outcome):
            outcomes[event.job.digest] = event
            if way.fail_fast and isinstance(event, Refused):
                stop.set()
        tell(event)

    work = asyncio.ensure_future(
        render(
            plan,
            backend=backend,
            store=store,
            listen=listen,
            pictures=PICTURES,
            limits=Limits(
                concurrency=way.concurrency, max_cost=way.max_cost, lost_after=way.lost_after
            ),
            stop=stop,
            consent=consent.Answers(way.resubmit_unknown, way.retry_failed, stop),
            account=account_label(os.environ),
        )
    )

    def interrupt() -> None:
        if ending.interrupted:
            work.cancel()
            return
        ending.interrupted = True
        stop.set()
        click.echo(_DRAWN if isinstance(backend, Maker) else _SENT, err=True)

    with suppress(NotImplementedError):  # Windows has no such handlers: Ctrl-C leaves at once
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupt)
    try:
        ending.outcomes = await work
    except asyncio.CancelledError:
        ending.outcomes = outcomes
    return ending


def room_of(project: Path, way: Way) -> Room:
    """Say where films are cut, and how."""
    quality = Quality.DRAFT if way.draft else Quality.FINAL
    derived = Layout(project / way.folder).derived
    return Room(project, derived, CutOptions(quality=quality), Memory(derived / "films"), way.paged)


def cut_films(
    work: Sequence[tuple[Order, Mapping[JobDigest, Outcome]]], project: Path, way: Way
) -> tuple[Delivery, ...]:
    """Cut every film from its clips; one that fails does not stop the others."""
    room = room_of(project, way)
    left = threading.Event()
    with screen(0, len(work)) as shown:

        def go_on() -> None:
            if left.is_set():
                raise KeyboardInterrupt

        def make(one: tuple[Order, Mapping[JobDigest, Outcome]]) -> Delivery:
            order, outcomes = one
            name = order.path.name
            go_on()

            def listen(event: CutEvent) -> None:
                go_on()
                shown.film(name, event)

            made = deliver(order, outcomes, room, listen)
            if isinstance(made, Delivered):
                shown.film(name, None)
            return made

        if way.max_parallel == 1:
            # In this thread, the only one that hears Ctrl-C: a film ends at its next frame.
            return tuple(map(make, work))
        with ThreadPoolExecutor(way.max_parallel) as pool:
            try:
                return tuple(pool.map(make, work))
            except KeyboardInterrupt:
                left.set()
                raise


def exit_code(rendering: Rendering, ending: Ending) -> Exit:
    """Return the code that says what matters most about a run."""
    outcomes = rendering.outcomes.values()
    if ending.interrupted:
        return Exit.INTERRUPTED
    if any(isinstance(one, Unknown) for one in outcomes):
        return Exit.UNKNOWN
    if any(isinstance(one, Refused | Skipped) for one in outcomes):
        return Exit.FAILED
    if any(isinstance(one, Undelivered) for one in rendering.films):
        return Exit.ENVIRONMENT
    return Exit.OK
