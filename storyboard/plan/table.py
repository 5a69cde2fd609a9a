"""A plan to the rows of a table: what is asked, used, there, and to pay, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from storyboard.jobs import ClipJob, FrameRef, JobDigest, JobId, take_name
from storyboard.model import Asset, LocalFile, Url, clock, figures
from storyboard.plan.planned import JobState, Plan, PlannedJob


@dataclass(frozen=True, slots=True)
class Row:
    """One take of a job, in words. `unused` are seconds paid for and cut off.

    `price` is in US dollars. `begins` is what its clip begins with: a picture, the last frame of
    another job, or words alone.
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
    """Return a row for each take of each job of the plan, the one that is shown first."""
    used = _used(plan)
    prices = figures(one.job.cost for one in plan.jobs)
    names = {one.job.digest: one.job.id for one in plan.jobs}
    return tuple(
        row
        for one, price in zip(plan.jobs, prices, strict=True)
        for row in _rows(one, used, price, names)
    )


def _rows(
    one: PlannedJob, used: dict[JobDigest, Fraction], price: str, names: dict[JobDigest, JobId]
) -> Iterator[Row]:
    """Write a job's takes; what the first row says of the job is not repeated."""
    job, (first, *further) = one.job, one.takes
    name = take_name(job.id, first.number)
    if not isinstance(job, ClipJob):
        yield Row(name, "", "", "", "", first.state, first.reason, "", price)
        return
    shown = used.get(job.digest, Fraction(0))
    asked = f"{job.seconds}s"
    yield Row(
        job=name,
        shots=str(len(job.shots)),
        asked=asked,
        used=clock(shown),
        unused=clock(job.seconds - shown) if shown < job.seconds else "",
        state=first.state,
        reason=first.reason,
        why=job.why,
        price=price,
        begins=_begins(job.begins, names),
    )
    for take in further:
        name = take_name(job.id, take.number)
        yield Row(name, "", asked, "", "", take.state, take.reason, "", price)


def _begins(frame: Asset | FrameRef | None, names: Mapping[JobDigest, JobId]) -> str:
    match frame:
        case LocalFile(path=path):
            return path
        case Url(address):
            return address
        case FrameRef(clip=str()):
            return "last frame of a picked clip"
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
