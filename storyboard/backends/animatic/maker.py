"""The local backend: jobs to clips that are drawn on this machine, for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.backends.animatic.clip import AnimaticClip
from storyboard.backends.animatic.drawing import drawn
from storyboard.backends.animatic.job_clip import Board, from_job
from storyboard.jobs import ClipJob, Job, JobDigest
from storyboard.media import Drawn
from storyboard.model import Fit, Size, Storyboard
from storyboard.plan import Plan


@dataclass(frozen=True, slots=True)
class Animatic:
    """Draws jobs. `boards` says which storyboard a job's words and pictures are from.

    A job that several films share is drawn with the first one's. `size` None is the storyboard's
    own; an output of another ratio may be drawn at its own size, which costs nothing here. `fit` is
    how outputs bring the clips into their ratio.
    """

    boards: Mapping[JobDigest, Storyboard]
    jobs: Mapping[JobDigest, Job]
    project: Path
    size: Size | None = None
    fit: Fit = Fit.CROP

    def drawn(self, job: ClipJob) -> Drawn:
        """Return the clip that stands for a job, to be drawn when it is shown."""
        return drawn(self.clip(job))

    def clip(self, job: ClipJob) -> AnimaticClip:
        """Return the clip that stands for a job."""
        board = Board(self.boards[job.digest], self.jobs, self.project, self.size, self.fit)
        return from_job(job, board)


def animatic(plan: Plan, project: Path, size: Size | None = None, fit: Fit = Fit.CROP) -> Animatic:
    """Make the backend for a plan; `project` is the folder that files' paths are relative to."""
    boards: dict[JobDigest, Storyboard] = {}
    for film in plan.films:
        for digest in film.jobs:
            boards.setdefault(digest, film.storyboard)
    return Animatic(boards, {one.job.digest: one.job for one in plan.jobs}, project, size, fit)
