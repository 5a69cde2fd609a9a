"""A film that still lacks clips: what of it can be encoded already, is."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import av

from storyboard.cut.cut_film import prepare
from storyboard.cut.cut_plan import Encoded, Entered, Made, work_of
from storyboard.cut.cut_report import CutError
from storyboard.cut.making import Stopped, make, passes_for
from storyboard.cut.options import CutOptions
from storyboard.cut.recipe import FileDigests
from storyboard.cut.regions import regions
from storyboard.cut.timeline import Piece, SlateSource, Timeline
from storyboard.cut.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was done before the film was asked for: frames encoded, and those kept from before."""

    encoded: int
    reused: int


def encode_ahead(
    timeline: Timeline, workshop: Workshop, options: CutOptions, stop: threading.Event
) -> Ahead:
    """Encode and keep the stretches that show no slate, for a slate may be a clip to come.

    A stretch is kept by what its frames depend on, wherever it stands: the cut of the whole film
    finds it. One stretch is encoded at a time, and none is finished once `stop` is set.

    Raises `CutError` where a clip cannot be read or a file cannot be written.
    """
    prepared = prepare(timeline, workshop.project, options)
    slates = tuple(_slates(timeline))
    files, passes, encoded, reused = FileDigests(), passes_for(prepared.plan), 0, 0
    for one in prepared.plan.stretches:
        if not isinstance(one, Entered | Encoded) or any(_meet(one, slate) for slate in slates):
            continue
        try:
            made = make(prepared.scenery, prepared.plan, one, workshop, files, passes, stop)
        except Stopped:
            break
        except (av.FFmpegError, OSError) as problem:
            raise CutError(f"frames could not be encoded: {problem}") from problem
        encoded += 0 if made.reused else work_of(one)
        reused += work_of(one) if made.reused else 0
    return Ahead(encoded, reused)


def _slates(timeline: Timeline) -> Iterator[range]:
    """Return the frames in which a slate is seen, mixed or alone."""
    for region in regions(timeline):
        for seen in (region.piece, region.before):
            if isinstance(seen, Piece) and isinstance(seen.source, SlateSource):
                yield range(region.start, region.stop)


def _meet(one: Made, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
