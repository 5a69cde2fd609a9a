"""A timeline's sound: dialogue, voice-over and music mixed, ducked, and as loud as asked."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.cut.sound.meter import Loudness, MeterError, measure
    from storyboard.cut.sound.mixture import Mixture, Write, mix
    from storyboard.cut.sound.report import SoundReport, sound_to_json
    from storyboard.cut.sound.samples import RATE, Samples
    from storyboard.cut.sound.segments import total_samples
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.cut.sound.meter": ("Loudness", "MeterError", "measure"),
            "storyboard.cut.sound.mixture": ("Mixture", "Write", "mix"),
            "storyboard.cut.sound.report": ("SoundReport", "sound_to_json"),
            "storyboard.cut.sound.samples": ("RATE", "Samples"),
            "storyboard.cut.sound.segments": ("total_samples",),
        },
    )

__all__ = [
    "RATE",
    "Loudness",
    "MeterError",
    "Mixture",
    "Samples",
    "SoundReport",
    "Write",
    "measure",
    "mix",
    "sound_to_json",
    "total_samples",
]
