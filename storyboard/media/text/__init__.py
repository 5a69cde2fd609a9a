"""Words to pictures of words: fonts, direction, line breaks, and the painting of each line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.media.text.breaks import is_ideographic, pieces
    from storyboard.media.text.fonts import (
        FontFile,
        FontStack,
        NotAFont,
        Weight,
        font_stack,
        missing_glyphs,
        read_font,
    )
    from storyboard.media.text.grapheme_clusters import clusters
    from storyboard.media.text.layout import Align, Block, Type, lay_out, rough_width
    from storyboard.media.text.painting import Painted, paint
    from storyboard.media.text.safe import safe_area
    from storyboard.media.text.scripts import script_names
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.media.text.breaks": ("is_ideographic", "pieces"),
            "storyboard.media.text.fonts": (
                "FontFile",
                "FontStack",
                "NotAFont",
                "Weight",
                "font_stack",
                "missing_glyphs",
                "read_font",
            ),
            "storyboard.media.text.grapheme_clusters": ("clusters",),
            "storyboard.media.text.layout": ("Align", "Block", "Type", "lay_out", "rough_width"),
            "storyboard.media.text.painting": ("Painted", "paint"),
            "storyboard.media.text.safe": ("safe_area",),
            "storyboard.media.text.scripts": ("script_names",),
        },
    )

__all__ = [
    "Align",
    "Block",
    "FontFile",
    "FontStack",
    "NotAFont",
    "Painted",
    "Type",
    "Weight",
    "clusters",
    "font_stack",
    "is_ideographic",
    "lay_out",
    "missing_glyphs",
    "paint",
    "pieces",
    "read_font",
    "rough_width",
    "safe_area",
    "script_names",
]
