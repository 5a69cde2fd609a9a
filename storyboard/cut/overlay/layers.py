"""A title that has been set to layers: shadow, box and letters, each a picture with alpha."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from storyboard.cut.overlay.look import SetTitle
from storyboard.media.text import Painted, paint
from storyboard.model import TitleStyle

_SMOOTH = 4
"""A box's round corners are drawn this many times larger and scaled down."""

_REACH = 0.7
"""How far a shadow reaches out of what casts it, as a part of the letters' size."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Pictures of one size (mode `RGBA`), from below to above; their corner stands at `x`, `y`."""

    pictures: tuple[Image.Image, ...]
    x: int
    y: int


def layers(title: SetTitle, style: TitleStyle) -> Layers:
    """Draw a title."""
    ink = paint(title.block, style.color, title.align)
    spread = round(title.size * _REACH) if style.shadow else 1
    left = max(ink.x, title.pad_x) + spread
    top = max(ink.y, title.pad_y) + spread
    width = left + max(ink.picture.width - ink.x, int(title.block.width) + title.pad_x) + spread
    height = top + max(ink.picture.height - ink.y, int(title.block.height) + title.pad_y) + spread
    size = (width + 1, height + 1)
    words = Image.new("RGBA", size)
    words.paste(ink.picture, (left - ink.x, top - ink.y))
    drawn = [words]
    if style.box:
        drawn = [_box(title, size, (left, top), style.box), words]
    if style.shadow:
        cast = drawn[0].getchannel("A") if style.box else _cast(ink, size, (left, top))
        shadow = _below(cast, title.size) if style.box else _around(cast, title.size)
        drawn = [_coloured(shadow, style.shadow), *drawn]
    return Layers(tuple(drawn), title.x - left, title.y - top)


def _cast(ink: Painted, size: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size)
    mask.paste(ink.mask, (at[0] - ink.x, at[1] - ink.y))
    return mask


def _box(title: SetTitle, size: tuple[int, int], at: tuple[int, int], color: str) -> Image.Image:
    left, top = at[0] - title.pad_x, at[1] - title.pad_y
    right = at[0] + title.block.width + title.pad_x
    bottom = at[1] + title.block.height + title.pad_y
    large = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
    edges = [round(edge * _SMOOTH) for edge in (left, top, right, bottom)]
    ImageDraw.Draw(large).rounded_rectangle(edges, title.radius * _SMOOTH, fill=255)
    return _coloured(large.resize(size, Image.Resampling.BOX), color)


def _coloured(mask: Image.Image, color: str) -> Image.Image:
    red, green, blue, alpha = _rgba(color)
    picture = Image.new("RGBA", mask.size, (red, green, blue, 0))
    picture.putalpha(mask.point([round(value * alpha / 255) for value in range(256)]))
    return picture


def _rgba(color: str) -> tuple[int, int, int, int]:
    got = ImageColor.getcolor(color, "RGBA")
    if isinstance(got, int):
        return (got, got, got, 255)
    red, green, blue, alpha = got
    return (red, green, blue, alpha)


def _around(letters: Image.Image, size: int) -> Image.Image:
    """Draw the shadow of bare letters, which any picture may lie under.

    A seam that follows every edge parts them from what is as bright as they are, and is dense
    enough for white letters on white; a wide faint one lets the seam fade into the picture. On what
    is dark already neither is seen.
    """
    seam = _soft(_times(_soft(letters, size * 0.038), 5), size * 0.03)
    lower = ImageChops.offset(seam, 0, max(1, round(size * 0.02)))
    wide = _times(_soft(letters, size * 0.19), 1.9)
    return ImageChops.screen(_times(ImageChops.lighter(seam, lower), 0.93), wide)


def _below(box: Image.Image, size: int) -> Image.Image:
    """Draw the shadow of a box: it lifts the box off the picture, and parts nothing."""
    near = _soft(ImageChops.offset(box, 0, max(1, round(size * 0.05))), size * 0.055)
    return ImageChops.screen(near, _times(_soft(box, size * 0.15), 0.75))


def _soft(mask: Image.Image, radius: float) -> Image.Image:
    return mask.filter(ImageFilter.GaussianBlur(radius))


def _times(mask: Image.Image, by: float) -> Image.Image:
    return mask.point([min(255, round(value * by)) for value in range(256)])
