"""Show what a camera sees of a picture, as frames of one size, each placed to parts of a pixel.

Colour planes are scaled each for itself, so that no colours are converted, between the two nearest
samples of each row and column. Pillow gives the same values in two and a half times the time: it
reckons with any number of neighbours, which a picture does not need that is hardly scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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

    Views should not be scaled down by more than a tenth: fine lines would flicker. May be used in
    several threads.
    """

    def __init__(self, picture: Planes, size: Size) -> None:
        """Take a picture, and the size of frames."""
        self._size = size
        self._width, self._height = picture[0].shape[1], picture[0].shape[0]
        self._planes = tuple(map(_paired, picture))
        self._level = _Level((0, 0), None)

    def frame(self, view: View) -> Frame:
        """Return what is seen."""
        left, top, right, bottom = view.box(self._width, self._height)
        shown = blank(self._size)
        level = self._standing((left, right))
        for n, (into, by) in enumerate(zip(planes(shown), (1, 2, 2), strict=True)):
            pairs = self._planes[n]
            rows, low = _between(top / by, bottom / by, into.shape[0], pairs.shape[0] - 1)
            if level.lines:
                into[:] = _blended(level.lines[n], rows, low)
                continue
            seen, first = pairs[rows[0] : rows[-1] + 2], rows[0]
            into[:] = _blended(self._lines(seen, level.edges, by), rows - first, low)
        return shown

    def _standing(self, edges: tuple[float, float]) -> "_Level":
        """Scale all rows across when a second view has these edges: then the camera tilts."""
        level = self._level  # read once: other threads may change it
        if level.edges != edges:
            level = _Level(edges, None)
        elif level.lines is None:
            scaled = zip(self._planes, (1, 2, 2), strict=True)
            level = _Level(edges, [self._lines(pairs, edges, by) for pairs, by in scaled])
        self._level = level
        return level

    def _lines(self, pairs: "_Pairs", edges: tuple[float, float], by: int) -> "_Lines":
        columns = self._size.width // by
        between = _between(edges[0] / by, edges[1] / by, columns, pairs.shape[1])
        return _columns(pairs, *between)


_Pairs: TypeAlias = NDArray[np.uint16]
"""Each sample with the one to its right in the upper half: one look-up finds both."""

_Lines: TypeAlias = NDArray[np.uint16]
"""Rows of a plane as wide as they are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The left and right edge of a view, and all rows of the planes between them if it is kept."""

    edges: tuple[float, float]
    lines: Sequence[_Lines] | None


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


def _columns(pairs: _Pairs, columns: NDArray[np.intp], right: NDArray[np.uint16]) -> _Lines:
    lines: _Lines = pairs.take(columns, axis=1, mode="wrap")  # wraps nothing: it is the fastest
    after = lines >> 8
    after *= right
    lines &= _LOW
    lines *= np.uint16(_ONE) - right
    lines += after
    lines += _HALF
    lines >>= 8
    return lines


def _blended(lines: _Lines, rows: NDArray[np.intp], low: NDArray[np.uint16]) -> _Lines:
    made: _Lines = lines[rows]
    made *= np.uint16(_ONE) - low[:, None]
    below = lines[rows + 1]
    below *= low[:, None]
    made += below
    made += _HALF
    made >>= 8
    return made


def picture_planes(picture: Image.Image, matrix: int) -> Planes:
    """Turn a picture into planes of its own; an odd last row or column is left off."""
    even = picture.crop((0, 0, max(2, picture.width & ~1), max(2, picture.height & ~1)))
    y, u, v = planes(frame_of_rgb(np.asarray(even), matrix))
    return (y.copy(), u.copy(), v.copy())
