"""A plan into outcomes: what is in flight is taken up first, then what is ready is sent."""

import asyncio
from collections.abc import Callable, Mapping

from storyboard.catalogue import of_models
from storyboard.jobs import ClipJob, Job, JobDigest, longest_paths
from storyboard.plan import JobState, Plan, ShotsAsked, film_label
from storyboard.provider import Provider
from storyboard.render.budget import budget_of
from storyboard.render.draw import draw
from storyboard.render.event import Event, Outcome
from storyboard.render.ledger import Ledger
from storyboard.render.means import Means
from storyboard.render.pace import Pace
from storyboard.render.ports import Clock, Consent, GivenConsent, Limits, Maker, Pictures
from storyboard.render.run import Run
from storyboard.render.slots import Slots
from storyboard.render.strays import Strays, strays
from storyboard.render.take import taken_requests
from storyboard.store import Store, keep_catalogue, lives_of_takes, wanted_takes

_SETUP = 60
"""Seconds that any request takes besides its clip's length, roughly: it weighs chains by links."""


async def render(  # noqa: PLR0913 - each is a port or a bound that only the caller knows
    plan: Plan,
    *,
    backend: Maker | Provider,
    store: Store,
    listen: Callable[[Event], None],
    pictures: Pictures,
    limits: Limits | None = None,
    stop: asyncio.Event | None = None,
    consent: Consent | None = None,
    clock: Clock | None = None,
    account: str | None = None,
) -> Mapping[JobDigest, Outcome]:
    """Get every take that a plan wants, or the reason why not; each outcome is told as it comes.

    What is returned is for each job the outcome of the take that the film shows.

    `stop` set means: send nothing more, fetch what is finished, then return. Cancelling the call
    leaves at once, safely: whatever was sent is taken up by the next run. `account` is the label
    of the account that the backend asks with: requests of another one are left alone, and told.

    Raises:
        StoreProblem: where the store cannot be written; what was sent before is in the journal.
    """
    limits, stop = limits or Limits(), stop or asyncio.Event()
    if isinstance(backend, Maker):
        return draw(plan, backend, listen)
    ledger = Ledger(store)
    try:
        await ledger.read(lambda: _keep_catalogue(plan, store))
        counted = await ledger.read(store.journal.last)
        attempts = await ledger.read(store.journal.attempts)
        budget = budget_of(plan, limits.max_cost, attempts)
        takes = {
            one.job.digest: wanted_takes(one.job, attempts, store.is_there) for one in plan.jobs
        }
        paths = longest_paths((planned.job for planned in plan.jobs), _weight)
        means = Means(
            provider=backend,
            ledger=ledger,
            pictures=pictures,
            consent=consent or GivenConsent(),
            limits=limits,
            clock=clock or Clock(),
            listen=listen,
            stop=stop,
            slots=Slots(limits.concurrency),
            pace=Pace(limits.poll),
            budget=budget,
            priority=paths.__getitem__,
            films=_films(plan).__getitem__,
            asks=ShotsAsked(plan.films).of_job,
            takes=takes,
            taken=taken_requests(attempts, backend.facts),
            counted=counted,
            account=account,
        )
        lives = lives_of_takes(attempts)
        wanted = (take.key for some in takes.values() for take in some)
        beside = Strays(means, strays(lives, wanted))
        try:
            outcomes = await Run(means, lives).go()
            await beside.leave()
        finally:
            await beside.drop()
        return outcomes
    finally:
        await ledger.close()
        await backend.close()


def _weight(job: Job) -> int:
    return _SETUP + job.seconds if isinstance(job, ClipJob) else _SETUP


def _keep_catalogue(plan: Plan, store: Store) -> None:
    """Keep what the plan's requests are made by, before the first is sent."""
    if plan.catalogue is not None:
        asked = (one for one in plan.jobs if one.states - {JobState.RENDERED})
        endpoints = frozenset(one.job.endpoint for one in asked)
        for part in of_models(plan.catalogue, endpoints):
            keep_catalogue(store.layout, part)


def _films(plan: Plan) -> Mapping[JobDigest, tuple[str, ...]]:
    names: dict[JobDigest, dict[str, None]] = {one.job.digest: {} for one in plan.jobs}
    for film in plan.films:
        name = film_label(film.variation, film.storyboard)
        for job in film.jobs:
            names.setdefault(job, {})[name] = None
    return {job: tuple(films) for job, films in names.items()}
