"""One shot to a job of its own, whatever it is packed with."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from storyboard.catalogue import Catalogue
from storyboard.diagnostics import Result
from storyboard.jobs.choose import Entry
from storyboard.jobs.job import FrameRef, Job, JobDigest
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.packing import assemble, makers
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.scene import PackedScene, realised, refused
from storyboard.jobs.words import Cast
from storyboard.model import AspectRatio, Pack, PromptShot, Scene, Storyboard


def begins_with_frame(shot: PromptShot, storyboard: Storyboard, catalogue: Catalogue) -> bool:
    """Tell whether a job of this shot alone begins with a frame of what is before it in its scene.

    It does if its scene is a chain, or if no endpoint renders it without a picture; not if it has a
    picture of its own, or nothing is before it.
    """
    offers, place = _offers(shot, storyboard, catalogue, frozenset(), None, later=True)
    return offers.entry(place) is Entry.CHAINED and _is_later(shot, storyboard)


def pack_alone(  # noqa: PLR0913, PLR0917 -- what a request is made of comes from six places
    shot: PromptShot,
    storyboard: Storyboard,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None = None,
    frame: FrameRef | None = None,
) -> Result[tuple[Job, ...]]:
    """Return the job of a shot alone, and before it those of its voices.

    `frame` is what it begins with if it begins with a frame; without one it begins as the first
    shot of a scene does. A shot that is shorter than any length that the endpoint renders is asked
    longer. An error says why no request can be made of it.
    """
    later = frame is not None
    offers, place = _offers(shot, storyboard, catalogue, rendered, aspect_ratio, later=later)
    request = offers.get(place, place + 1)
    if isinstance(request, Refusal):
        return Result(None, (refused(offers, place),))
    made = realised(offers, (place, place + 1), request, frame)
    job = replace(made, why="the shot is asked for alone")
    return assemble(storyboard, [PackedScene((job,), ())], makers(catalogue, ()))


def _offers(  # noqa: PLR0913 -- as above
    shot: PromptShot,
    storyboard: Storyboard,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    ratio: AspectRatio | None,
    *,
    later: bool,
) -> tuple[Offers, int]:
    """Return the offers of a scene with this shot alone, and its place; `later` behind another."""
    task = Task(
        shots=(shot, shot) if later else (shot,),
        breaks=(),
        pack=Pack.SCENE,
        continuity=_scene(shot, storyboard).continuity,
        cast=Cast(storyboard.elements, storyboard.voices),
        catalogue=catalogue,
        rendered=rendered,
        ratio=ratio,
    )
    return Offers(task), len(task.shots) - 1


def _scene(shot: PromptShot, storyboard: Storyboard) -> Scene:
    return next(scene for scene in storyboard.scenes if shot in scene.shots)


def _is_later(shot: PromptShot, storyboard: Storyboard) -> bool:
    first = next(one for one in _scene(shot, storyboard).shots if isinstance(one, PromptShot))
    return first.name != shot.name
