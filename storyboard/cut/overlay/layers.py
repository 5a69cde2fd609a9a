"""A title that has been set to layers: shadow, box and letters, each a picture with alpha."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

from storyboard.cut.overlay.look import SetTitle
from storyboard.media.text import paint
from storyboard.model.cut import TitleStyle

_SMOOTH = 4
"""A box's round corners are drawn this many times larger and scaled down."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Pictures of one size (mode `RGBA`), from below to above; their corner stands at `x`, `y`."""

    pictures: tuple[Image.Image, ...]
    x: int
    y: int


def layers(title: SetTitle, style: TitleStyle) -> Layers:
    """Draw a title."""
    ink = paint(title.block, style.color, title.align)
    blur = max(1.0, title.size * 0.10)
    spread = round(3 * blur + title.size * 0.06) if style.shadow else 1
    left = max(ink.x, title.pad_x) + spread
    top = max(ink.y, title.pad_y) + spread
    width = left + max(ink.picture.width - ink.x, int(title.block.width) + title.pad_x) + spread
    height = top + max(ink.picture.height - ink.y, int(title.block.height) + title.pad_y) + spread
    size = (width + 1, height + 1)
    words = Image.new("RGBA", size)
    words.paste(ink.picture, (left - ink.x, top - ink.y))
    drawn = [words]
    if style.box:
        box = _box(title, size, (left, top), style.box)
        drawn.insert(0, box)
    if style.shadow:
        caster = Image.new("L", size)
        caster.paste(ink.mask, (left - ink.x, top - ink.y))
        cast = box.getchannel("A") if style.box else caster
        drawn.insert(0, _shadow(cast, style.shadow, title.size, blur))
    return Layers(tuple(drawn), title.x - left, title.y - top)


def _box(title: SetTitle, size: tuple[int, int], at: tuple[int, int], color: str) -> Image.Image:
    left, top = at[0] - title.pad_x, at[1] - title.pad_y
    right = at[0] + title.block.width + title.pad_x
    bottom = at[1] + title.block.height + title.pad_y
    large = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
    edges = [round(edge * _SMOOTH) for edge in (left, top, right, bottom)]
    ImageDraw.Draw(large).rounded_rectangle(edges, title.radius * _SMOOTH, fill=255)
    return _coloured(large.resize(size, Image.Resampling.BOX), color)


def _shadow(cast: Image.Image, color: str, size: int, blur: float) -> Image.Image:
    """Draw a close soft shadow, and a wide faint one that parts letters from a busy picture."""
    near = ImageChops.offset(cast, 0, max(1, round(size * 0.05)))
    near = near.filter(ImageFilter.GaussianBlur(blur * 0.55))
    wide = cast.filter(ImageFilter.GaussianBlur(blur * 1.5)).point(lambda value: value * 0.75)
    return _coloured(ImageChops.screen(near, wide), color)


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
