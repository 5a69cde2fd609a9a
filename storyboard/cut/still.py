"""A picture to the frames of a gentle move over it, placed to parts of a pixel."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.cut.timeline import Shape
from storyboard.media.picture import View, covering, eased, open_picture, seen
from storyboard.model.storyboard import Focus, Move, Size

Rgb: TypeAlias = NDArray[np.uint8]
"""A picture: rows, columns, and red, green, blue."""

_ZOOM = 1.10


@dataclass(frozen=True, slots=True)
class MovedStill:
    """A picture that fills the film's picture and is moved for so many frames.

    What of it is seen is a box whose edges are parts of pixels, so that nothing jitters. A move to
    the left is the camera's: what is in the picture moves to the right.
    """

    picture: Image.Image
    move: Move
    size: Size
    frames: int

    def frame(self, n: int) -> Rgb:
        """Return frame `n`."""
        part = n / (self.frames - 1) if self.frames > 1 else 0.0
        return np.asarray(seen(self.picture, view_at(self.move, part), self.size))


def open_still(
    path: Path, move: Move, shape: Shape, frames: int, focus: Focus | None = None
) -> MovedStill:
    """Open a picture to be moved; its `focus` stays in view where the film's ratio cuts it.

    Raises:
        OSError: it cannot be read.
    """
    return MovedStill(covering(open_picture(path), shape.size, focus), move, shape.size, frames)


def still_frames(
    path: Path, move: Move, shape: Shape, frames: int, focus: Focus | None = None
) -> Iterator[Rgb]:
    """Yield each frame of a moved picture; one that stands still is drawn once."""
    still = open_still(path, move, shape, frames, focus)
    if move is Move.NONE:
        frame = still.frame(0)
        yield from (frame for _ in range(frames))
    else:
        yield from (still.frame(n) for n in range(frames))


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
