"""An animatic's outputs of another ratio to drawings of their own."""

from collections.abc import Mapping

from storyboard.cli.backend import Backend, Choice, opened
from storyboard.cli.running import Ending, Way, pursue
from storyboard.cut.film_shape import sized
from storyboard.model.storyboard import AspectRatio
from storyboard.pipeline import Compiled
from storyboard.plan import Plan

_SHORT = 720
"""The shorter side of an animatic's pages where an output names no size."""


def drawn_for(
    result: Compiled, plan: Plan, choice: Choice, way: Way
) -> Mapping[AspectRatio, Ending]:
    """Draw the animatic anew at each output's own ratio: cropped, its pages could not be read."""
    if choice.backend is not Backend.ANIMATIC:
        return {}
    found: dict[AspectRatio, Ending] = {}
    for film in plan.films:
        for output in film.storyboard.outputs:
            ratio = output.format.aspect_ratio
            if ratio != film.storyboard.format.aspect_ratio and ratio not in found:
                size = output.format.size or sized(ratio, _SHORT)
                backend = opened(choice, plan, result, size=size)
                found[ratio] = pursue(plan, backend, result.project, way)
                if found[ratio].interrupted:
                    return found
    return found
