"""What is said, and when, to captions that can be read: split, timed, written as files."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.cut.captions.files import FORMS, to_srt, to_vtt
    from storyboard.cut.captions.limits import Limits, limits_for
    from storyboard.cut.captions.split import split_cues
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.cut.captions.files": ("FORMS", "to_srt", "to_vtt"),
            "storyboard.cut.captions.limits": ("Limits", "limits_for"),
            "storyboard.cut.captions.split": ("split_cues",),
        },
    )

__all__ = [
    "FORMS",
    "Limits",
    "limits_for",
    "split_cues",
    "to_srt",
    "to_vtt",
]
