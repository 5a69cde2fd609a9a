"""Times to samples, and blocks of samples: the one shape in which all sound passes here."""

from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storyboard.model import FrameRate, Seconds

RATE = 48_000
"""Samples a second of every film."""

CHANNELS = 2

BLOCK = RATE
"""Samples that are worked on at once: memory stays the same however long the film is."""

Samples: TypeAlias = NDArray[np.float32]
"""Stereo sound, one row a sample, full scale is 1; more than that is not yet cut off."""

Curve: TypeAlias = NDArray[np.float32]
"""One number a sample: a gain, or an amount."""

Numbers: TypeAlias = NDArray[np.float64]
"""Numbers to reckon with, where float32 is too coarse: places far into a film, sums."""


def sample_at(time: Seconds) -> int:
    """Return the number of the sample nearest to a time."""
    return (time * RATE + Fraction(1, 2)).__floor__()


def sample_of_frame(frame: int, fps: FrameRate) -> int:
    """Return the number of the sample nearest to a frame's start: exact, so nothing drifts."""
    return sample_at(Fraction(frame) / fps)


def silence(count: int) -> Samples:
    """Return so many samples of nothing."""
    return np.zeros((count, CHANNELS), np.float32)


def decibels(amplitude: float) -> float:
    """Turn an amplitude into decibels; silence is -200."""
    return 20 * float(np.log10(max(amplitude, 1e-10)))


def amplitude(level: float) -> float:
    """Turn decibels into an amplitude."""
    return float(10 ** (level / 20))
