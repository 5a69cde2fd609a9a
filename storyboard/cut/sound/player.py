"""Segments to the sum of their samples, block by block."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from storyboard.cut.sound.decode import Decoding
from storyboard.cut.sound.samples import BLOCK, CHANNELS, Curve, Samples, decibels, silence
from storyboard.cut.sound.segments import SHORT_FADE, Segment
from storyboard.media import Drawn

_SPEECH = -38.0
"""Louder than this, in decibels, is taken for something that one listens to."""


class DrawnSound:
    """The sound of a clip that is drawn: read as a file's is, and never broken."""

    broken = 0

    def __init__(self, clip: Drawn) -> None:
        self._clip = clip

    def read(self, start: int, count: int) -> Iterator[Samples]:
        """Yield the samples from `start` on, at most `count`; fewer if the clip ends before."""
        mono = self._clip.drawing.samples()[start : start + count]
        if len(mono):
            yield np.repeat(mono, CHANNELS).reshape(-1, CHANNELS)


def opened(sound: Path | Drawn, track: int | None) -> Decoding | DrawnSound:
    """Open a sound to be read, of a file or a drawn clip."""
    return Decoding(sound, track) if isinstance(sound, Path) else DrawnSound(sound)


class Player:
    """One segment being heard. It holds what was decoded and not yet asked for: little."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._decoding = opened(segment.sound, segment.track)
        stream = self._decoding.read(segment.source, segment.samples)
        self._stream = _softly_ended(stream, segment.samples)
        self._held: list[Samples] = []
        self._heard = 0
        self._faded_power = 0.0

    def take(self, count: int) -> Samples:
        """Return its next samples with its fades on them; silence after its end."""
        got: list[Samples] = []
        missing = min(count, self.segment.samples - self._heard)
        while missing > 0 and (block := self._next()) is not None:
            got.append(block[:missing])
            if len(block) > missing:
                self._held.append(block[missing:])
            missing -= len(got[-1])
        sound = silence(count)
        if got:
            made = np.concatenate(got)
            sound[: len(made)] = made * self.segment.gains(self._heard, len(made))[:, None]
            self._listen(made)
        self._heard += count
        return sound

    @property
    def broken(self) -> int:
        """How many pieces of its sound could not be decoded so far."""
        return self._decoding.broken

    @property
    def faded_loud(self) -> bool:
        """True where there was still something to listen to under its long fade at the end."""
        fade = self.segment.fade_out
        return fade > SHORT_FADE and decibels((self._faded_power / fade) ** 0.5) > _SPEECH

    def _next(self) -> Samples | None:
        return self._held.pop() if self._held else next(self._stream, None)

    def _listen(self, made: Samples) -> None:
        """Add up the power of what stands under the fade at the end."""
        first = max(self.segment.samples - self.segment.fade_out - self._heard, 0)
        under = made[first:]
        if len(under):
            self._faded_power += float(np.square(under, dtype=np.float64).sum()) / CHANNELS


class Bus:
    """Segments that are heard together.

    `broken` counts by name what could not be decoded, `faded` names what was still to be heard
    when it was faded out; both are whole once all has been taken.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._waiting = sorted(segments, key=lambda one: (one.at, one.name), reverse=True)
        self._playing: list[Player] = []
        self._at = 0
        self.broken: dict[str, int] = {}
        self.faded: list[str] = []

    def take(self, count: int, ducked: Curve | None = None) -> Samples:
        """Return the next samples of all that is heard.

        `ducked` says for each sample how far what ducks is lowered: 0 not at all, 1 by all of it.
        """
        end = self._at + count
        while self._waiting and self._waiting[-1].at < end:
            self._playing.append(Player(self._waiting.pop()))
        mixed = silence(count)
        for player in self._playing:
            segment = player.segment
            first = max(segment.at - self._at, 0)
            sound = player.take(count - first)
            if ducked is not None and segment.duck:
                sound *= _lowered(ducked[first:], segment.duck)[:, None]
            mixed[first:] += sound
        self._at = end
        self._drop_ended()
        return mixed

    def _drop_ended(self) -> None:
        for player in self._playing:
            name = player.segment.name
            if player.segment.end > self._at:
                continue
            if player.broken:
                self.broken[name] = self.broken.get(name, 0) + player.broken
            if player.faded_loud:
                self.faded.append(name)
        self._playing = [one for one in self._playing if one.segment.end > self._at]


def blocks(total: int) -> Iterator[int]:
    """Yield the lengths of the blocks that a film of `total` samples is worked on in."""
    for start in range(0, total, BLOCK):
        yield min(BLOCK, total - start)


def _lowered(ducked: Curve, by: float) -> Curve:
    lowered: Curve = np.power(np.float32(10), ducked * np.float32(-by / 20))
    return lowered


def _softly_ended(stream: Iterator[Samples], count: int) -> Iterator[Samples]:
    """Fade out what ends before `count` samples, so that it does not click.

    5 ms are held back until it is known whether more follows.
    """
    held = silence(0)
    for block in stream:
        held = np.concatenate((held, block))
        if len(held) > SHORT_FADE:
            yield held[:-SHORT_FADE]
            count -= len(held) - SHORT_FADE
            held = held[-SHORT_FADE:]
    if len(held) < count:
        held *= np.sin(np.linspace(np.pi / 2, 0, len(held), dtype=np.float32))[:, None]
    if len(held):
        yield held
