"""What became of a cut."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from storyboard.cut.cut_plan import CutPlan
from storyboard.cut.findings import Findings
from storyboard.cut.sound import SoundReport
from storyboard.model import Seconds


@dataclass(frozen=True, slots=True)
class CutProgress:
    """How far a cut is.

    `stage` is `encoding`, `viewing`, `writing` or `checking`. `done` of `whole` are frames while
    encoding, runs of packets while viewing, and steps otherwise.
    """

    stage: str
    done: int
    whole: int


@dataclass(frozen=True, slots=True)
class CutReport:
    """A finished film.

    `reused` frames were encoded by an earlier run; `sound` is the mixer's own report; `findings`
    is None where the film was not checked.
    """

    path: Path
    frames: int
    duration: Seconds
    plan: CutPlan
    reused: int
    sound: SoundReport
    findings: Findings | None


CutEvent: TypeAlias = CutProgress


class CutError(Exception):
    """A film could not be cut: what happened, in words for the user, and what to do about it.

    What stood at the film's place before is still there.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.help = advice


def report_to_json(report: CutReport) -> dict[str, object]:
    """Write how a film was made, and what its check found, for programs."""
    found = report.findings
    return {
        "frames": report.frames,
        "copied": report.plan.copied,
        "encoded": report.plan.encoded,
        "reused": report.reused,
        "check": None
        if found is None
        else {
            "kind": found.check.value,
            "decoded": found.decoded,
            "frames": found.frames,
            "samples": found.samples,
            "drift_ms": round(float(found.drift) * 1000, 3),
            "faults": list(found.faults),
            "oddities": list(found.oddities),
        },
    }
