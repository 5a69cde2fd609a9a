"""A clip's cards to sound: a soft click at each cut, a tone under speech."""

import hashlib
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from storyboard.backends.animatic.clip import AnimaticClip, Spoken

RATE = 48_000
_CLICK = 10 ** (-26 / 20)
_TONE = 10 ** (-27 / 20)
_SYLLABLES = 4.6
"""Syllables a second: the tone swells and falls like speech, so it does not sound like a fault."""

Samples = NDArray[np.float32]


def samples(clip: AnimaticClip) -> Samples:
    """Return the clip's sound, mono, -1 to 1; exactly as long as its picture."""
    length = int(Fraction(clip.frames) / clip.fps * RATE)
    sound = np.zeros(length, np.float32)
    for card in clip.cards:
        at = int(card.start * RATE)
        _add(sound, at, _click())
        for line in card.lines:
            _add(sound, at + int(line.start * RATE), _speech(line))
    return sound


def _add(sound: Samples, at: int, part: Samples) -> None:
    end = min(len(sound), at + len(part))
    if end > at:
        sound[at:end] += part[: end - at]


def _click() -> Samples:
    time = np.arange(RATE * 40 // 1000, dtype=np.float32) / RATE
    body = np.sin(2 * np.pi * 1150 * time) + 0.4 * np.sin(2 * np.pi * 2300 * time)
    return (_CLICK * body * np.exp(-time * 150) * np.minimum(1, time * 1500)).astype(np.float32)


def _speech(line: Spoken) -> Samples:
    """Hum a line: each speaker at a pitch of their own, in waves like syllables."""
    length = int((line.end - line.start) * RATE)
    time = np.arange(length, dtype=np.float32) / RATE
    pitch = 130 + hashlib.sha256(line.speaker.encode()).digest()[0] * 110 / 255
    bend = 1 + 0.03 * np.sin(2 * np.pi * 0.55 * time)
    phase = 2 * np.pi * np.cumsum(pitch * bend) / RATE
    voice = np.sin(phase) + 0.35 * np.sin(2 * phase) + 0.12 * np.sin(3 * phase)
    waves = 0.62 - 0.38 * np.cos(2 * np.pi * _SYLLABLES * time)
    edge = np.minimum(1, np.minimum(time, time[::-1]) * 12) if length else time
    return (_TONE * voice * waves * edge).astype(np.float32)
