"""A rectangle of a picture in pixels."""

from dataclasses import dataclass

from storyboard.model.storyboard import Size


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; `x`, `y` is its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column to its right."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row below it."""
        return self.y + self.height

    @property
    def size(self) -> Size:
        """Its width and height."""
        return Size(self.width, self.height)
