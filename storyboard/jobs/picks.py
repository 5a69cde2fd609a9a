"""What somebody has picked for shots: takes by their bytes, instead of what would be rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storyboard.jobs.job import FrameRef, JobDigest
from storyboard.model import ClipDigest, Seconds, ShotName


@dataclass(frozen=True, slots=True)
class PickedShot:
    """A take that was picked for a shot, and the part of its clip that is the shot.

    The shot is `used` seconds of the clip from `at` on. `job` is what was asked for it, `rendering`
    counts the takes of that job from 1 and is 0 for one of another store, `number` counts those of
    the shot: a label for people.
    """

    clip: ClipDigest
    job: JobDigest
    rendering: int
    number: int
    at: Seconds
    used: Seconds

    @property
    def last_frame(self) -> FrameRef:
        """The last frame that the film shows of it, for a job that goes on from the shot."""
        return FrameRef(self.job, self.at + self.used, self.rendering, self.clip)


@dataclass(frozen=True, slots=True)
class Picks:
    """The takes that were picked for the shots of one film.

    `current` were picked for what their shots ask for now: these are not rendered. `stale` were
    picked for what their shots asked for before: these are shown until the shots are rendered.
    """

    current: Mapping[ShotName, PickedShot] = field(default_factory=dict)
    stale: Mapping[ShotName, PickedShot] = field(default_factory=dict)


NO_PICKS = Picks()
