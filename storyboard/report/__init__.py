"""What happened, for people and for programs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.report.lock_news import LockNews, SupersededShot
    from storyboard.report.rendering import Rendering, tally, to_json, words
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.report.lock_news": ("LockNews", "SupersededShot"),
            "storyboard.report.rendering": ("Rendering", "tally", "to_json", "words"),
        },
    )

__all__ = [
    "LockNews",
    "Rendering",
    "SupersededShot",
    "tally",
    "to_json",
    "words",
]
