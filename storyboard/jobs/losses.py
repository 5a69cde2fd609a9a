"""Count what shots lose of their look in a request, of what their model could keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storyboard.catalogue import EndpointId, VideoEndpoint
from storyboard.jobs.choose import Entry
from storyboard.jobs.request import Request
from storyboard.jobs.words import Cast, described, holds


class Losses(NamedTuple):
    """How many shots lose their start frame, how many likenesses are lost, how many shots leave.

    A shot leaves if it goes to another endpoint than the scene's first shot of its model. What no
    endpoint of the model takes is not counted: no way to pack the scene could keep it.
    """

    start: int
    likeness: int
    endpoint: int

    def beyond(self, other: "Losses") -> "Losses":
        """Return what is lost here and not there."""
        return Losses(*(max(0, here - there) for here, there in zip(self, other, strict=True)))

    def __str__(self) -> str:
        """Name what is lost, in words."""
        named = (
            (self.start, "shot without its start frame", "shots without their start frame"),
            (self.likeness, "likeness put into words", "likenesses put into words"),
            (self.endpoint, "shot from another endpoint", "shots from another endpoint"),
        )
        return ", ".join(
            f"{count} {one if count == 1 else more}" for count, one, more in named if count
        )


NO_LOSSES = Losses(0, 0, 0)


@dataclass(frozen=True, slots=True)
class BestLook:
    """What the endpoints that some shots may go to could keep, one of them or another.

    `home` is the one that the first of these shots goes to, None if it can go to none. `likeness`
    are the endpoints, if they do not all hold the same.
    """

    home: EndpointId | None
    start: bool
    likeness: tuple[VideoEndpoint, ...]


def best_look(able: Sequence[VideoEndpoint], home: EndpointId | None) -> BestLook | None:
    """Return what endpoints could keep; None if it makes no difference how shots are packed."""
    free = any(one.start is None or not one.start.required for one in able)
    held = {(one.elements is None, one.pictures is None) for one in able}
    likeness = tuple(able) if len(held) > 1 else ()
    best = BestLook(home, free and any(one.start for one in able), likeness)
    return best if best.start or best.likeness or len(able) > 1 else None


def losses(request: Request, best: BestLook, cast: Cast, *, framed: bool) -> Losses:
    """Count the losses of a request.

    `framed` tells whether a shot of the scene before the request has a start frame.
    """
    shots = request.shots
    start = likeness = leaving = 0
    if framed and best.start and request.entry is Entry.NONE:
        start = len(shots)
    if best.likeness:
        lost = (name for shot in shots for name in described((shot,), cast, request.numbers))
        likeness = sum(
            any(holds(one, cast.elements[name]) for one in best.likeness) for name in lost
        )
    if best.home is not None and request.endpoint.id != best.home:
        leaving = len(shots)
    return Losses(start, likeness, leaving) if start or likeness or leaving else NO_LOSSES
