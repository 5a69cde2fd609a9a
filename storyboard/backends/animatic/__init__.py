"""Jobs to clips drawn on this machine, for nothing: the film before it is paid for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.backends.animatic.clip import (
        AnimaticClip,
        Card,
        Picture,
        Portrait,
        Spoken,
    )
    from storyboard.backends.animatic.drawing import AnimaticDrawing, drawn
    from storyboard.backends.animatic.job_clip import Board, from_job, size_of
    from storyboard.backends.animatic.maker import Animatic, animatic
    from storyboard.backends.animatic.pages import AnimaticPages, pages_of
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
            ),
            "storyboard.backends.animatic.drawing": ("AnimaticDrawing", "drawn"),
            "storyboard.backends.animatic.job_clip": ("Board", "from_job", "size_of"),
            "storyboard.backends.animatic.maker": ("Animatic", "animatic"),
            "storyboard.backends.animatic.pages": ("AnimaticPages", "pages_of"),
        },
    )

__all__ = [
    "Animatic",
    "AnimaticClip",
    "AnimaticDrawing",
    "AnimaticPages",
    "Board",
    "Card",
    "Picture",
    "Portrait",
    "Spoken",
    "animatic",
    "drawn",
    "from_job",
    "pages_of",
    "size_of",
]
