"""A plan to JSON, version 1 (`schemas/plan-1.schema.json`)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import assert_never

from storyboard.jobs import (
    ClipJob,
    FrameRef,
    Job,
    JobDigest,
    JobId,
    Json,
    PickedShot,
    VoiceJob,
    shown,
)
from storyboard.model import Asset, LocalFile, ShotName, Url, Usd, exact, total
from storyboard.plan.planned import Film, Plan, PlannedJob
from storyboard.plan.shares import FilmCost, film_costs
from storyboard.plan.sound_cost import unasked_sound

_MICROSECOND = 6


def to_json(plan: Plan) -> dict[str, Json]:
    """Write a plan for programs.

    Money is exact decimal text, seconds of jobs are whole numbers; the timeline's are a number,
    rounded to a microsecond, added up over the variations.
    """
    names = {one.job.digest: one.job.id for one in plan.jobs}
    lengths = {film.variation: film.seconds for film in plan.films}
    return {
        "version": 1,
        "jobs": [_job(one, names) for one in plan.jobs],
        "films": [
            _film(film, cost, names)
            for film, cost in zip(plan.films, film_costs(plan), strict=True)
        ],
        "total": _sum((one.job, len(one.takes)) for one in plan.jobs),
        "to_pay": _sum((one.job, one.missing) for one in plan.jobs),
        "to_retry": {"usd": exact(plan.to_retry)},
        "unasked_sound": {"usd": exact(unasked_sound(plan))},
        "timeline": {"seconds": _number(sum(lengths.values(), Fraction(0)))},
    }


def _job(one: PlannedJob, names: dict[JobDigest, JobId]) -> Json:
    job = one.job
    match job:
        case ClipJob():
            model, shots, seconds = job.model, [str(shot.name) for shot in job.shots], job.seconds
            after = [str(names[digest]) for digest in job.after if digest in names]
            begins = _begins(job.begins, names)
        case VoiceJob():
            model, shots, seconds, after, begins = "voice", [], 0, [], None
    return {
        "id": job.id,
        "digest": job.digest,
        "model": model,
        "endpoint": job.endpoint,
        "shots": [*shots],
        "after": [*after],
        "begins_with": begins,
        "seconds": seconds,
        "state": one.state.value,
        "reason": one.reason,
        "takes": [
            {"number": take.number, "state": take.state.value, "reason": take.reason}
            for take in one.takes
        ],
        "cost": {"usd": exact(job.cost)},
        "arguments": shown(job.body),
    }


def _film(film: Film, cost: FilmCost, names: dict[JobDigest, JobId]) -> Json:
    return {
        "variation": film.variation,
        "outputs": [*film.outputs],
        "seconds": _number(film.seconds),
        "jobs": [str(names[digest]) for digest in film.jobs],
        "picks": [
            _pick(name, pick, is_current=is_current)
            for picks, is_current in ((film.picks.current, True), (film.picks.stale, False))
            for name, pick in picks.items()
        ],
        "cost": {
            "own": {"usd": exact(cost.own)},
            "shared": {"usd": exact(cost.shared)},
            "share": {"usd": exact(cost.share)},
        },
    }


def _pick(shot: ShotName, pick: PickedShot, *, is_current: bool) -> Json:
    return {
        "shot": str(shot),
        "take": pick.number,
        "clip": pick.clip,
        "job": pick.job,
        "at": _number(pick.at),
        "used": _number(pick.used),
        "is_current": is_current,
    }


def _begins(frame: Asset | FrameRef | None, names: Mapping[JobDigest, JobId]) -> Json:
    match frame:
        case LocalFile(path=path):
            return {"picture": path}
        case Url(address):
            return {"picture": address}
        case FrameRef(job=digest, clip=str() as clip):
            return {"last_frame_of": names.get(digest), "clip": clip}
        case FrameRef(job=digest):
            return {"last_frame_of": names.get(digest)}
        case None:
            return None
        case _:
            assert_never(frame)


def _sum(jobs: Iterable[tuple[Job, int]]) -> Json:
    """Add up jobs, each as often as it says."""
    every = tuple(jobs)
    seconds = sum(job.seconds * count for job, count in every if isinstance(job, ClipJob))
    return {"usd": exact(total(Usd(job.cost * count) for job, count in every)), "seconds": seconds}


def _number(time: Fraction) -> int | float:
    return int(time) if time.denominator == 1 else round(float(time), _MICROSECOND)
