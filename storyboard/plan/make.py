"""The jobs of all films and a view of the store, to the plan: each distinct job once."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from storyboard.catalogue import Catalogue
from storyboard.jobs import ClipJob, Job, JobDigest, JobId, VoiceJob
from storyboard.model import Usd, total
from storyboard.plan.held_back import blocked
from storyboard.plan.length import film_seconds
from storyboard.plan.planned import Film, JobState, Plan, StoreView, Wanted
from storyboard.plan.reason import block, judge_of


def plan(
    films: Sequence[Wanted],
    view: StoreView,
    among: Sequence[Wanted] = (),
    catalogue: Catalogue | None = None,
) -> Plan:
    """Plan all films together.

    A job that several films or scenes ask for stands in the plan once; every job stands after
    those it needs. A voice whose clips are all rendered is left out unless it is kept already:
    nothing would be made with it. `among` are all the films there are, where these were chosen
    from more: a job has the same name whatever is chosen, and they share a budget. `catalogue` is
    what new jobs are asked by; it knows the words for what has changed.
    """
    needless = _needless(films, view)
    names = _names(among or films)
    jobs: dict[JobDigest, Job] = {}
    for film in films:
        for job in film.jobs:
            if job.digest not in jobs and job.digest not in needless:
                name = names.get(job.digest, job.id)
                jobs[job.digest] = job if name == job.id else replace(job, id=name)
    judge = judge_of(among or films, view, catalogue or Catalogue((), ()))
    judged = {job.digest: judge.judge(job) for job in jobs.values()}
    waiting = {digest for digest, one in judged.items() if one.to_pay}
    without = ((view.held - view.refetched) | view.left) & judged.keys()
    held = blocked(jobs.values(), waiting, without)
    planned = tuple(
        block(one, judged[held[digest]]) if digest in held else one
        for digest, one in judged.items()
    )
    costs = {digest: one.job.cost for digest, one in judged.items()}
    to_pay = total(costs[digest] for digest in waiting - held.keys())
    waiting |= {digest for digest, one in judged.items() if one.state is JobState.FAILED}
    retried = waiting - blocked(jobs.values(), waiting, view.left & judged.keys()).keys()
    return Plan(
        jobs=planned,
        films=tuple(_film(film, needless) for film in films),
        total=total(costs.values()),
        to_pay=to_pay,
        among=_by_storyboard(among),
        catalogue=catalogue,
        to_retry=Usd(total(costs[digest] for digest in retried) - to_pay),
    )


def _by_storyboard(films: Iterable[Wanted]) -> dict[str, frozenset[JobDigest]]:
    found: dict[str, set[JobDigest]] = {}
    for film in films:
        found.setdefault(film.storyboard.name, set()).update(job.digest for job in film.jobs)
    return {name: frozenset(jobs) for name, jobs in found.items()}


def _film(film: Wanted, needless: frozenset[JobDigest]) -> Film:
    digests = dict.fromkeys(job.digest for job in film.jobs if job.digest not in needless)
    return Film(
        variation=film.variation,
        storyboard=film.storyboard,
        outputs=film.outputs,
        jobs=tuple(digests),
        seconds=film_seconds(film.storyboard),
        clips=tuple(job for job in film.jobs if isinstance(job, ClipJob)),
    )


def _needless(films: Iterable[Wanted], view: StoreView) -> frozenset[JobDigest]:
    every = [job for film in films for job in film.jobs]
    kept = view.paid
    needed = {
        digest
        for job in every
        if isinstance(job, ClipJob) and job.digest not in view.rendered
        for digest in job.after
    }
    return frozenset(
        job.digest
        for job in every
        if isinstance(job, VoiceJob) and job.digest not in needed and job.digest not in kept
    )


def _names(films: Iterable[Wanted]) -> dict[JobDigest, JobId]:
    """Name each job as the first film that needs it does.

    Where variations have different jobs of one name, each bears the name of its variation too.
    """
    every = [(film.variation, job.id, job.digest) for film in films for job in film.jobs]
    owners: dict[JobId, dict[JobDigest, str | None]] = {}
    for variation, name, digest in every:
        owners.setdefault(name, {}).setdefault(digest, variation)
    several = {name for name, found in owners.items() if len(set(found.values())) > 1}
    names: dict[JobDigest, JobId] = {}
    taken: set[JobId] = set()
    for variation, name, digest in every:
        if digest not in names:
            tag = f" [{variation}]" if name in several and variation is not None else ""
            names[digest] = _free(f"{name}{tag}", taken)
            taken.add(names[digest])
    return names


def _free(name: str, taken: AbstractSet[JobId]) -> JobId:
    numbers = range(2, len(taken) + 3)
    tried = chain((name,), (f"{name} ({number})" for number in numbers))
    return next(one for one in map(JobId, tried) if one not in taken)
