"""Where a stretch of a sound file stands in the film, and how loud each of its samples is."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from storyboard.cut.sound.samples import Curve, Numbers

SHORT_FADE = 240
"""5 ms: long enough that nothing clicks, too short to be heard as a fade."""


@dataclass(frozen=True, slots=True)
class Segment:
    """`samples` of a file from its sample `source` on, heard from the film's sample `at` on.

    `fade_in` and `fade_out` are in samples; `gain` is a factor; `duck` is by how many decibels
    speech lowers it; `name` says what it is in notes.
    """

    name: str
    path: Path
    source: int
    at: int
    samples: int
    fade_in: int
    fade_out: int
    gain: float = 1.0
    duck: float = 0.0

    @property
    def end(self) -> int:
        """The film's first sample after it."""
        return self.at + self.samples

    def gains(self, start: int, count: int) -> Curve:
        """Return the gain of `count` samples from its own sample `start` on.

        Fades are quarters of a sine: of two that cross, the powers add up to one.
        """
        curve = np.full(count, self.gain, np.float32)
        place = np.arange(start, start + count, dtype=np.float64) + 0.5
        if start < self.fade_in:
            curve *= _rise(place / self.fade_in)
        if start + count > self.samples - self.fade_out:
            curve *= _rise((self.samples - place) / max(self.fade_out, 1))
        return curve


def _rise(part: Numbers) -> Curve:
    return np.sin(np.clip(part, 0, 1) * (np.pi / 2)).astype(np.float32)
