"""Report how a film's sound came out: as a value, and in sentences for the user."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isinf

from storyboard.cut.sound.balance import Balance
from storyboard.cut.sound.meter import Loudness
from storyboard.cut.sound.player import Bus, opened
from storyboard.cut.sound.samples import RATE
from storyboard.cut.sound.segments import music, total_samples, voiceover
from storyboard.cut.timeline import Timeline
from storyboard.diagnostics import counted
from storyboard.model import clock

_FAR = Decimal("0.5")
_SOFT = Decimal(-33)
"""LUFS: 10 LU below what broadcasters send (EBU R 128), and 19 below what platforms play."""

_NAMED = 4


@dataclass(frozen=True, slots=True)
class SoundReport:
    """What was measured on the finished sound, and how it got there.

    `loudness` is in LUFS and `true_peak` in dBTP, both None where there is nothing to hear;
    `target` None leaves the loudness as it is; `gain` is by how many decibels all was raised, and
    `lowered` by how many at most a peak was then held down. `notes` are sentences for the user.
    """

    samples: int
    loudness: Decimal | None
    true_peak: Decimal | None
    target: Decimal | None
    gain: Decimal
    lowered: Decimal
    notes: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """True where there is nothing to hear."""
        return self.true_peak is None


def sound_to_json(report: SoundReport) -> dict[str, object]:
    """Turn a report into plain data for JSON: decibels as numbers, None where there is no sound."""

    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return {
        "samples": report.samples,
        "loudness_lufs": number(report.loudness),
        "true_peak_dbtp": number(report.true_peak),
        "target_lufs": number(report.target),
        "gain_db": number(report.gain),
        "lowered_db": number(report.lowered),
        "notes": list(report.notes),
    }


def mixture_notes(speech: Bus, under: Bus) -> Iterator[str]:
    """Say what was heard while mixing: after both have been gone through."""
    for bus in (speech, under):
        for name, count in bus.broken.items():
            are = "is" if count == 1 else "are"
            yield f"{name}: {counted(count, 'piece')} of its sound {are} broken and left out"
    if speech.faded:
        named = ", ".join(speech.faded[:_NAMED])
        more = len(speech.faded) - _NAMED
        who = f"{named} and {more} more" if more > 0 else named
        yield (
            f"still heard when the transition after it fades it out: {who}; "
            "if that is speech, give the shot more time"
        )


def level_notes(target: Decimal | None, got: Loudness) -> Iterator[str]:
    """Say where the loudness asked for was not reached."""
    if got.true_peak is None:
        yield "nothing is heard in the film: its sound track is silent"
    elif target is not None and got.integrated is None:
        yield "the sound is too short or too quiet to measure its loudness, and is left as it is"
    elif target is not None and got.integrated is not None:
        off = got.integrated - target
        if abs(off) > _FAR:
            way = "louder" if off > 0 else "quieter"
            yield f"the sound came out {abs(off)} LU {way} than the {target} LUFS asked for"


def mix_notes(target: Decimal | None, got: Loudness, balance: Balance) -> Iterator[str]:
    """Say what is too soft to be heard beside other films, or beside speech.

    Not of an animatic: what is spoken in it is drawn, and no measure of the film.
    """
    if target is None and got.integrated is not None and got.integrated < _SOFT:
        yield (
            f"the film is very soft: {got.integrated} LUFS; "
            "set `loudness` under `cut`, such as `-14 LUFS`"
        )
    below = balance.faint
    if below is not None:
        how = "silent" if isinf(below) else f"{below:.0f} dB softer than the speech"
        yield f"where somebody speaks the music is {how}; raise its `volume`, or lower its `duck`"


def film_notes(timeline: Timeline) -> Iterator[str]:
    """Say what does not reach the film's end, or reaches beyond it."""
    total = total_samples(timeline)
    ends = [one.end for one in music(timeline)]
    if ends and max(ends) + RATE // 2 < total:
        end, whole = clock(Fraction(max(ends), RATE)), clock(timeline.duration)
        yield f"the music ends at {end}, before the film ({whole}); it is not repeated"
    for one in voiceover(timeline):
        rest = opened(one.sound, one.track).read(one.source + one.samples, 1)
        if one.end == total and next(rest, None) is not None:
            yield f"{one.name} is longer than the film, and is cut off at its end"
