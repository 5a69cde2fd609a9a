"""Titles, burnt-in captions and the watermark of a timeline to pictures over its frames."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.cut.overlay.glyphs import measure_words
    from storyboard.cut.overlay.look import fonts_of, set_title
    from storyboard.cut.overlay.measure import measure_titles
    from storyboard.cut.overlay.overlay import Overlay
    from storyboard.cut.overlay.scaling import Laid, Scale, scaled
    from storyboard.cut.overlay.timeline_overlays import overlays
    from storyboard.cut.overlay.title_room import needs_setting
    from storyboard.cut.overlay.words_drawn import needs_fonts
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.cut.overlay.glyphs": ("measure_words",),
            "storyboard.cut.overlay.look": ("fonts_of", "set_title"),
            "storyboard.cut.overlay.measure": ("measure_titles",),
            "storyboard.cut.overlay.overlay": ("Overlay",),
            "storyboard.cut.overlay.scaling": ("Laid", "Scale", "scaled"),
            "storyboard.cut.overlay.timeline_overlays": ("overlays",),
            "storyboard.cut.overlay.title_room": ("needs_setting",),
            "storyboard.cut.overlay.words_drawn": ("needs_fonts",),
        },
    )

__all__ = [
    "Laid",
    "Overlay",
    "Scale",
    "fonts_of",
    "measure_titles",
    "measure_words",
    "needs_fonts",
    "needs_setting",
    "overlays",
    "scaled",
    "set_title",
]
