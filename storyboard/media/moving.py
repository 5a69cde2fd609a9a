"""Show what a camera sees of a picture, as frames of one size, each placed to parts of a pixel.

Colour planes are scaled each for itself, so that no colours are converted, between the two nearest
samples of each row and column. Pillow gives the same values in two and a half times the time: it
reckons with any number of neighbours, which a picture does not need that is hardly scaled.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.media.picture import View
from storyboard.media.yuv import Frame, Planes, Samples, blank, frame_of_rgb, planes
from storyboard.model import Size

_ONE = 256
_HALF = np.uint16(_ONE // 2)
_LOW = np.uint16(0xFF)


class Moved:
    """A picture that a camera moves over.

    Views should not be scaled down by more than a tenth: fine lines would flicker.
    """

    def __init__(self, picture: Planes, size: Size) -> None:
        """Take a picture, and the size of frames."""
        self._size = size
        self._width, self._height = picture[0].shape[1], picture[0].shape[0]
        self._planes = tuple(map(_paired, picture))

    def frame(self, view: View) -> Frame:
        """Return what is seen."""
        left, top, right, bottom = view.box(self._width, self._height)
        shown = blank(self._size)
        for into, pairs, by in zip(planes(shown), self._planes, (1, 2, 2), strict=True):
            rows, columns = into.shape
            across = _between(left / by, right / by, columns, pairs.shape[1])
            down = _between(top / by, bottom / by, rows, pairs.shape[0] - 1)
            into[:] = _scaled(pairs, across, down)
        return shown


_Pairs: TypeAlias = NDArray[np.uint16]
"""Each sample with the one to its right in the upper half: one look-up finds both."""

_Between: TypeAlias = tuple[NDArray[np.intp], NDArray[np.uint16]]
"""For each sample: which one is before it, and how many 256ths of the way to the next it is."""


def _between(start: float, end: float, count: int, limit: int) -> _Between:
    places = (np.arange(count) + 0.5) * ((end - start) / count) + (start - 0.5)
    fixed = np.rint(places.clip(0, limit - 1) * _ONE).astype(np.intp)
    return fixed >> 8, (fixed & 255).astype(np.uint16)


def _paired(plane: Samples) -> _Pairs:
    wide: _Pairs = np.pad(plane, ((0, 1), (0, 1)), mode="edge").astype(np.uint16)
    pairs: _Pairs = wide[:, :-1] | (wide[:, 1:] << np.uint16(8))
    return pairs


def _scaled(pairs: _Pairs, across: _Between, down: _Between) -> NDArray[np.uint16]:
    (columns, right), (rows, low) = across, down
    first, low = rows[0], low[:, None]
    line = pairs[first : rows[-1] + 2].take(columns, axis=1, mode="wrap")  # wraps nothing: fastest
    after = line >> 8
    after *= right
    line &= _LOW
    line *= np.uint16(_ONE) - right
    line += after
    line += _HALF
    line >>= 8
    made: NDArray[np.uint16] = line[rows - first]
    made *= np.uint16(_ONE) - low
    below = line[rows - first + 1]
    below *= low
    made += below
    made += _HALF
    made >>= 8
    return made


def picture_planes(picture: Image.Image, matrix: int) -> Planes:
    """Turn a picture into planes of its own; an odd last row or column is left off."""
    even = picture.crop((0, 0, max(2, picture.width & ~1), max(2, picture.height & ~1)))
    y, u, v = planes(frame_of_rgb(np.asarray(even), matrix))
    return (y.copy(), u.copy(), v.copy())
