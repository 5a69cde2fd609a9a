"""Jobs to clips drawn on this machine, for nothing: the film before it is paid for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.backends.animatic.clip import (
        AnimaticClip,
        Card,
        Picture,
        Portrait,
        Spoken,
        recipe,
    )
    from storyboard.backends.animatic.job_clip import Board, from_job, size_of
    from storyboard.backends.animatic.maker import Animatic, animatic
    from storyboard.backends.animatic.pages import AnimaticPages, pages_of
    from storyboard.backends.animatic.write import draw_clip
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.backends.animatic.clip": (
                "AnimaticClip",
                "Card",
                "Picture",
                "Portrait",
                "Spoken",
                "recipe",
            ),
            "storyboard.backends.animatic.job_clip": ("Board", "from_job", "size_of"),
            "storyboard.backends.animatic.maker": ("Animatic", "animatic"),
            "storyboard.backends.animatic.pages": ("AnimaticPages", "pages_of"),
            "storyboard.backends.animatic.write": ("draw_clip",),
        },
    )

__all__ = [
    "Animatic",
    "AnimaticClip",
    "AnimaticPages",
    "Board",
    "Card",
    "Picture",
    "Portrait",
    "Spoken",
    "animatic",
    "draw_clip",
    "from_job",
    "pages_of",
    "recipe",
    "size_of",
]
