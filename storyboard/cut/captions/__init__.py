"""What is said, and when, to captions that can be read: split, timed, written as files."""

from storyboard.cut.captions.limits import Limits, limits_for
from storyboard.cut.captions.split import split_cues
from storyboard.cut.captions.srt import to_srt
from storyboard.cut.captions.vtt import to_vtt

__all__ = ["Limits", "limits_for", "split_cues", "to_srt", "to_vtt"]
