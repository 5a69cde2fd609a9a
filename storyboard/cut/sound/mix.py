"""A timeline to one sound file: everything in its place, ducked, faded, and as loud as asked."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from storyboard.cut.sound.duck import ducked
from storyboard.cut.sound.limit import Limiter
from storyboard.cut.sound.meter import Loudness, Meter, metered
from storyboard.cut.sound.notes import film_notes, level_notes, mixture_notes
from storyboard.cut.sound.player import Bus, blocks
from storyboard.cut.sound.report import SoundReport
from storyboard.cut.sound.samples import Samples, amplitude, decibels
from storyboard.cut.sound.segments import dialogue, music, total_samples, voiceover
from storyboard.cut.sound.wav import read_wav, write_wav
from storyboard.cut.timeline import Timeline

TRUE_PEAK = Decimal(-1)
"""dBTP: no film is louder than this at any point."""

_CEILING = amplitude(-2)
"""A decibel lower than that: the encoding to AAC that follows raises peaks again."""

_NEAR = Decimal("0.2")
"""LU: how near the target the result must be for no further try."""

_MOST_TRIES = 5
_MOST_GAIN = Decimal(30)
"""Decibels: what needs more than this is noise, not a film's sound."""

_NO_GAIN: Final = Decimal(0)


class Mixture:
    """A timeline's sound before its loudness is set, as blocks, to be gone through once."""

    def __init__(self, timeline: Timeline) -> None:
        self.speech = Bus((*dialogue(timeline), *voiceover(timeline)))
        self.music = Bus(music(timeline))
        self._total = total_samples(timeline)

    def __iter__(self) -> Iterator[Samples]:
        """Yield all blocks, once: exactly as many samples as the film has."""
        speech = (self.speech.take(count) for count in blocks(self._total))
        for spoken, lowered in ducked(speech):
            yield spoken + self.music.take(len(spoken), lowered)


def mix(timeline: Timeline, out: Path) -> SoundReport:
    """Write a film's sound: 48 kHz, stereo, exactly as long as its picture.

    It is made in two passes: mixed and measured, then raised or lowered to the target with its
    true peaks held, and measured again. Memory stays the same whatever the length; beside `out`,
    as much room on the disk is needed once more while it works.

    Raises `OSError` or `av.FFmpegError` where a file cannot be read, or ffmpeg does not measure.
    """
    mixed = out.with_name(f"{out.name}.mixed")
    total = total_samples(timeline)
    mixture = Mixture(timeline)
    try:
        with Meter() as meter:
            write_wav(mixed, total, metered(mixture, meter))
            heard = meter.read()
        made = _level(timeline, heard, mixed, out)
        return replace(
            made,
            notes=(
                *mixture_notes(mixture.speech, mixture.music),
                *film_notes(timeline),
                *made.notes,
            ),
        )
    finally:
        mixed.unlink(missing_ok=True)


def _level(timeline: Timeline, heard: Loudness, mixed: Path, out: Path) -> SoundReport:
    """Bring what was mixed to the target; again with more gain where held peaks cost loudness."""
    total = total_samples(timeline)
    target = timeline.loudness
    gain = _NO_GAIN if target is None else _gain(target, heard)
    got = heard
    limiter = Limiter(1, _CEILING)
    for _ in range(_MOST_TRIES if heard.true_peak is not None else 1):
        limiter = Limiter(amplitude(float(gain)), _CEILING)
        with Meter() as meter:
            write_wav(out, total, metered(limiter.run(read_wav(mixed)), meter))
            got = meter.read()
        missing = _NO_GAIN if target is None else _gain(target, got)
        raised = min(gain + missing, _MOST_GAIN)
        if abs(missing) <= _NEAR or raised == gain:
            break
        gain = raised
    lowered = abs(Decimal(str(round(decibels(limiter.lowest), 1))))
    notes = tuple(level_notes(target, got))
    return SoundReport(total, got.integrated, got.true_peak, target, gain, lowered, notes)


def _gain(target: Decimal, heard: Loudness) -> Decimal:
    """Return the decibels that are missing; 0 where nothing can be measured."""
    if heard.integrated is None:
        return _NO_GAIN
    return min(target - heard.integrated, _MOST_GAIN)
