"""Get the clips that the films of a production are cut from: rendered, drawn, or kept."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace

from storyboard.delivery import Order, ShownClips
from storyboard.model import NOTHING, Clip, ClipDigest, Output
from storyboard.plan import NEW_ACCOUNT, estimate
from storyboard.provider import account_label
from storyboard.render import kept
from storyboard.session.backend_choice import PROVIDERS, Backend
from storyboard.session.drawn_outputs import Drawing, drawing, drawn_size, further_drawings
from storyboard.session.errors import store_errors
from storyboard.session.listener import JobsBegun, JobsEnded, Listener, unheard
from storyboard.session.open_backend import opened
from storyboard.session.picked_clips import picked_of
from storyboard.session.production import Production
from storyboard.session.run_jobs import (
    Entrance,
    FilmsAhead,
    JobRun,
    RunOptions,
    RunResult,
    run_jobs,
)
from storyboard.session.stop_handle import StopHandle
from storyboard.store import Store


@dataclass(frozen=True, slots=True)
class Clips:
    """What became of every job; `drawn` are clips drawn for some outputs of an animatic.

    `picked` are the clips that were picked, as far as they are there.
    """

    plain: RunResult
    drawn: Mapping[Drawing, RunResult] = field(default_factory=dict)
    picked: Mapping[ClipDigest, Clip] = field(default_factory=dict)

    def of(self, order: Order) -> ShownClips:
        """Return what a film is cut from."""
        run = self.drawn.get(drawing(order.film.storyboard, order.output), self.plain)
        return ShownClips(run.outcomes, self.picked)

    @property
    def interrupted(self) -> bool:
        """Tell whether somebody wanted the run to end early."""
        return any(one.interrupted for one in (self.plain, *self.drawn.values()))


def get_clips(
    production: Production,
    options: RunOptions | None = None,
    environment: Mapping[str, str] = os.environ,
    listen: Listener = unheard,
    stop: StopHandle | None = None,
) -> Clips:
    """Get every job's result from the production's backend; without one, take those that are kept.

    It runs an event loop of its own.

    Raises:
        SetupError: if the store or the backend cannot be used.
    """
    asked = replace(options or RunOptions(), account=_account(production, environment))
    run = _Run(production, asked, listen, stop or StopHandle(), picked_of(production))
    if production.choice.backend is Backend.NONE:
        with run.step(None) as store:
            outcomes, further = kept(production.plan, store)
            return Clips(RunResult(outcomes, run.stop.stopped, further), picked=run.picked)
    plain = run.jobs(opened(production, environment, listen))
    if production.choice.backend is not Backend.ANIMATIC or plain.interrupted:
        return Clips(plain, picked=run.picked)
    return Clips(plain, dict(_drawn(run)))


def _account(production: Production, environment: Mapping[str, str]) -> str | None:
    return account_label(environment, production.compiled.settings.account)


@dataclass(frozen=True, slots=True)
class _Run:
    production: Production
    options: RunOptions
    listen: Listener
    stop: StopHandle
    picked: Mapping[ClipDigest, Clip]

    def jobs(self, entrance: Entrance, output: Output | None = None) -> RunResult:
        """Run every job once."""
        made = self.production
        with self.step(output) as store:
            run = JobRun(made.plan, store, self.options, self.listen, self.stop)
            films = FilmsAhead(made.orders, made.room, self.picked)
            return asyncio.run(run_jobs(run, entrance, films))

    @contextmanager
    def step(self, output: Output | None) -> Iterator[Store]:
        """Open the store for a step that is told of."""
        made = self.production
        with (
            store_errors(),
            Store.open(made.compiled.project, folder=made.choice.folder) as store,
        ):
            self.listen(self._begun(output))
            try:
                yield store
            finally:
                self.listen(JobsEnded())

    def _begun(self, output: Output | None) -> JobsBegun:
        plan, choice = self.production.plan, self.production.choice
        jobs = frozenset(one.job.digest for one in plan.jobs)
        further = {one.job.digest: len(one.further) for one in plan.jobs if one.further}
        if choice.backend is Backend.ANIMATIC:  # one drawing stands for all takes
            further = {}
        seconds = 0
        if choice.backend in PROVIDERS and plan.catalogue is not None:
            at_once = self.options.limits.concurrency or NEW_ACCOUNT
            seconds = estimate(plan, at_once, plan.catalogue)
        return JobsBegun(jobs, output, plan.to_pay if choice.charges else NOTHING, seconds, further)


def _drawn(run: _Run) -> Iterator[tuple[Drawing, RunResult]]:
    """Draw the clips of outputs that those of the storyboard's ratio are not for."""
    from storyboard.backends.animatic import animatic  # noqa: PLC0415 -- only when used

    plan, project = run.production.plan, run.production.compiled.project
    for wanted, output in further_drawings(plan):
        maker = animatic(plan, project, drawn_size(wanted, output), wanted.fit)
        result = run.jobs(nullcontext(maker), output)
        yield wanted, result
        if result.interrupted:
            return
