"""An animatic's outputs to clips that are drawn for them, and to the pages they are shown on."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from storyboard.cli.backend import Backend, Choice
from storyboard.cli.running import Ending, Way, pursue
from storyboard.cut.film_shape import sized
from storyboard.cut.pages import Pages
from storyboard.cut.timeline import Timeline
from storyboard.delivery import Order, Paged
from storyboard.model.storyboard import AspectRatio, Fit, Output, Storyboard
from storyboard.pipeline import Compiled
from storyboard.plan import Plan

_SHORT = 720
"""The shorter side of an animatic's clips where an output names no size."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How an output's clips are drawn.

    Where the film shows all of a clip, in bars or on a blur of itself, they have the clips' own
    shape (`ratio` None), and the cut does with them what it does with those that are paid for.
    Where it crops them, or they are rendered again, they have the output's `ratio`: cropped, the
    words on cards could not be read.
    """

    ratio: AspectRatio | None
    fit: Fit


PLAIN = Drawing(None, Fit.CROP)
"""Clips in the storyboard's own ratio: every animatic has them."""


def drawing(storyboard: Storyboard, output: Output) -> Drawing:
    """Tell how an output's clips are drawn."""
    if output.fit in {Fit.PAD, Fit.BLUR}:
        return Drawing(None, Fit.PAD)
    ratio = output.format.aspect_ratio
    return PLAIN if ratio == storyboard.format.aspect_ratio else Drawing(ratio, Fit.CROP)


def drawn_for(result: Compiled, plan: Plan, choice: Choice, way: Way) -> Mapping[Drawing, Ending]:
    """Draw the clips of an animatic's outputs that those of the storyboard's ratio are not for."""
    if choice.backend is not Backend.ANIMATIC:
        return {}
    from storyboard.backends.animatic import animatic  # noqa: PLC0415 -- only when used

    found: dict[Drawing, Ending] = {}
    for film in plan.films:
        for output in film.storyboard.outputs:
            wanted = drawing(film.storyboard, output)
            if wanted == PLAIN or wanted in found:
                continue
            own = output.format.size or sized(output.format.aspect_ratio, _SHORT)
            size = own if wanted.ratio else None
            click.echo(
                f"once more, as `{output.name}` ({output.format.aspect_ratio}) shows it:", err=True
            )
            maker = animatic(plan, result.project, size, wanted.fit)
            found[wanted] = pursue(plan, nullcontext(maker), result.project, way)
            if found[wanted].interrupted:
                return found
    return found


def clips_of(order: Order, drawn: Mapping[Drawing, Ending], plain: Ending) -> Ending:
    """Return what a film is cut from."""
    return drawn.get(drawing(order.film.storyboard, order.output), plain)


def paged(choice: Choice, project: Path) -> Paged | None:
    """Return what makes the pages of an animatic; other films stand on none."""
    if choice.backend is not Backend.ANIMATIC:
        return None

    def make(order: Order, timeline: Timeline) -> Pages:
        from storyboard.backends.animatic import pages_of  # noqa: PLC0415 -- only when used

        return pages_of(order.film, project, timeline)

    return make
