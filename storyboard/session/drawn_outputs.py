"""Tell for each output of an animatic how its clips are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.cut import sized
from storyboard.model import AspectRatio, Fit, Output, Size, Storyboard
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


def further_drawings(plan: Plan) -> Iterator[tuple[Drawing, Output]]:
    """Return each way of drawing beside `PLAIN`, with the first output that needs it."""
    seen = {PLAIN}
    for film in plan.films:
        for output in film.storyboard.outputs:
            wanted = drawing(film.storyboard, output)
            if wanted not in seen:
                seen.add(wanted)
                yield wanted, output


def drawn_size(wanted: Drawing, output: Output) -> Size | None:
    """Return the size of clips that are drawn for an output; None is the clips' own."""
    own = output.format.size or sized(output.format.aspect_ratio, _SHORT)
    return own if wanted.ratio else None
