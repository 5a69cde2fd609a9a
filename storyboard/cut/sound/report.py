"""How a film's sound came out, as a value."""

from dataclasses import dataclass
from decimal import Decimal


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
