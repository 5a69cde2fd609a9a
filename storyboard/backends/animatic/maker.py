"""The local backend: jobs to clips that are drawn on this machine, for nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.backends.animatic.clip import AnimaticClip, recipe
from storyboard.backends.animatic.job_clip import Board, from_job
from storyboard.backends.animatic.write import draw_clip
from storyboard.jobs import ClipJob, Job, JobDigest
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

    @property
    def suffix(self) -> str:
        """The suffix of its clips."""
        return ".mp4"

    def recipe(self, job: ClipJob) -> str:
        """Return a digest of all that decides the clip's picture and sound, as hex digits."""
        return recipe(self.clip(job))

    def draw(self, job: ClipJob, out: Path, told: Callable[[float], None]) -> None:
        """Write the clip to `out`, telling the part that is done; may be called in any thread."""
        draw_clip(self.clip(job), out, told)

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
