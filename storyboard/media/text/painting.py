"""A block of lines to a picture with an alpha channel."""

from dataclasses import dataclass

from PIL import Image, ImageColor

from storyboard.media.text.drawing import PlacedRun, draw_colours, draw_mask
from storyboard.media.text.layout import Align, Block
from storyboard.media.text.shape import advance, extent


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture (mode `RGBA`) and the ink's mask alone; the block's corner stands at `x`, `y`."""

    picture: Image.Image
    mask: Image.Image
    x: int
    y: int


def paint(block: Block, color: str, align: Align = "centre") -> Painted:
    """Draw a block in a colour (`#rrggbb[aa]`).

    The picture has room around the block for ink that reaches out of it; `start` is left for text
    that runs from left to right, and right for text that runs from right to left.
    """
    left, right, up = _reach(block)
    size = (int(block.width) + left + right + 1, int(block.height) + 2 * up + 1)
    outlined: list[PlacedRun] = []
    coloured: list[PlacedRun] = []
    baseline = up + block.ascent
    for line in block.lines:
        pen = left + _offset(line.width, block.width, _side(align, line.direction))
        for run in line.runs:
            placed = coloured if run.font.bitmap else outlined
            placed.append(PlacedRun(run, pen, round(baseline)))
            pen += advance(run)
        baseline += block.pitch
    mask, colours = draw_mask(outlined, size), draw_colours(coloured, size)
    ink = Image.new("RGBA", size, (*ImageColor.getrgb(color)[:3], 0))
    ink.putalpha(mask.point(_strength(color)))
    ink.alpha_composite(colours)
    whole = mask.copy()
    whole.paste(255, mask=colours.getchannel("A"))
    return Painted(ink, whole, left, up)


def _reach(block: Block) -> tuple[int, int, int]:
    """Return how far ink reaches out of the block to the left, the right, and up or down."""
    left = right = 0.0
    for line in block.lines:
        pen = 0.0
        for run in line.runs:
            one = extent(run)
            left, right = max(left, -(pen + one.left)), max(right, pen + one.right - line.width)
            pen += one.advance
    size = max((run.size for line in block.lines for run in line.runs), default=8)
    spare = max(2, size // 8)
    return int(left) + spare, int(right) + spare, spare


def _side(align: Align, direction: str) -> Align:
    if align != "start":
        return align
    return "right" if direction == "rtl" else "left"


def _offset(width: float, room: float, align: Align) -> float:
    return {"left": 0.0, "start": 0.0, "centre": (room - width) / 2, "right": room - width}[align]


def _strength(color: str) -> list[int]:
    whole = ImageColor.getcolor(color, "RGBA")
    alpha = whole[3] if isinstance(whole, tuple) else 255
    return [round(value * alpha / 255) for value in range(256)]
