"""Loud sound to sound whose true peaks stay under a ceiling, without being heard to."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storyboard.cut.sound.samples import CHANNELS, Curve, Numbers, Samples, silence

_REACH = 240
"""Samples, 5 ms: the gain goes down over so many before a peak, and up over so many after it."""

_PHASES = 4
_TAPS = 24
_EDGE = 2 * _REACH + _TAPS
"""What a sample's gain depends on lies within so many samples on each side."""

_SAFE = 0.5
"""Where no sample reaches half the ceiling, nothing between samples reaches the ceiling."""


class Limiter:
    """Multiplies by `gain` and holds true peaks (4 times oversampled) at `ceiling`.

    `lowest` is the smallest factor that a peak was lowered by so far.
    """

    def __init__(self, gain: float, ceiling: float) -> None:
        self._gain: Final = np.float32(gain)
        self._ceiling = ceiling
        self.lowest = 1.0

    def run(self, blocks: Iterable[Samples]) -> Iterator[Samples]:
        """Yield as many samples as there are, in blocks, with nothing moved in time."""
        before, held = silence(_EDGE), silence(0)
        for block in blocks:
            held = np.concatenate((held, block * self._gain))
            if len(held) > _EDGE:
                yield self._limited(before, held[:-_EDGE], held[-_EDGE:])
                before = np.concatenate((before, held[:-_EDGE]))[-_EDGE:]
                held = held[-_EDGE:]
        if len(held):
            yield self._limited(before, held, silence(_EDGE))

    def _limited(self, before: Samples, block: Samples, after: Samples) -> Samples:
        whole = np.concatenate((before, block, after))
        loud = np.flatnonzero(np.abs(whole).max(axis=1) >= _SAFE * self._ceiling)
        if not len(loud):
            return block
        near = slice(max(int(loud[0]) - _TAPS, 0), int(loud[-1]) + _TAPS)
        wanted = np.ones(len(whole))
        wanted[near] = self._ceiling / np.maximum(true_peaks(whole[near]), self._ceiling)
        gains = _smoothed(wanted)[len(before) : len(before) + len(block)]
        self.lowest = min(self.lowest, float(gains.min()))
        limited: Samples = block * gains.astype(np.float32)[:, None]
        return limited


def true_peaks(sound: Samples) -> Curve:
    """Return for each sample the highest amplitude at it and up to the next one, of any channel."""
    left, right = np.abs(sound).T
    peaks: Curve = np.maximum(left, right)
    for phase in _FILTERS:
        for channel in range(CHANNELS):
            between = np.abs(np.convolve(sound[:, channel], phase, "same"))
            np.maximum(peaks, between, out=peaks)
            # a peak between two samples is the matter of both
            np.maximum(peaks[1:], between[:-1], out=peaks[1:])
    return peaks


def _smoothed(wanted: Numbers) -> Numbers:
    """Return gains that are nowhere above what is wanted, and change smoothly.

    The least gain of all around, averaged over the same stretch: where a peak stands, everything
    that is averaged is at or below what that peak wants.
    """
    least = _least(wanted, 2 * _REACH + 1)
    box = _REACH + 1
    return _mean(_mean(least, box), box)


def _least(values: Numbers, width: int) -> Numbers:
    """Return the least of `width` values round each, by doubling: a few passes for any width."""
    half = width // 2
    padded = np.pad(values, half, constant_values=1.0)
    reach, found = 1, padded
    while reach < width:
        step = min(reach, width - reach)
        found = np.minimum(found[:-step], found[step:])
        reach += step
    return found


def _mean(values: Numbers, width: int) -> Numbers:
    """Return the mean of `width` (odd) values round each; beyond the ends stand the end values."""
    half = width // 2
    summed = np.cumsum(np.pad(values, (half + 1, half), mode="edge"))
    return (summed[width:] - summed[:-width]) / width


def _filters() -> tuple[NDArray[np.float32], ...]:
    """Make the filters that give the sound at one, two and three quarters between samples."""
    half = _TAPS // 2
    made = []
    for phase in range(1, _PHASES):
        # `convolve` puts the result of an even number of taps at the tap before the middle
        place = np.arange(_TAPS) - (half - 1) + phase / _PHASES
        window = np.i0(6 * np.sqrt(1 - np.square(place / (half + 1)))) / np.i0(6)
        taps = np.sinc(place) * window
        made.append((taps / taps.sum()).astype(np.float32))
    return tuple(made)


_FILTERS: Final = _filters()
