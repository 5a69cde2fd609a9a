"""The jobs of all films and a view of the store, to the plan: each distinct job once."""

from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain

from storyboard.catalogue import Catalogue
from storyboard.jobs import ClipJob, Job, JobDigest, JobId, VoiceJob
from storyboard.model import ClipDigest, Usd, total
from storyboard.plan.held_back import blocked
from storyboard.plan.length import film_seconds
from storyboard.plan.planned import (
    Film,
    JobState,
    KnownTake,
    Plan,
    PlannedJob,
    StoreView,
    Wanted,
)
from storyboard.plan.reason import Judge, block, judge_of


def plan(
    films: Sequence[Wanted],
    view: StoreView,
    among: Sequence[Wanted] = (),
    catalogue: Catalogue | None = None,
    absent: Collection[ClipDigest] = (),
) -> Plan:
    """Plan all films together.

    A job that several films or scenes ask for stands in the plan once, with as many takes as the
    one that wants most; every job stands after
    those it needs. A voice whose clips are all rendered is left out unless it is kept already:
    nothing would be made with it. `among` are all the films there are, where these were chosen
    from more: a job has the same name whatever is chosen, and they share a budget. `catalogue` is
    what new jobs are asked by; it knows the words for what has changed. `absent` are picked
    clips that the store does not have: what goes on from a frame of one is held back.
    """
    wanted = _distinct(films)
    judge = judge_of(among or films, view, catalogue or Catalogue((), ()))
    needless = _needless(wanted.values(), judge)
    names = _names(among or films)
    jobs = {
        digest: replace(job, id=names.get(digest, job.id))
        for digest, job in wanted.items()
        if digest not in needless
    }
    judged = {digest: judge.judge(job) for digest, job in jobs.items()}
    waiting = {digest for digest, one in judged.items() if one.missing}
    left = {digest for digest, one in judged.items() if one.state is JobState.LEFT}
    without = left | {digest for digest in judged if _has_failed(judge.takes(jobs[digest])[0][1])}
    held = blocked(jobs.values(), waiting, without, absent)
    planned = tuple(
        block(one, judged[held[digest]]) if digest in held else one
        for digest, one in judged.items()
    )
    to_pay = total(judged[digest].to_pay for digest in waiting - held.keys())
    waiting |= {digest for digest, one in judged.items() if _failed(one)}
    retried = waiting - blocked(jobs.values(), waiting, left, absent).keys()
    again = total(
        Usd(one.to_pay + one.job.cost * _failed(one)) for one in map(judged.__getitem__, retried)
    )
    return Plan(
        jobs=planned,
        films=tuple(_film(film, needless) for film in films),
        total=total(one.cost for one in judged.values()),
        to_pay=to_pay,
        among=_by_storyboard(among),
        catalogue=catalogue,
        to_retry=Usd(again - to_pay),
        charged=view.charged,
        absent=frozenset(absent),
    )


def _distinct(films: Iterable[Wanted]) -> dict[JobDigest, Job]:
    """Return each job once, with as many takes as the film that wants most."""
    jobs: dict[JobDigest, Job] = {}
    for film in films:
        for job in film.jobs:
            known = jobs.setdefault(job.digest, job)
            if isinstance(known, ClipJob) and job.takes > known.takes:
                former = max(known.former, job.former, key=len)
                jobs[job.digest] = replace(known, takes=job.takes, former=former)
    return jobs


def _has_failed(take: KnownTake) -> bool:
    """Tell whether a take has no result, and gets none unless it is sent again."""
    return take.state is JobState.FAILED and not take.refetched


def _failed(one: PlannedJob) -> int:
    return sum(take.state is JobState.FAILED for take in one.takes)


def _by_storyboard(films: Iterable[Wanted]) -> dict[str, frozenset[JobDigest]]:
    found: dict[str, set[JobDigest]] = {}
    for film in films:
        jobs = (digest for job in film.jobs for digest in (job.digest, *job.former))
        found.setdefault(film.storyboard.name, set()).update(jobs)
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
        picks=film.picks,
    )


def _needless(jobs: Collection[Job], judge: Judge) -> frozenset[JobDigest]:
    """Find voices that nothing would be made with: all takes of their clips are rendered."""
    needed = {
        digest
        for job in jobs
        if isinstance(job, ClipJob) and not _is_complete(judge.takes(job))
        for digest in job.after
    }
    return frozenset(
        job.digest
        for job in jobs
        if isinstance(job, VoiceJob)
        and job.digest not in needed
        and job.digest not in judge.view.paid
    )


def _is_complete(takes: Iterable[tuple[int, KnownTake]]) -> bool:
    return all(one.state is JobState.RENDERED for _, one in takes)


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
