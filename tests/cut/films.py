"""Small timelines from numbered clips, and the workshop that cuts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np

from storyboard.cut.cut_film import cut
from storyboard.cut.cut_report import CutReport
from storyboard.cut.options import CutOptions
from storyboard.cut.sound import SoundReport, Write
from storyboard.cut.timeline import ClipSource, Piece, Shape, Source, TimedTitle, Timeline
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import CUT, Place, TitleStyle, Transition, TransitionKind
from storyboard.model.storyboard import Fit, Focus, ShotName, Size
from storyboard.model.time import Seconds

SMALL = Size(192, 108)
QUICK = CutOptions(preset="ultrafast", workers=2)


@dataclass(frozen=True, slots=True)
class Take:
    """A source shown for `frames`, from `start` frames into it, coming in by `kind`."""

    source: Path | Source
    frames: int
    start: int = 0
    kind: TransitionKind = TransitionKind.CUT
    overlap: int = 0
    focus: Focus | None = None


def timeline(
    takes: Sequence[Take],
    fps: Fraction = Fraction(24),
    size: Size = SMALL,
    fit: Fit = Fit.CROP,
    titles: tuple[TimedTitle, ...] = (),
) -> Timeline:
    """Lay takes one after the other."""
    pieces: list[Piece] = []
    at = 0
    for n, take in enumerate(takes):
        at -= take.overlap if n else 0
        way = Transition(take.kind, take.overlap / fps) if take.overlap else CUT
        name = (ShotName(f"scene/{n}"),)
        source = _source(take, fps)
        pieces.append(Piece(name, source, at, take.frames, way, take.overlap, take.focus))
        at += take.frames
    return Timeline(
        shape=Shape(size, fps),
        fit=fit,
        pieces=tuple(pieces),
        titles=titles,
        captions=(),
        burn_captions=False,
        music=(),
        voiceover=(),
        loudness=None,
        watermark=None,
        font=None,
        frames=at,
    )


def title(start: int, frames: int) -> TimedTitle:
    """Words at the top, where they do not cover a frame's number."""
    style = TitleStyle("top", Place.TOP, Decimal("0.08"), fade=Fraction(0))
    return TimedTitle("Fresh", start, frames, style)


def make(film: Timeline, folder: Path, options: CutOptions = QUICK) -> CutReport:
    """Cut a film in a folder, with silence for sound."""
    folder.mkdir(parents=True, exist_ok=True)
    shop = Workshop(folder, DerivedFolder(folder.parent / "derived"), folder, silence)
    return cut(film, folder / "film.mp4", shop, options, lambda _: None)


def silence(film: Timeline, _: Path, write: Write) -> SoundReport:
    """Make as much silence as the film is long."""
    samples = round(film.duration * 48_000)
    write([np.zeros((samples, 2), np.float32)])
    return SoundReport(samples, None, None, None, Decimal(0), Decimal(0), ())


def _source(take: Take, fps: Fraction) -> Source:
    if not isinstance(take.source, Path):
        return take.source
    facts = probe(take.source)
    assert isinstance(facts, ClipFacts)
    return ClipSource(take.source, facts, Seconds(take.start) / fps)
