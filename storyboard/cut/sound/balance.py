"""Compare how loud music is with the speech over it."""

from collections.abc import Sequence

import numpy as np

from storyboard.cut.sound.samples import CHANNELS, RATE, Curve, Samples, decibels
from storyboard.cut.sound.segments import Segment

_SPOKEN = 0.5
"""How far music is lowered where somebody speaks: by more than half of what is asked."""

_FAINT = 28.0
"""Decibels below the speech at which music is hardly heard; mixes have it 10 to 20 below."""


class Balance:
    """Hears music and speech pass by, block by block, and adds up their power while both are."""

    def __init__(self, music: Sequence[Segment]) -> None:
        self._music = music
        self._at = 0
        self._both = 0
        self._speech = self._under = 0.0

    def hear(self, speech: Samples, under: Samples, lowered: Curve) -> None:
        """Take the next samples of both, and how far music was lowered for each."""
        start, end = self._at, self._at + len(speech)
        self._at = end
        if any(one.at <= start and end <= one.end for one in self._music):
            spoken = lowered > _SPOKEN
            self._both += int(spoken.sum())
            self._speech += float(np.square(speech[spoken], dtype=np.float64).sum())
            self._under += float(np.square(under[spoken], dtype=np.float64).sum())

    @property
    def faint(self) -> float | None:
        """By how many decibels music is below the speech; None if it is heard, or seldom under it.

        Infinite if the music is silent there.
        """
        if self._both < RATE or not self._speech:
            return None
        values = self._both * CHANNELS
        if not self._under:
            return float("inf")
        below = decibels((self._speech / values) ** 0.5) - decibels((self._under / values) ** 0.5)
        return below if below > _FAINT else None
