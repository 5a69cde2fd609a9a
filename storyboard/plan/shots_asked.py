"""Say what each shot of a job asks for by itself, for those who record a request."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from storyboard.jobs import ClipJob, JobDigest, ShotDigest, digest_of_shot
from storyboard.model import AspectRatio, Fit, PromptShot
from storyboard.plan.planned import Film, Wanted


@dataclass(slots=True)
class ShotsAsked:
    """The films of a plan, asked for the digests of the shots of one job at a time.

    A digest takes time, and most jobs are never sent: each is computed when it is asked for.
    """

    films: Iterable[Film]
    _by_job: dict[JobDigest, tuple[Film, ClipJob]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_job = {}
        for film in self.films:
            for job in film.clips:
                self._by_job.setdefault(job.digest, (film, job))

    def of_job(self, digest: JobDigest) -> tuple[ShotDigest, ...] | None:
        """Return what the shots of a job ask for, in their order; None if no film has the job.

        Of several films with the job it is the first, after whose shots the plan names them.
        """
        if digest not in self._by_job:
            return None
        film, job = self._by_job[digest]
        return tuple(_digests(film, job))


def _digests(film: Film, job: ClipJob) -> Iterator[ShotDigest]:
    board, ratio = film.storyboard, rendered_ratio(film)
    names = {shot.name for shot in job.shots}
    asked = {
        shot.name: shot
        for shot in board.shots
        if shot.name in names and isinstance(shot, PromptShot)
    }
    yield from (digest_of_shot(asked[shot.name], board, ratio) for shot in job.shots)


def rendered_ratio(film: Film | Wanted) -> AspectRatio | None:
    """Return the ratio that the shots of a film are rendered at again; None for their own."""
    again = (one for one in film.storyboard.outputs if one.fit is Fit.RENDER)
    return next((one.format.aspect_ratio for one in again if one.name in film.outputs), None)
