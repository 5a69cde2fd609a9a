"""Say what is seen of a shot, as an approval is bound to it: bytes, trim, crop and words."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from storyboard.jobs import ShotDigest
from storyboard.lock.decision import LockedTake, SeenShot
from storyboard.model import Fit, Focus, FootageShot, Move, Output, Shot, StillShot


def seen_take(
    take: LockedTake, asks: ShotDigest, shot: Shot, outputs: Sequence[Output]
) -> SeenShot:
    """Return what is seen of a shot that shows a take; `asks` is what it asks for now."""
    return SeenShot(take.clip, take.at, take.used, crop_words(shot, outputs), asks)


def seen_file(shot: StillShot | FootageShot, outputs: Sequence[Output]) -> SeenShot:
    """Return what is seen of a still or of footage."""
    crop = crop_words(shot, outputs)
    match shot:
        case StillShot():
            return SeenShot(shot.picture.digest, Fraction(0), shot.duration, crop, None)
        case FootageShot():
            return SeenShot(shot.clip.digest, shot.start, shot.duration, crop, None)


def crop_words(shot: Shot, outputs: Sequence[Output]) -> str:
    """Say what is cut off in each shape: `16:9 crop, 9:16 crop, focus 0.5 0.3`.

    A still says how it is moved as well. An output that is rendered again has clips of its own,
    and two outputs of one shape are one.
    """
    shapes = {
        f"{one.format.aspect_ratio} {one.fit.value}": None
        for one in outputs
        if one.fit is not Fit.RENDER
    }
    focus = [] if shot.focus is None else [f"focus {_focus(shot.focus)}"]
    moved = []
    if isinstance(shot, StillShot) and shot.move is not Move.NONE:
        moved = [f"moved {shot.move.value}"]
    return ", ".join([*sorted(shapes), *focus, *moved])


def _focus(focus: Focus) -> str:
    place = (focus.x, focus.y)
    size = (focus.width, focus.height) if focus.width or focus.height else ()
    return " ".join(map(_number, (*place, *size)))


def _number(number: Decimal) -> str:
    return f"{number.normalize():f}"
