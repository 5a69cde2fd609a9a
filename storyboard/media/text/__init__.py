"""Words to pictures of words: fonts, direction, line breaks, and the painting of each line."""

from storyboard.media.text.fonts import (
    FontFile,
    FontStack,
    NotAFont,
    Weight,
    font_stack,
    missing_glyphs,
    read_font,
)
from storyboard.media.text.layout import Block, Type, lay_out, rough_width
from storyboard.media.text.paint import Painted, paint
from storyboard.media.text.safe import safe_area
from storyboard.media.text.shape import can_shape

__all__ = [
    "Block",
    "FontFile",
    "FontStack",
    "NotAFont",
    "Painted",
    "Type",
    "Weight",
    "can_shape",
    "font_stack",
    "lay_out",
    "missing_glyphs",
    "paint",
    "read_font",
    "rough_width",
    "safe_area",
]
