"""A timeline to one sound file: everything in its place, ducked, faded, and as loud as asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

from storyboard.cut.sound.balance import Balance
from storyboard.cut.sound.duck import ducked
from storyboard.cut.sound.limit import Limiter
from storyboard.cut.sound.meter import Loudness, Meter, metered
from storyboard.cut.sound.player import Bus, blocks
from storyboard.cut.sound.report import (
    SoundReport,
    film_notes,
    level_notes,
    mix_notes,
    mixture_notes,
)
from storyboard.cut.sound.samples import Samples, amplitude, decibels
from storyboard.cut.sound.segments import dialogue, music, total_samples, voiceover
from storyboard.cut.sound.wav import read_wav, write_wav
from storyboard.cut.timeline import Timeline

_CEILING = amplitude(-2)
"""dBTP of the samples: a decibel below what no film exceeds, since encoding raises peaks."""

_NEAR = Decimal("0.2")
"""LU: how near the target the result must be for no further try."""

_MOST_TRIES = 5
_MOST_GAIN = Decimal(30)
"""Decibels: what needs more than this is noise, not a film's sound."""

_NO_GAIN: Final = Decimal(0)


Write: TypeAlias = Callable[[Iterable[Samples]], None]
"""Takes all of a film's sound, block by block. What it is given last is the sound."""


class Mixture:
    """A timeline's sound before its loudness is set, as blocks, to be gone through once."""

    def __init__(self, timeline: Timeline) -> None:
        self.speech = Bus((*dialogue(timeline), *voiceover(timeline)))
        under = music(timeline)
        self.music = Bus(under)
        self.balance = Balance(under)
        self._total = total_samples(timeline)

    def __iter__(self) -> Iterator[Samples]:
        """Yield all blocks, once: exactly as many samples as the film has."""
        speech = (self.speech.take(count) for count in blocks(self._total))
        for spoken, lowered in ducked(speech):
            under = self.music.take(len(spoken), lowered)
            self.balance.hear(spoken, under, lowered)
            yield spoken + under


def mix(timeline: Timeline, folder: Path, write: Write) -> SoundReport:
    """Make a film's sound: 48 kHz, stereo, exactly as long as its picture, its true peaks held.

    Where a loudness is asked for it is made in two passes: mixed and measured, then raised or
    lowered to it, and measured again while `write` takes it; now and then that needs a third.
    Memory stays the same whatever the length; what is mixed lies in `folder` meanwhile.

    Raises `OSError` or `av.FFmpegError` where a file cannot be read, or ffmpeg does not measure.
    """
    mixture = Mixture(timeline)
    target = timeline.loudness
    if target is None:
        passed = _pass(mixture, _NO_GAIN, write)
    else:
        mixed = folder / "mixed.wav"
        try:
            with Meter(peaks=False) as meter:
                write_wav(mixed, total_samples(timeline), metered(mixture, meter))
                heard = meter.read()
            passed = _level(target, heard, mixed, write)
        finally:
            mixed.unlink(missing_ok=True)
    return SoundReport(
        samples=total_samples(timeline),
        loudness=passed.got.integrated,
        true_peak=passed.got.true_peak,
        target=target,
        gain=passed.gain,
        lowered=abs(Decimal(str(round(decibels(passed.lowest), 1)))),
        notes=(
            *mixture_notes(mixture.speech, mixture.music),
            *film_notes(timeline),
            *level_notes(target, passed.got),
            *(() if timeline.pages else mix_notes(target, passed.got, mixture.balance)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Passed:
    """What a pass gave: with which gain in decibels, and the smallest factor of a held peak."""

    gain: Decimal
    lowest: float
    got: Loudness


def _pass(blocks: Iterable[Samples], gain: Decimal, write: Write) -> _Passed:
    """Raise or lower, hold the peaks, and measure what is written."""
    limiter = Limiter(amplitude(float(gain)), _CEILING)
    with Meter() as meter:
        write(metered(limiter.run(blocks), meter))
        return _Passed(gain, limiter.lowest, meter.read())


def _level(target: Decimal, heard: Loudness, mixed: Path, write: Write) -> _Passed:
    """Bring what was mixed to the target; again with more gain where held peaks cost loudness."""
    passed = _pass(read_wav(mixed), _gain(target, heard), write)
    for _ in range(_MOST_TRIES - 1):
        missing = _gain(target, passed.got)
        raised = min(passed.gain + missing, _MOST_GAIN)
        if abs(missing) <= _NEAR or raised == passed.gain:
            break
        passed = _pass(read_wav(mixed), raised, write)
    return passed


def _gain(target: Decimal, heard: Loudness) -> Decimal:
    """Return the decibels that are missing; 0 where nothing can be measured."""
    if heard.integrated is None:
        return _NO_GAIN
    return min(target - heard.integrated, _MOST_GAIN)
