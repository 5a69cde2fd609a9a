"""What became of takes, and what was picked, to what each shot of a film shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from storyboard.cut import ShotClip
from storyboard.jobs import JobDigest, JobShot, PickedShot
from storyboard.media import Drawn
from storyboard.model import Clip, ClipDigest, ShotName
from storyboard.plan import Film
from storyboard.render import Outcome, Refused, Rendered, Skipped, Unknown


@dataclass(frozen=True, slots=True)
class ShownClips:
    """What there is to show: what became of takes, and the clips that were picked.

    `outcomes` are of the takes that jobs show; `picked` has the picked clips that are in the store.
    """

    outcomes: Mapping[JobDigest, Outcome]
    picked: Mapping[ClipDigest, Clip] = field(default_factory=dict)


def shown_shots(film: Film, clips: ShownClips) -> dict[ShotName, ShotClip | str]:
    """Return what each shot of a film shows, or in words why nothing of it can be shown.

    A current pick comes first, then the take of the shot's job, then a pick for older words.
    """
    found: dict[ShotName, ShotClip | str] = {}
    for job in film.clips:
        for shot in job.shots:
            found[shot.name] = _of_job(job.digest, shot, clips)
    for name, pick in film.picks.current.items():
        found[name] = _of_pick(pick, clips)
    for name, pick in film.picks.stale.items():
        older = _of_pick(pick, clips)
        if isinstance(older, ShotClip) and not isinstance(found.get(name), ShotClip):
            found[name] = older
    return found


def _of_pick(pick: PickedShot, clips: ShownClips) -> ShotClip | str:
    clip = clips.picked.get(pick.clip)
    if clip is None:
        return f"take {pick.number} was picked, and its clip {pick.clip[:12]} is not here"
    return ShotClip(clip, pick.at)


def _of_job(job: JobDigest, shot: JobShot, clips: ShownClips) -> ShotClip | str:
    outcome = clips.outcomes.get(job)
    match outcome:
        case Rendered(clip=Clip() | Drawn() as clip):
            return ShotClip(clip, shot.start)
        case Rendered():
            return "it has no clip"
        case Refused(message=why) | Unknown(message=why) | Skipped(reason=why):
            return why
        case None:
            return "it is not rendered yet"
    assert_never(outcome)
