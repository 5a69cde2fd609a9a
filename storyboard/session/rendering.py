"""Render and cut a storyboard in one call; what costs money only as it was agreed to."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from storyboard.cut import CutOptions
from storyboard.delivery import Delivery
from storyboard.model import Usd
from storyboard.pipeline import Ask
from storyboard.plan import Plan, SavedPlan
from storyboard.render import GivenConsent, Limits
from storyboard.report import Rendering
from storyboard.session.agreement import amount_due, within_bounds
from storyboard.session.backend_choice import CHOICES, Backend, settled
from storyboard.session.clips import get_clips
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.errors import AgreementError, AskError
from storyboard.session.films import cut_films
from storyboard.session.kept_films import films_folder, timelines
from storyboard.session.listener import Listener, unheard
from storyboard.session.lock_record import Record, record_run
from storyboard.session.open_backend import ready, responsible
from storyboard.session.production import Production, produce
from storyboard.session.quote import agrees
from storyboard.session.rehearsal import installed, readable
from storyboard.session.run_jobs import RunOptions
from storyboard.session.stop_handle import StopHandle
from storyboard.store import FailedJobs


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """Who renders, how, and where films go: `build/` beside the storyboard if `out` is None.

    `retry_failed` and `resubmit_unknown` agree beforehand that jobs are sent again that may have
    been charged. `scenario` is a file of faults for `Backend.EMULATOR`. `environment` has the
    provider's key: `FAL_KEY`.
    """

    backend: Backend = Backend.FAL
    out: Path | None = None
    cut: CutOptions = field(default_factory=CutOptions)
    concurrency: int | None = None
    max_parallel: int = 1
    fail_fast: bool = False
    retry_failed: bool = False
    resubmit_unknown: bool = False
    scenario: Path | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


def render_storyboard(  # noqa: PLR0913, PLR0917 -- what is agreed to is named by itself
    ask: Ask,
    agreed: SavedPlan | str | None = None,
    max_cost: Usd | None = None,
    options: RenderOptions | None = None,
    listen: Listener = unheard,
    stop: StopHandle | None = None,
) -> Rendering:
    """Render what is not rendered yet, and cut the films.

    A backend that takes money, real or rehearsed, needs the plan that was agreed to, or its
    fingerprint, and the most that this run may cost, in US dollars: both are compared before
    anything is sent, and no request is sent that would pass `max_cost`. An animatic needs neither.
    Once `stop` is used there are no films, only the outcomes so far. What was paid for, or
    rehearsed, is written into the lock; `Rendering.lock` tells what became of that.

    It runs an event loop of its own: from within another one, call it in a thread.

    Raises:
        AgreementError: if there is no agreement, if the plan has changed, or if it costs more.
        MistakesError: if the storyboard has errors.
        AskError: if what is asked for does not fit together.
        SetupError: if the key, the store or a package is not as needed.
    """
    options = options or RenderOptions()
    asked = CHOICES[options.backend]
    if asked.charges:
        _agreement(agreed, max_cost)
    _rehearsable(options)
    result = compiled(ask, asked)
    plan = plan_of(result)
    if agreed is not None:
        agrees(agreed, plan)
    choice = settled(asked, options.backend, plan)
    if choice.charges:
        responsible(choice, plan, result.catalogue)
        ready(choice, options.environment)
        _affordable(plan, result.project / choice.folder, max_cost, options)
    made = produce(result, plan, choice, options.out or films_folder(ask), options.cut)
    record = partial(record_run, ask, asked, result, plan)
    return _made(replace(made, scenario=options.scenario), record, max_cost, options, listen, stop)


def cut_storyboard(
    ask: Ask,
    options: CutOptions | None = None,
    out: Path | None = None,
    listen: Listener = unheard,
) -> Rendering:
    """Cut the films again from the clips that are kept; nothing is rendered, drawn or paid.

    A shot without a clip has a slate.

    Raises:
        MistakesError: if the storyboard has errors.
        SessionError: if its files or the store cannot be read.
    """
    asked = CHOICES[Backend.NONE]
    result = compiled(ask, asked)
    folder = out or films_folder(ask)
    made = produce(result, plan_of(result), asked, folder, options or CutOptions()).cut_anew()
    return _made(made, lambda _: None, None, RenderOptions(Backend.NONE), listen, None)


def _agreement(agreed: SavedPlan | str | None, max_cost: object) -> None:
    """Make sure that somebody agreed to a plan and a price, before anything else is done."""
    if not agreed or max_cost is None:
        raise AgreementError(
            "rendering costs money, and nobody agreed to it; nothing was sent",
            "look at plan_storyboard(ask); pass its fingerprint as `agreed`, and `max_cost`",
        )
    if not isinstance(max_cost, Decimal) or not max_cost.is_finite() or max_cost < 0:
        raise AgreementError(
            f"max_cost is {max_cost!r}, and has to be an amount of US dollars",
            'pass a Decimal that is not negative, such as Usd(Decimal("8.40"))',
        )


def _affordable(plan: Plan, store: Path, max_cost: Usd | None, options: RenderOptions) -> None:
    failed = FailedJobs.RETRY if options.retry_failed else FailedJobs.LEAVE
    within_bounds(amount_due(plan, store, max_cost, failed), plan, max_cost, "max_cost")


def _rehearsable(options: RenderOptions) -> None:
    if options.backend is Backend.EMULATOR:
        installed()
        if options.scenario is not None:
            readable(options.scenario)
    elif options.scenario is not None:
        raise AskError("a scenario is for Backend.EMULATOR; nothing was sent", "leave it out")


def _made(  # noqa: PLR0913, PLR0917 -- as above
    made: Production,
    record: Record,
    max_cost: Usd | None,
    options: RenderOptions,
    listen: Listener,
    stop: StopHandle | None,
) -> Rendering:
    """Get the clips of a production, record what came of it, and cut its films."""
    consent = GivenConsent(options.resubmit_unknown, options.retry_failed)
    run = RunOptions(
        Limits(options.concurrency, max_cost, made.choice.lost_after),
        lambda _: consent,
        options.fail_fast,
    )
    clips = get_clips(made, run, options.environment, listen, stop)
    news = record(clips.plain.outcomes)
    films: tuple[Delivery, ...] = ()
    if not clips.interrupted:
        laid_out = timelines(made, clips)
        films = cut_films(laid_out, len(made.orders), made.room, listen, options.max_parallel)
    return Rendering(
        made.plan,
        made.choice.backend.value,
        clips.plain.outcomes,
        films,
        clips.plain.further,
        news,
    )
