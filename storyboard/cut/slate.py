"""A shot that could not be rendered to the picture that stands for it."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw

from storyboard.cut.still import Rgb
from storyboard.media.text import Type, Weight, font_stack, lay_out, paint, safe_area
from storyboard.model import Size

_GROUND = (24, 25, 29)
_STRIPE = (33, 34, 39)
_ACCENT = (232, 93, 61)


@lru_cache(maxsize=32)
def slate_picture(heading: str, reason: str, size: Size, shown: Size) -> Rgb:
    """Draw a slate: which shot is missing, and why, on a ground that nobody takes for the film.

    It is set for a film of `size`, and then scaled to how large it is shown.
    """
    picture = _ground(size)
    area = safe_area(size)
    unit = min(size.width, size.height)
    label, head, words = (max(6, round(unit * part)) for part in (0.026, 0.062, 0.034))
    width = min(area.width, round(unit * 1.25))
    blocks = (
        (lay_out("NOT RENDERED", Type(font_stack(Weight.BOLD), label), width), "#e85d3d", 0.7),
        (lay_out(heading, Type(font_stack(Weight.BOLD), head), width), "#f4f1ea", 0.7),
        (lay_out(reason, Type(font_stack(Weight.REGULAR), words, 1.36), width), "#b9b7b0", 0.0),
    )
    height = sum(block.height + gap * head for block, _, gap in blocks)
    x = area.x + max(0, (area.width - width) // 2)
    y = max(float(area.y), (size.height - height) / 2)
    bar = max(2, round(unit * 0.008))
    edge = (x - 3 * bar, int(y), x - 2 * bar - 1, min(area.bottom, int(y + height)))
    ImageDraw.Draw(picture).rectangle(edge, fill=_ACCENT)
    for block, color, gap in blocks:
        ink = paint(block, color, "left")
        at = (x + bar - ink.x, int(y) - ink.y)
        picture.paste(ink.picture, at, ink.picture)
        y += block.height + gap * head
    return np.asarray(picture if shown == size else picture.resize((shown.width, shown.height)))


def _ground(size: Size) -> Image.Image:
    """Draw slanting stripes, quiet enough to read on."""
    picture = Image.new("RGB", (size.width, size.height), _GROUND)
    draw = ImageDraw.Draw(picture)
    step = max(8, min(size.width, size.height) // 9)
    for left in range(-size.height, size.width, 2 * step):
        corners = ((left, size.height), (left + step, size.height))
        tops = ((left + step + size.height, 0), (left + size.height, 0))
        draw.polygon((*corners, *tops), fill=_STRIPE)
    return picture
