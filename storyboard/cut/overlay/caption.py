"""A caption's words to the layers that are burnt into the picture."""

from functools import lru_cache

from storyboard.cut.overlay.layers import Layers, layers
from storyboard.cut.overlay.look import CAPTION_SIZE, SetTitle, caption_letters
from storyboard.media.text import FontStack, Type, lay_out, safe_area
from storyboard.model import Place, Size, TitleStyle

_STYLE = TitleStyle("caption", Place.BOTTOM, CAPTION_SIZE, box="#0a0a0cb8", shadow=None)


@lru_cache(maxsize=64)
def caption_layers(text: str, fonts: FontStack, size: Size) -> Layers:
    """Draw a caption: letters on a quiet box, in the middle at the bottom of the safe area."""
    letters = caption_letters(size)
    area = safe_area(size)
    pad_x, pad_y = round(letters * 0.45), round(letters * 0.2)
    block = lay_out(text, Type(fonts, letters), area.width - 2 * pad_x)
    x = (size.width - int(block.width)) // 2
    y = area.bottom - pad_y - int(block.height)
    placed = SetTitle(block, "centre", letters, x, y, area.width, pad_x, pad_y, letters // 6)
    return layers(placed, _STYLE)
