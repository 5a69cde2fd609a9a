"""Plays the tunes of the templates."""

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 44_100


def tune(path: Path, seconds: float, root: float, beats: Sequence[int], tempo: float) -> None:
    """Play a plucked pattern over two slow chords."""
    t = np.arange(int(seconds * RATE)) / RATE
    sound = np.zeros_like(t)
    beat = 60 / tempo
    for place in range(int(seconds / beat * 2)):
        start = place * beat / 2
        tone = root * 2 ** (beats[place % len(beats)] / 12)
        own = np.clip(t - start, 0, None)
        on = (t >= start) & (t < start + 1.6)
        pluck = np.sin(2 * np.pi * tone * own) + 0.35 * np.sin(4 * np.pi * tone * own)
        sound += on * pluck * np.exp(-own * 4.5) * 0.22
    for step in (0, 7, 12):
        sound += 0.035 * np.sin(2 * np.pi * root / 2 * 2 ** (step / 12) * t)
    fade = np.minimum(1, np.minimum(t / 0.05, (seconds - t) / 1.2))
    samples = (np.clip(sound * fade, -1, 1) * 29_000).astype("<i2")
    _encode(path, samples)


def _encode(path: Path, samples: NDArray[np.int16]) -> None:
    """Write an mp3 with PyAV; a wav of the same would be ten times as large."""
    import av  # noqa: PLC0415 - only this one function needs it

    raw = io.BytesIO()
    with wave.open(raw, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    raw.seek(0)
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(raw) as source, av.open(str(path), "w") as target:
        stream = target.add_stream("mp3", rate=RATE)
        stream.bit_rate = 64_000
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
