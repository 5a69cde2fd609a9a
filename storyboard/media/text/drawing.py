"""Draw runs: outlines into a mask, pictures of colour fonts into a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import uharfbuzz as hb
from PIL import Image, ImageChops

from storyboard.media.text.fonts import FontFile
from storyboard.media.text.shape import Run, opened, scale, shaped

_MOST_LAYERS = 4
"""Letters of real words need up to three; what overlaps more often is drawn into the last one."""


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """A run, and where its pen begins on the baseline: pixels from the left, and from the top."""

    run: Run
    x: float
    y: float


def draw_mask(placed: Iterable[PlacedRun], size: tuple[int, int]) -> Image.Image:
    """Draw the runs of outline fonts as a mask of a size (mode `L`).

    Glyphs that overlap are filled apart, and the darker one is seen: filled together, the soft
    edges of both would add up, and every joint of Arabic or Hindi letters would be a blot. Glyphs
    that only touch are filled together, so that no seam is seen between them.
    """
    pens: list[hb.RasterDraw] = []
    reached: dict[tuple[int, float], float] = {}
    for one in placed:
        font, by = opened(one.run.font), scale(one.run)
        for glyph in shaped(one.run).glyphs:
            edges = font.get_glyph_extents(glyph.number)
            if not edges or not edges.width:
                continue
            x, y = one.x + glyph.x * by, size[1] - one.y + glyph.y * by
            left, layer = x + edges.x_bearing * by, 0
            while layer < _MOST_LAYERS - 1 and reached.get((layer, one.y), left) > left:
                layer += 1
            reached[layer, one.y] = left + edges.width * by
            if layer == len(pens):
                pens.append(hb.RasterDraw())
            pens[layer].transform = (by, 0.0, 0.0, by, x, y)
            pens[layer].draw_glyph(font, glyph.number)
    mask = Image.new("L", size)
    for pen in pens:
        mask = ImageChops.lighter(mask, _filled(pen, size))
    return mask


def _filled(pen: hb.RasterDraw, size: tuple[int, int]) -> Image.Image:
    pen.extents = hb.RasterExtents(0, 0, *size)
    drawn = pen.render()
    if drawn is None:
        raise MemoryError(f"text of {size[0]} by {size[1]} pixels cannot be drawn")
    upwards = -1
    return Image.frombytes("L", size, drawn.buffer, "raw", "L", drawn.extents.stride, upwards)


def draw_colours(placed: Iterable[PlacedRun], size: tuple[int, int]) -> Image.Image:
    """Draw the runs of fonts that hold pictures, as a picture of a size (mode `RGBA`)."""
    whole = Image.new("RGBA", size)
    for one in placed:
        font, by = opened(one.run.font), scale(one.run)
        for glyph in shaped(one.run).glyphs:
            edges = font.get_glyph_extents(glyph.number)
            if not edges or not edges.width or not edges.height:
                continue
            sides = max(1, round(edges.width * by)), max(1, round(-edges.height * by))
            picture = _picture(one.run.font, glyph.number, sides)
            x = round(one.x) + round((glyph.x + edges.x_bearing) * by)
            y = round(one.y) - round((glyph.y + edges.y_bearing) * by)
            if picture:
                whole.alpha_composite(picture, (max(0, x), max(0, y)))
    return whole


@lru_cache(maxsize=256)
def _picture(font: FontFile, glyph: int, sides: tuple[int, int]) -> Image.Image | None:
    """Return a glyph's picture, scaled; None if it has none."""
    data: bytes = opened(font).get_glyph_color_png(glyph).data
    if not data:
        return None
    with Image.open(BytesIO(data)) as picture:
        whole: Image.Image = picture.convert("RGBA")
    return whole.resize(sides, Image.Resampling.LANCZOS)
