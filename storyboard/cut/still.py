"""A picture to the frames of a gentle move over it, placed to parts of a pixel."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from pathlib import Path
from typing import TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from storyboard.media import (
    BACKDROP,
    BACKDROP_BLUR,
    Frame,
    Moved,
    View,
    Wanted,
    copy,
    covering,
    eased,
    fit_size,
    frame_of_rgb,
    is_same_ratio,
    open_picture,
    picture_planes,
    planes,
    seen,
)
from storyboard.model import Fit, Move, Size

Rgb: TypeAlias = NDArray[np.uint8]
"""A picture: rows, columns, and red, green, blue."""

_ZOOM = 1.10


@dataclass(frozen=True, slots=True)
class Ground:
    """What is seen around a picture that does not fill the film's, whose corner stands at `at`."""

    picture: Image.Image
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class MovedStill:
    """A picture that is moved for so many frames, in a window of `size` that stands still.

    What of it is seen is a box whose edges are parts of pixels, so that nothing jitters. A move to
    the left is the camera's: what is in the picture moves to the right. Without a `ground` the
    window is the film's whole picture.
    """

    picture: Image.Image
    move: Move
    size: Size
    frames: int
    ground: Ground | None

    def view(self, n: int) -> View:
        """Return what of the picture is seen in frame `n`."""
        return view_at(self.move, n / (self.frames - 1) if self.frames > 1 else 0.0)

    def frame(self, n: int) -> Rgb:
        """Return frame `n`."""
        shown = seen(self.picture, self.view(n), self.size)
        if self.ground is None:
            return np.asarray(shown)
        whole = self.ground.picture.copy()
        whole.paste(shown, self.ground.at)
        return np.asarray(whole)


def open_still(path: Path, move: Move, frames: int, wanted: Wanted) -> MovedStill:
    """Open a picture to be moved, brought into the film's ratio as footage is.

    Cropped, its focus stays in view; padded, or on a blur of itself, all of it stands inside the
    film's picture, and moves in there.

    Raises:
        OSError: it cannot be read.
    """
    picture, film = open_picture(path), wanted.size
    if wanted.fit in {Fit.CROP, Fit.RENDER} or is_same_ratio(picture.width, picture.height, film):
        return MovedStill(covering(picture, film, wanted.focus), move, film, frames, None)
    inner = fit_size(picture.width, picture.height, Fraction(1), film)
    at = ((film.width - inner.width) // 4 * 2, (film.height - inner.height) // 4 * 2)
    ground = Ground(_around(picture, wanted), at)
    return MovedStill(covering(picture, inner), move, inner, frames, ground)


def still_frames(still: MovedStill, shown: range, matrix: int) -> Iterator[Frame]:
    """Draw some frames of a still for the film, as finely as it can be."""
    if still.move is Move.NONE:
        yield from repeat(frame_of_rgb(still.frame(0), matrix), len(shown))
        return
    for n in shown:
        yield frame_of_rgb(still.frame(n), matrix)


def preview_frames(still: MovedStill, shown: range, matrix: int) -> Iterator[Frame]:
    """Draw some frames of a still for a preview, in a tenth of the time, and a little softer."""
    if still.move is Move.NONE:
        yield from still_frames(still, shown, matrix)
        return
    near = covering(still.picture, still.size, None, _ZOOM)
    moved = Moved(picture_planes(near, matrix), still.size)
    ground = frame_of_rgb(np.asarray(still.ground.picture), matrix) if still.ground else None
    for n in shown:
        frame = moved.frame(still.view(n))
        yield _set(frame, ground, still.ground.at) if still.ground and ground else frame


def _set(frame: Frame, ground: Frame, at: tuple[int, int]) -> Frame:
    whole = copy(ground)
    for target, source, by in zip(planes(whole), planes(frame), (1, 2, 2), strict=True):
        rows, columns = source.shape
        x, y = at[0] // by, at[1] // by
        target[y : y + rows, x : x + columns] = source
    return whole


def _around(picture: Image.Image, wanted: Wanted) -> Image.Image:
    """Draw what is seen beside a picture: black, or the picture itself, large and out of focus."""
    film = wanted.size
    if wanted.fit is Fit.PAD:
        return Image.new("RGB", (film.width, film.height))
    small = Size(max(2, film.width // BACKDROP), max(2, film.height // BACKDROP))
    soft = seen(covering(picture, small, wanted.focus), View(0.5, 0.5, 1.0), small)
    soft = soft.filter(ImageFilter.GaussianBlur(BACKDROP_BLUR))
    return soft.resize((film.width, film.height), Image.Resampling.BICUBIC)


def view_at(move: Move, part: float) -> View:
    """Return what is seen when `part` (0 to 1) of the move is over."""
    along = eased(part)
    rest = 1 / _ZOOM
    spare = (1 - rest) / 2
    match move:
        case Move.NONE:
            return View(0.5, 0.5, 1.0)
        case Move.IN:
            return View(0.5, 0.5, _ZOOM ** (-along))
        case Move.OUT:
            return View(0.5, 0.5, _ZOOM ** (along - 1))
        case Move.LEFT:
            return View(0.5 + spare - 2 * spare * along, 0.5, rest)
        case Move.RIGHT:
            return View(0.5 - spare + 2 * spare * along, 0.5, rest)
    assert_never(move)
