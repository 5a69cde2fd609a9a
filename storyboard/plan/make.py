"""The jobs of all films and a view of the store, to the plan: each distinct job once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storyboard.jobs.job import ClipJob, Job, JobDigest, JobId, VoiceJob
from storyboard.model.money import total
from storyboard.model.storyboard import Storyboard
from storyboard.plan.length import film_seconds
from storyboard.plan.plan import Film, JobState, Plan, StoreView
from storyboard.plan.reason import judge


@dataclass(frozen=True, slots=True)
class Wanted:
    """One film to be planned: what `pack` gave for a storyboard, and the outputs cut from it.

    Outputs with `fit: render` are wanted as films of their own, packed at their own ratio.
    `variation` is None where the storyboard has none.
    """

    variation: str | None
    storyboard: Storyboard
    outputs: tuple[str, ...]
    jobs: tuple[Job, ...]


def plan(films: Sequence[Wanted], view: StoreView) -> Plan:
    """Plan all films together.

    A job that several films or scenes ask for stands in the plan once, under the name that the
    first of them gives it; every job stands after those it needs. A voice whose clips are all
    rendered is left out unless it is kept already: nothing would be made with it.
    """
    needless = _needless(films, view)
    jobs: dict[JobDigest, Job] = {}
    names: set[JobId] = set()
    for film in films:
        for job in film.jobs:
            if job.digest not in jobs and job.digest not in needless:
                named = _named(job, film.variation, names)
                names.add(named.id)
                jobs[job.digest] = named
    planned = tuple(judge(job, view) for job in jobs.values())
    return Plan(
        jobs=planned,
        films=tuple(_film(film, needless) for film in films),
        total=total(one.job.cost for one in planned),
        to_pay=total(one.job.cost for one in planned if one.state is JobState.TO_RENDER),
    )


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
    kept = view.rendered | view.in_flight | view.unknown
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


def _named(job: Job, variation: str | None, taken: set[JobId]) -> Job:
    if job.id not in taken:
        return job
    base = f"{job.id} [{variation}]" if variation is not None else job.id
    names = (
        JobId(base if count == 1 else f"{base} ({count})") for count in range(1, len(taken) + 3)
    )
    return replace(job, id=next(name for name in names if name not in taken))
