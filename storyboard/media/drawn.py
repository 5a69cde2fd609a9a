"""A clip that is no file: what draws its frames and its sound when they are asked for, a port."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from storyboard.model import ClipFacts

if TYPE_CHECKING:  # an outcome is read by what draws nothing
    import numpy as np
    from numpy.typing import NDArray

    from storyboard.media.shape import Wanted
    from storyboard.media.yuv import Frame


class Drawing(Protocol):
    """Draws a clip. The `repr` says all that its pixels and samples depend on.

    Equal drawings give equal frames on one machine. All may be called in any thread.
    """

    def frames(self, places: Sequence[int], wanted: "Wanted") -> "Iterator[Frame]":
        """Yield the clip's frame at each of some places, which never go down, as it is wanted.

        A frame that is the one before it again is the same object: whoever takes it may draw on
        neither. A place after the clip's end shows its last frame.
        """
        ...

    def samples(self) -> "NDArray[np.float32]":
        """Return its sound: 48 kHz, mono, -1 to 1; as long as its picture."""
        ...

    def heard(self) -> str:
        """Return what two drawings share only if they sound the same."""
        ...

    def recipe(self, first: int, end: int) -> str:
        """Return what two stretches, of the frames `first` up to `end`, share only if equal."""
        ...


@dataclass(frozen=True, slots=True)
class Drawn:
    """A clip that is drawn, not kept; `facts` are those that its file would have."""

    facts: ClipFacts
    drawing: Drawing
