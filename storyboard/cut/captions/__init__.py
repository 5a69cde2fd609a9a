"""What is said, and when, to captions that can be read: split, timed, written as files."""

from storyboard.cut.captions.files import to_srt, to_vtt
from storyboard.cut.captions.limits import Limits, limits_for
from storyboard.cut.captions.split import split_cues

__all__ = ["Limits", "limits_for", "split_cues", "to_srt", "to_vtt"]
