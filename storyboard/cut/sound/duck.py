"""The level of speech to how far music is lowered under it."""

from collections.abc import Iterable, Iterator

import numpy as np

from storyboard.cut.sound.samples import CHANNELS, RATE, Curve, Numbers, Samples

_HOP = 240
"""5 ms: how often the level is looked at."""

_QUIET, _LOUD = -46.0, -34.0
"""Decibels (RMS): below the first nothing is lowered, above the second by all that is asked."""

_AHEAD = 20
"""Hops, 100 ms: music goes down just before a word, so that its first sound is heard."""

_HOLD = 60
"""Hops, 300 ms: music stays down between words."""

_ATTACK, _RELEASE = 0.025, 0.3
"""Seconds in which it gets two thirds of the way down, and up again."""

_DOWN = 1 - float(np.exp(-_HOP / RATE / _ATTACK))
_UP = 1 - float(np.exp(-_HOP / RATE / _RELEASE))


def ducked(speech: Iterable[Samples]) -> Iterator[tuple[Samples, Curve]]:
    """Yield each block of speech with how far music is lowered under it: 0 not at all, 1 fully.

    Blocks are whole hops, but for the last. One block is held back, to look ahead into the next.
    """
    follower = _Follower()
    held: Samples | None = None
    for block in speech:
        follower.hear(_wanted(block))
        if held is not None:
            yield held, follower.curve(len(held))
        held = block
    if held is not None:
        follower.hear(np.zeros(_AHEAD))
        yield held, follower.curve(len(held))


class _Follower:
    """Goes after the level, hop by hop: early down, late up."""

    def __init__(self) -> None:
        self._levels = np.zeros(_HOLD)
        self._amount = 0.0

    def hear(self, levels: Numbers) -> None:
        self._levels = np.concatenate((self._levels, levels))

    def curve(self, samples: int) -> Curve:
        """Return the amount for the next samples, and forget what has been used."""
        hops = -(-samples // _HOP)
        window = np.lib.stride_tricks.sliding_window_view(
            self._levels[: hops + _HOLD + _AHEAD], min(_HOLD + _AHEAD + 1, len(self._levels))
        )
        targets = np.full(hops, window[-1].max())
        targets[: len(window)] = window.max(axis=1)[:hops]
        points = [self._amount]
        for target in targets:
            step = _DOWN if target > points[-1] else _UP
            points.append(points[-1] + step * (float(target) - points[-1]))
        self._amount = points[-1]
        self._levels = self._levels[hops:]
        places = np.arange(samples, dtype=np.float32) / _HOP
        return np.interp(places, np.arange(hops + 1), points).astype(np.float32)


def _wanted(block: Samples) -> Numbers:
    """Return for each hop how far its level alone would lower the music."""
    whole = block if len(block) % _HOP == 0 else np.pad(block, ((0, -len(block) % _HOP), (0, 0)))
    hops = whole.reshape(-1, _HOP * CHANNELS)
    power = np.einsum("ij,ij->i", hops, hops) / (_HOP * CHANNELS)
    level = 10 * np.log10(np.maximum(power, 1e-12))
    wanted: Numbers = np.clip((level - _QUIET) / (_LOUD - _QUIET), 0, 1)
    return wanted
