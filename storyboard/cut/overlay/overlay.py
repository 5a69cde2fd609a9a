"""A picture that lies over some frames of the film."""

import zlib
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Rgba: TypeAlias = NDArray[np.uint8]
"""A picture: rows, columns, and red, green, blue, alpha (not premultiplied)."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture made small: letters on nothing take a twentieth of their room.

    A long film has hundreds of captions, and all of them are known before the first is drawn over.
    """

    width: int
    height: int
    data: bytes

    def unpack(self) -> Rgba:
        """Return the picture; it cannot be written to."""
        flat = np.frombuffer(zlib.decompress(self.data), np.uint8)
        return flat.reshape(self.height, self.width, 4)


def pack(picture: Rgba) -> Packed:
    """Make a picture small."""
    height, width = picture.shape[:2]
    return Packed(width, height, zlib.compress(picture.tobytes(), 1))


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture over the frames `start` to `start + frames` of the film, its corner at `x`, `y`.

    The picture is the same in every frame; only its strength changes, where it fades: `strengths`
    holds one for each frame, 0 to 1. All of it lies inside the film's picture.
    """

    start: int
    frames: int
    x: int
    y: int
    packed: Packed
    strengths: tuple[float, ...]

    @property
    def rgba(self) -> Rgba:
        """The picture at full strength; it is unpacked each time, so ask once and keep it."""
        return self.packed.unpack()

    @property
    def width(self) -> int:
        """Columns."""
        return self.packed.width

    @property
    def height(self) -> int:
        """Rows."""
        return self.packed.height

    @property
    def end(self) -> int:
        """First frame of the film without it."""
        return self.start + self.frames

    def picture(self, n: int) -> Rgba:
        """Return the picture at its own frame `n`, at full strength: the same for every frame."""
        if not 0 <= n < self.frames:
            raise IndexError(f"frame {n} of an overlay of {self.frames}")
        return self.rgba

    def opacity(self, n: int) -> float:
        """Return how strong it is at its own frame `n`: its alpha is to be multiplied by this."""
        return self.strengths[n]
