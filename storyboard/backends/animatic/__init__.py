"""Jobs to clips drawn on this machine, for nothing: the film before it is paid for."""

from storyboard.backends.animatic.clip import AnimaticClip, Card, Picture, Portrait, Spoken, recipe
from storyboard.backends.animatic.from_job import Board, from_job, size_of
from storyboard.backends.animatic.maker import Animatic, animatic
from storyboard.backends.animatic.pages import AnimaticPages, pages_of
from storyboard.backends.animatic.write import draw_clip

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
