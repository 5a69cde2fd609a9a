"""Place the watermark: in its corner, inside the safe area, above captions."""

from decimal import Decimal

from storyboard.media.text import safe_area
from storyboard.model import Box, Corner, Size, Watermark

_WIDEST = Decimal("0.16")
"""The longest that its longer side is drawn, as a part of the film's longer side."""

_RIGHT = frozenset({Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT})
_LOW = frozenset({Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT})


def watermark_box(mark: Watermark, picture: tuple[int, int], size: Size, lift: int) -> Box:
    """Return where a watermark is in a film.

    `picture` is its own width and height; `lift` is the height that captions take at the bottom.
    Its margin is kept where that is more than the safe area keeps clear.
    """
    widest = round(max(size.width, size.height) * _WIDEST)
    longer = max(*picture, 1)
    width, height = (max(1, side * min(widest, longer) // longer) for side in picture)
    margin, area = round(min(size.width, size.height) * mark.margin), safe_area(size)
    left, top = max(margin, area.x), max(margin, area.y)
    right = min(size.width - margin, area.right) - width
    low = min(size.height - margin, area.bottom - lift) - height
    x = right if mark.corner in _RIGHT else left
    y = low if mark.corner in _LOW else top
    return Box(max(0, x), max(0, y), width, height)
