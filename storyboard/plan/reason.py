"""A job and a view of the store, to the job's state and the reason for it in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.catalogue import Catalogue, completed
from storyboard.jobs import ClipJob, Job, JobDigest, VoiceJob
from storyboard.model import Storyboard
from storyboard.plan.differences import Differences
from storyboard.plan.film_names import film_label
from storyboard.plan.planned import JobState, PlannedJob, StoreView, Wanted

NEW = "new"
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

    def judge(self, job: Job) -> PlannedJob:
        """Tell what is known of a job."""
        view = self.view
        if job.digest in view.rendered:
            day = view.days.get(job.digest)
            said = f"rendered on {day.isoformat()}" if day else "rendered"
            return PlannedJob(job, JobState.RENDERED, said)
        if job.digest in view.unknown:
            return PlannedJob(job, JobState.UNKNOWN, "outcome unknown: it may have been paid for")
        if job.digest in view.left:
            later = "a later version of storyboard has gone on with it; this one leaves it alone"
            return PlannedJob(job, JobState.LEFT, later)
        if job.digest in view.held:
            return PlannedJob(job, JobState.FAILED, self._failure(job.digest))
        if job.digest in view.in_flight:
            return PlannedJob(job, JobState.IN_FLIGHT, "in flight: sent, not fetched yet")
        return PlannedJob(job, JobState.TO_RENDER, self._why_not_there(job))

    def _failure(self, job: JobDigest) -> str:
        refetched = job in self.view.refetched
        again = "; it is asked for again first, for nothing" if refetched else ""
        return f"{self.view.failed[job]}{again}"

    def _why_not_there(self, job: Job) -> str:
        if job.digest in self.view.failed:
            return f"failed before: {self.view.failed[job.digest]}"
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
    return Judge(view, asking, voices, known, dict(_latest(view, asking.keys())))


def _latest(
    view: StoreView, wanted: Iterable[JobDigest]
) -> Iterator[tuple[tuple[str, str], JobDigest]]:
    asked = frozenset(wanted)
    for digest, before in view.requested.items():
        if digest not in asked:
            for film in before.films:
                yield from (((film, shot), digest) for shot in before.shots)


def block(one: PlannedJob, root: PlannedJob) -> PlannedJob:
    """Hold back a job that builds, by however many others, on one that will have no result."""
    why = "failed" if root.state is JobState.FAILED else "is left alone"
    return PlannedJob(one.job, JobState.BLOCKED, f"it builds on {root.job.id}, which {why}")
