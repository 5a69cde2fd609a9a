"""Pictures with transparency into the frames that they lie over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyboard.cut.overlay import Overlay, Scale, scaled
from storyboard.media import Frame, Samples, copy, frame_of_rgb, planes

_FULL = 256


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """An overlay in the film's own colour planes, its corner on even pixels.

    The alphas are parts of 256, one for the luma's pixels and one for the colour's.
    """

    x: int
    y: int
    colour: tuple[Samples, Samples, Samples]
    alpha: tuple[NDArray[np.uint16], NDArray[np.uint16]]


def layer(overlay: Overlay, matrix: int, scale: Scale) -> Layer:
    """Turn an overlay's picture into planes as it is shown, padded to even rows and columns."""
    laid = scaled(overlay, scale)
    picture = laid.rgba
    height, width = picture.shape[:2]
    left, top = laid.x % 2, laid.y % 2
    right, low = (left + width) % 2, (top + height) % 2
    rgba = np.pad(picture, ((top, low), (left, right), (0, 0)), mode="edge")
    alpha = np.pad(picture[..., 3], ((top, low), (left, right))).astype(np.uint16)
    alpha += alpha >> 7  # 255 becomes 256: opaque is opaque
    half = alpha.reshape(alpha.shape[0] // 2, 2, alpha.shape[1] // 2, 2).sum(axis=(1, 3)) // 4
    frame = frame_of_rgb(rgba[..., :3], matrix)
    y, u, v = (plane.copy() for plane in planes(frame))
    alphas = (alpha, half.astype(np.uint16))
    return Layer(laid.x - left, laid.y - top, (y, u, v), alphas)


class Drawer:
    """Draws what lies over a run of frames; each picture is prepared while it is needed."""

    def __init__(self, overlays: Sequence[Overlay], matrix: int, scale: Scale) -> None:
        """Take what lies over the film, its colour matrix, and how large it is shown."""
        self._overlays = overlays
        self._matrix = matrix
        self._scale = scale
        self._ready: dict[int, Layer] = {}

    def __call__(self, frame: Frame, at: int) -> Frame:
        """Draw all that lies over frame `at` of the film onto its picture, lowest first."""
        lying = [n for n, one in enumerate(self._overlays) if one.start <= at < one.end]
        self._ready = {n: self._layer(n) for n in lying}
        if not lying:
            return frame
        # A frame may be shown again, and the decoder may still need it: only a copy is drawn on.
        drawn = copy(frame)
        for n in lying:
            one = self._overlays[n]
            _draw(drawn, self._ready[n], one.opacity(at - one.start))
        return drawn

    def _layer(self, n: int) -> Layer:
        return self._ready.get(n) or layer(self._overlays[n], self._matrix, self._scale)


def _draw(frame: Frame, one: Layer, strength: float) -> None:
    weight = np.uint32(round(strength * _FULL))
    alphas = (one.alpha[0], one.alpha[1], one.alpha[1])
    for n, (plane, colour, alpha) in enumerate(zip(planes(frame), one.colour, alphas, strict=True)):
        x, y = (one.x, one.y) if n == 0 else (one.x // 2, one.y // 2)
        rows, columns = colour.shape
        under = plane[y : y + rows, x : x + columns]
        over, part = colour[: under.shape[0], : under.shape[1]], alpha
        part = part[: under.shape[0], : under.shape[1]]
        if weight != _FULL:
            part = (part * weight >> 8).astype(np.uint16)
        mixed = under * (np.uint16(_FULL) - part)
        mixed += over * part
        mixed += np.uint16(_FULL // 2)
        under[:] = mixed >> 8
