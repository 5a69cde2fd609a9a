"""Find what a pick costs: later shots that go on from a frame that it changes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from storyboard.jobs import ClipJob, FrameRef, references
from storyboard.model import Usd, total
from storyboard.pipeline import Compiled
from storyboard.plan import Film, JobState, PlannedJob, Wanted, rendered_ratio
from storyboard.session.shots_to_decide import OfferedShot


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a decision does to other shots.

    The clips of the shots `later` are no longer what these ask for; `jobs` render them again.
    """

    later: tuple[OfferedShot, ...] = ()
    jobs: tuple[PlannedJob, ...] = ()

    @property
    def cost(self) -> Usd:
        """What it costs to render the later shots again."""
        return total(one.job.cost for one in self.jobs)

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.later)


def may_have_any(films: Sequence[Wanted], shots: Collection[OfferedShot]) -> bool:
    """Tell whether a pick for shots can change what is asked for others.

    It can if a job goes on from the frame that the shot ends with, and if there is a pick that the
    shot's own job would come back for.
    """
    keys = {(one.asked.film, one.asked.ratio, one.asked.name) for one in shots}
    clips, jobs = set[str](), set[str]()
    for film in films:
        key = (film.variation, rendered_ratio(film))
        current = film.picks.current
        clips |= {one.clip for name, one in current.items() if (*key, name) in keys}
        for job in film.jobs:
            if isinstance(job, ClipJob) and (*key, job.shots[-1].name) in keys:
                jobs.add(job.digest)
    return any(
        isinstance(one, FrameRef) and (one.clip in clips if one.clip else one.job in jobs)
        for film in films
        for job in film.jobs
        for one in references(job.body)
    )


def consequences(
    before: Sequence[OfferedShot], after: Compiled, decided: Collection[str]
) -> Consequences:
    """Compare what films show before a decision with what is asked for after it.

    `decided` are the names of the shots that are decided for: what becomes of these is wanted.
    """
    if after.plan is None:
        return Consequences()
    shown = {
        (one.asked.film, one.asked.ratio, one.asked.name): one
        for one in before
        if one.shown is not None and one.seen is not None and one.name not in decided
    }
    open_ = {one.job.digest: one for one in after.plan.jobs if one.state is not JobState.RENDERED}
    later: dict[tuple[object, ...], OfferedShot] = {}
    jobs: dict[str, PlannedJob] = {}
    for film in after.plan.films:
        for key, job in _to_render(film):
            if key in shown and job.digest in open_:
                later[key] = shown[key]
                jobs[job.digest] = open_[job.digest]
    return Consequences(tuple(later.values()), tuple(jobs.values()))


def _to_render(film: Film) -> Iterator[tuple[tuple[object, ...], ClipJob]]:
    """Yield the shots of a film that show what their job makes."""
    ratio = rendered_ratio(film)
    for job in film.clips:
        for shot in job.shots:
            if shot.name not in film.picks.current:
                yield (film.variation, ratio, shot.name), job
