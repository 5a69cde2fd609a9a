"""A job and a view of the store, to the job's state and the reason for it in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.catalogue import Catalogue, completed
from storyboard.jobs import ClipJob, Job, JobDigest, VoiceJob
from storyboard.model import Storyboard
from storyboard.plan.choosing_takes import gathered, which_takes
from storyboard.plan.differences import Differences
from storyboard.plan.film_names import film_label
from storyboard.plan.planned import (
    JobState,
    KnownTake,
    PlannedJob,
    PlannedTake,
    StoreView,
    Wanted,
)

NEW = "new"
FURTHER = "a further take"
_OPEN = {
    JobState.UNKNOWN: "outcome unknown: it may have been paid for",
    JobState.LEFT: "a later version of storyboard has gone on with it; this one leaves it alone",
    JobState.IN_FLIGHT: "in flight: sent, not fetched yet",
}
_MOST = 3


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells what is known of jobs before a run. `films` say for each job which storyboard asks."""

    view: StoreView
    films: Mapping[JobDigest, tuple[Storyboard, Sequence[str]]]
    voices: Mapping[JobDigest, str]
    catalogue: Catalogue
    latest: Mapping[tuple[str, str], JobDigest]
    """By a film and a shot of it, the last request for it that nothing asks for any more."""

    def takes(self, job: Job) -> tuple[tuple[int, KnownTake], ...]:
        """Return the takes that are wanted of a job, by their numbers; the first is shown."""
        known = known_takes(job, self.view)
        numbers = which_takes({number: one.state for number, one in known.items()}, job.takes)
        return tuple(
            (number, known.get(number, KnownTake(number, JobState.TO_RENDER))) for number in numbers
        )

    def judge(self, job: Job) -> PlannedJob:
        """Tell what is known of a job and of each take that is wanted of it."""
        every = self.takes(job)
        first, *further = (
            PlannedTake(number, one.state, self._reason(job, one, leads=place == 0))
            for place, (number, one) in enumerate(every)
        )
        return PlannedJob(job, first.state, first.reason, first.number, tuple(further))

    def _reason(self, job: Job, take: KnownTake, *, leads: bool) -> str:
        """Say why a take is in its state; `leads` for the one that the film shows."""
        match take.state:
            case JobState.RENDERED:
                return f"rendered on {take.day.isoformat()}" if take.day else "rendered"
            case JobState.FAILED:
                again = "; it is asked for again first, for nothing" if take.refetched else ""
                return f"{take.failure}{again}"
            case JobState.UNKNOWN | JobState.LEFT | JobState.IN_FLIGHT:
                return _OPEN[take.state]
            case JobState.TO_RENDER if take.failure:
                return f"failed before: {take.failure}"
            case _:
                return self._why_not_there(job) if leads else FURTHER

    def _why_not_there(self, job: Job) -> str:
        earlier = self._earlier(job)
        if earlier is None:
            return NEW
        changed = self._changed(job, earlier)
        more = f"; and {len(changed) - _MOST} more" if len(changed) > _MOST else ""
        day = self.view.days.get(earlier)
        since = f"since {day.isoformat()}: " if day else ""
        return f"{since}{'; '.join(changed[:_MOST])}{more}"

    def _earlier(self, job: Job) -> JobDigest | None:
        """Find the request that was made in its place before."""
        named = self.view.earlier.get(job.id)
        if named is not None and named not in self.films:
            return named
        if isinstance(job, VoiceJob):
            return None
        _, films = self.films[job.digest]
        places = ((film, shot.name) for film in films for shot in job.shots)
        return next((self.latest[one] for one in places if one in self.latest), None)

    def _changed(self, job: Job, earlier: JobDigest) -> tuple[str, ...]:
        before = self.view.requested.get(earlier)
        if before is None:
            return ("what it asks for changed",)
        board, _ = self.films[job.digest]
        compared = Differences(board, self.catalogue, self.voices)
        match job:
            case VoiceJob():
                return compared.of_voice(job, before)
            case ClipJob():
                return compared.of_clip(job, before)


def judge_of(films: Iterable[Wanted], view: StoreView, catalogue: Catalogue) -> Judge:
    """Prepare to judge the jobs of films by what the store holds."""
    every = tuple(films)
    asking: dict[JobDigest, tuple[Storyboard, list[str]]] = {}
    for film in every:
        label = film_label(film.variation, film.storyboard)
        for job in film.jobs:
            asking.setdefault(job.digest, (film.storyboard, []))[1].append(label)
    voices = {
        job.digest: job.voice for film in every for job in film.jobs if isinstance(job, VoiceJob)
    }
    known = catalogue
    for one in view.catalogues:
        known = completed(known, one)
    former = {digest for film in every for job in film.jobs for digest in job.former}
    return Judge(view, asking, voices, known, dict(_latest(view, asking.keys() | former)))


def _latest(
    view: StoreView, wanted: Iterable[JobDigest]
) -> Iterator[tuple[tuple[str, str], JobDigest]]:
    asked = frozenset(wanted)
    for digest, before in view.requested.items():
        if digest not in asked:
            for film in before.films:
                yield from (((film, shot), digest) for shot in before.shots)


def known_takes(job: Job, view: StoreView) -> dict[int, KnownTake]:
    """Return what is known of the takes of a job, by their numbers."""
    found = gathered(job, view.takes)
    if job.digest not in view.takes and (state := _state(job.digest, view)) is not None:
        refetched = job.digest in view.refetched
        failure, day = view.failed.get(job.digest, ""), view.days.get(job.digest)
        found[1] = KnownTake(1, state, failure, refetched, day)
    return found


def _state(job: JobDigest, view: StoreView) -> JobState | None:
    """Return the state of a job of which no more is known than the sets of a view say."""
    known = (
        (view.rendered, JobState.RENDERED),
        (view.unknown, JobState.UNKNOWN),
        (view.left, JobState.LEFT),
        (view.held, JobState.FAILED),
        (view.in_flight, JobState.IN_FLIGHT),
        (view.failed, JobState.TO_RENDER),
    )
    return next((state for jobs, state in known if job in jobs), None)


def block(one: PlannedJob, root: PlannedJob) -> PlannedJob:
    """Hold back a job that builds, by however many others, on one that will have no result.

    The root may be the job itself: it goes on from a picked clip that is not there.
    """
    why = {JobState.FAILED: "failed", JobState.LEFT: "is left alone"}.get(root.state)
    reason = f"it builds on {root.job.id}, which {why or 'waits for a picked clip'}"
    if root.job is one.job:
        reason = "it goes on from a picked clip that is not in this store"
    first, *further = (
        PlannedTake(take.number, JobState.BLOCKED, reason)
        if take.state is JobState.TO_RENDER
        else take
        for take in one.takes
    )
    return PlannedJob(one.job, first.state, first.reason, first.number, tuple(further))
