"""A plan to the rows of a table: what is asked, used, there, and to pay, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from storyboard.jobs import ClipJob, FrameRef, JobDigest, JobId
from storyboard.model import Asset, LocalFile, Url, clock, figures
from storyboard.plan.planned import JobState, Plan, PlannedJob


@dataclass(frozen=True, slots=True)
class Row:
    """One job, in words. `unused` are seconds paid for and cut off, `price` is in US dollars.

    `begins` is what its clip begins with: a picture, the last frame of another job, or words alone.
    """

    job: str
    shots: str
    asked: str
    used: str
    unused: str
    state: JobState
    reason: str
    why: str
    price: str
    begins: str = ""


def rows(plan: Plan) -> tuple[Row, ...]:
    """Return a row for each job of the plan."""
    used = _used(plan)
    prices = figures(one.job.cost for one in plan.jobs)
    names = {one.job.digest: one.job.id for one in plan.jobs}
    return tuple(
        _row(one, used, price, names) for one, price in zip(plan.jobs, prices, strict=True)
    )


def _row(
    one: PlannedJob, used: dict[JobDigest, Fraction], price: str, names: dict[JobDigest, JobId]
) -> Row:
    job = one.job
    if not isinstance(job, ClipJob):
        return Row(job.id, "", "", "", "", one.state, one.reason, "", price)
    shown = used.get(job.digest, Fraction(0))
    return Row(
        job=job.id,
        shots=str(len(job.shots)),
        asked=f"{job.seconds}s",
        used=clock(shown),
        unused=clock(job.seconds - shown) if shown < job.seconds else "",
        state=one.state,
        reason=one.reason,
        why=job.why,
        price=price,
        begins=_begins(job.begins, names),
    )


def _begins(frame: Asset | FrameRef | None, names: Mapping[JobDigest, JobId]) -> str:
    match frame:
        case LocalFile(path=path):
            return path
        case Url(address):
            return address
        case FrameRef(job=digest):
            return f"last frame of {names.get(digest, 'another job')}"
        case None:
            return "words alone"
        case _:
            assert_never(frame)


def _used(plan: Plan) -> dict[JobDigest, Fraction]:
    """Return the most seconds that any film uses of a job."""
    used: dict[JobDigest, Fraction] = {}
    for clip in (clip for film in plan.films for clip in film.clips):
        seconds = sum((shot.used for shot in clip.shots), Fraction(0))
        used[clip.digest] = max(seconds, used.get(clip.digest, Fraction(0)))
    return used
