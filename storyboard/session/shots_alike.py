"""Gather the shots of films that have one name and ask for the same, with the jobs that do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from storyboard.jobs import ClipJob, JobDigest, ShotDigest, ShotDigests
from storyboard.lock import AskedShot, ShotKind
from storyboard.model import AspectRatio, PromptShot, Seconds, ShotName
from storyboard.plan import Wanted, film_label, rendered_ratio

Film: TypeAlias = str | None
"""A film's variation; None if the storyboard has none."""


@dataclass(slots=True)
class ShotsAlike:
    """A shot as several films have it: of one name, asking for the same.

    `films` have each its present job, None where the shot has none: a take was picked for it.
    `labels` are the films' names in a journal. `jobs` are the present ones, once each, with the
    shot's place in it.
    """

    name: ShotName
    ratio: AspectRatio | None
    asks: ShotDigest
    duration: Seconds
    films: dict[Film, ClipJob | None] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    jobs: dict[JobDigest, tuple[ClipJob, int]] = field(default_factory=dict)

    def asked(self, film: Film) -> AskedShot:
        """Return the shot of a film as a lock knows it."""
        return AskedShot(self.name, ShotKind.PROMPT, self.asks, film, self.ratio)

    def add(self, film: Wanted, label: str, job: tuple[ClipJob, int] | None) -> None:
        """Add a film that has the shot."""
        self.labels[label] = None
        self.films[film.variation] = None if job is None else job[0]
        if job is not None:
            self.jobs.setdefault(job[0].digest, job)


def shots_alike(films: Iterable[Wanted], digests: ShotDigests) -> tuple[ShotsAlike, ...]:
    """Gather the shots of films; those of one name follow each other, as the films have them.

    `digests` are those that are known of the films.
    """
    found: dict[tuple[ShotName, AspectRatio | None], dict[ShotDigest, ShotsAlike]] = {}
    for film in films:
        board, ratio = film.storyboard, rendered_ratio(film)
        label, jobs = film_label(film.variation, board), _places(film)
        for shot in board.shots:
            if isinstance(shot, PromptShot):
                asks = digests.of(shot, board, ratio)
                named = found.setdefault((shot.name, ratio), {})
                if asks not in named:
                    named[asks] = ShotsAlike(shot.name, ratio, asks, shot.duration)
                named[asks].add(film, label, jobs.get(shot.name))
    return tuple(one for named in found.values() for one in named.values())


def _places(film: Wanted) -> dict[ShotName, tuple[ClipJob, int]]:
    return {
        shot.name: (job, place)
        for job in film.jobs
        if isinstance(job, ClipJob)
        for place, shot in enumerate(job.shots)
    }
