"""A film's frames onto the pages that they are shown on, where it is an animatic: a port."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a timeline is read by what decodes nothing
    from storyboard.media import Frame
    from storyboard.model import Size


class Pages(Protocol):
    """Pages around the film's picture: whoever draws them knows what they say and where it stands.

    A frame is whole when it comes here, with all that lies over it: what is on the page is what the
    film would show. The `repr` says all that the pages' pixels depend on.
    """

    @property
    def picture(self) -> "Size":
        """The size that frames come in: that of their place on the page."""
        ...

    def page(self, frame: "Frame", n: int, matrix: int) -> "Frame":
        """Return the page of the film's frame `n`, of the film's size, with the frame on it.

        `matrix` is the film's colour matrix as H.273 numbers it. The frame is left as it is. May be
        called in any thread.
        """
        ...

    def recipe(self, start: int, stop: int) -> str:
        """Return what two stretches of frames share only if their pages are the same."""
        ...
