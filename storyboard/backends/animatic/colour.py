"""The colours of the animatic's page, and of each scene."""

from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

PAGE: Colour = (20, 21, 25)
LINE: Colour = (48, 50, 57)
TEXT = "#f2efe8"
QUIET = "#a3a19a"
FAINT = "#75746f"

_SCENES: tuple[Colour, ...] = (
    (232, 163, 61),
    (98, 172, 229),
    (127, 194, 155),
    (226, 110, 98),
    (183, 146, 226),
    (214, 196, 96),
)


def accent(scene: int) -> Colour:
    """Return the colour of a scene, by its place in the film from 0."""
    return _SCENES[scene % len(_SCENES)]


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """Mix two colours; `part` of the other."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def named(colour: Colour) -> str:
    """Write a colour as `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)
