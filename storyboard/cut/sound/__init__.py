"""A timeline's sound: dialogue, voice-over and music mixed, ducked, and as loud as asked."""

from storyboard.cut.sound.meter import Loudness, MeterError, measure
from storyboard.cut.sound.mix import Mixture, Write, mix
from storyboard.cut.sound.report import SoundReport, sound_to_json
from storyboard.cut.sound.samples import RATE, Samples
from storyboard.cut.sound.segments import total_samples

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
