"""Cut a film whose clips are all entered: after a title, after a crossfade, and trimmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from encoders import FRAMES, HEIGHT, WIDTH, Encoder
from films import Take, make, timeline, title
from streams import FPS

from storyboard.cut.cut_plan import CutPlan, Entered
from storyboard.cut.options import CutOptions
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Size

OVERLAP, TRIMMED = 10, 7
TITLE = (24, 12)
FIRST = (100, 300, 500)
"""The number of each clip's first frame."""


@dataclass(frozen=True, slots=True)
class EnteredFilm:
    """A film, the number that each frame should show, and the frames to seek to.

    A number is None where two pictures are mixed. `entered` counts the frames of stretches that are
    entered.
    """

    path: Path
    fps: Fraction
    size: Size
    wanted: tuple[int | None, ...]
    places: tuple[int, ...]
    entered: int


def entered_film(encoder: Encoder, folder: Path) -> EnteredFilm:
    """Encode three clips and cut a film of them, which is entered at each."""
    folder.mkdir(parents=True, exist_ok=True)
    clips = [folder / f"clip-{first}.mp4" for first in FIRST]
    for path, first in zip(clips, FIRST, strict=True):
        encoder.make(path, first)
    size = Size(WIDTH, HEIGHT)
    one, other, last = clips
    takes = [
        Take(one, FRAMES),
        Take(other, FRAMES, 0, TransitionKind.CROSSFADE, OVERLAP),
        Take(last, FRAMES - TRIMMED, TRIMMED),
    ]
    plan = timeline(takes, Fraction(FPS), size, titles=(title(*TITLE),))
    report = make(plan, folder / "film", CutOptions(workers=2))
    entered = sum(one.frames for one in report.plan.stretches if isinstance(one, Entered))
    return EnteredFilm(
        report.path, Fraction(FPS), size, tuple(_wanted()), _places(report.plan), entered
    )


def untouched(folder: Path) -> EnteredFilm:
    """Return the first clip as its encoder wrote it: what reads it wrong is no judge of a film."""
    wanted = tuple(range(FIRST[0], FIRST[0] + FRAMES))
    size = Size(WIDTH, HEIGHT)
    path = folder / f"clip-{FIRST[0]}.mp4"
    return EnteredFilm(path, Fraction(FPS), size, wanted, (0, 30, 31, 70), 0)


def _wanted() -> Iterator[int | None]:
    one, other, last = FIRST
    yield from range(one, one + FRAMES - OVERLAP)
    yield from [None] * OVERLAP
    yield from range(other + OVERLAP, other + FRAMES)
    yield from range(last + TRIMMED, last + FRAMES)


def _places(plan: CutPlan) -> tuple[int, ...]:
    """Return the frames beside the seams: where stretches begin, and where copying does in them."""
    seams = [one.start for one in plan.stretches]
    for stretch in plan.stretches:
        if isinstance(stretch, Entered):
            first = stretch.entries.each[0].place
            seams += [stretch.start + one.first - first for one in stretch.entries.each]
            seams += [stretch.start + one.place - first for one in stretch.entries.each]
    near = {seam + by for seam in seams for by in (-1, 0, 1)}
    frames = plan.stretches[-1].stop
    return tuple(sorted(one for one in near | {frames - 1} if 0 <= one < frames))
