"""Scale an overlay with the film that it lies over, once for all its frames."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from PIL import Image

from storyboard.cut.overlay.overlay import Overlay, Rgba
from storyboard.model import Size

_RIM = 8
"""Pixels of nothing around a picture: what its edges go over into, if they are between pixels."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a film of the size `film` is shown."""

    film: Size
    shown: Size


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """An overlay's picture as it is shown, and where its corner is."""

    x: int
    y: int
    rgba: Rgba


def scaled(overlay: Overlay, scale: Scale) -> Laid:
    """Return an overlay's picture at full strength, where and as large as it is shown."""
    if scale.film == scale.shown:
        return Laid(overlay.x, overlay.y, overlay.rgba)
    across = Fraction(scale.shown.width, scale.film.width)
    down = Fraction(scale.shown.height, scale.film.height)
    left, right = _pixels(overlay.x, overlay.width, across)
    top, low = _pixels(overlay.y, overlay.height, down)
    picture = Image.fromarray(np.pad(overlay.rgba, ((_RIM, _RIM), (_RIM, _RIM), (0, 0))))
    box = (
        float(left / across) + _RIM - overlay.x,
        float(top / down) + _RIM - overlay.y,
        float(right / across) + _RIM - overlay.x,
        float(low / down) + _RIM - overlay.y,
    )
    small = picture.resize((right - left, low - top), Image.Resampling.BICUBIC, box)
    return Laid(left, top, np.asarray(small))


def _pixels(start: int, length: int, scale: Fraction) -> tuple[int, int]:
    """Return the first whole pixel that something is scaled into, and the first one after it."""
    return math.floor(start * scale), math.ceil((start + length) * scale)
