"""A film that still lacks clips: what of it can be encoded already, is."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import av

from storyboard.cut.cut_film import Prepared, prepare, watches_for
from storyboard.cut.cut_plan import Encoded, Entered, Stretch, work_of
from storyboard.cut.cut_report import CutError
from storyboard.cut.laid_stretch import laid_stretch
from storyboard.cut.making import MadeStretch, Stopped, make, passes_for
from storyboard.cut.options import Check, CutOptions
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import StretchViewer
from storyboard.cut.proof.viewing import Abandoned
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

    A stretch is kept by what its frames depend on, wherever it is: the cut of the whole film
    finds it. So is what decoding clips and stretches shows, if the film will be checked by proof.
    One stretch is encoded at a time, and none is finished once `stop` is set.

    Raises `CutError` where a clip cannot be read or a file cannot be written.
    """
    prepared = prepare(timeline, workshop.project, options)
    slates = tuple(_slates(timeline))
    viewings = Viewings(workshop.derived, workshop.folder, stop)
    passes = passes_for(prepared.plan, watches_for(options, viewings, prepared.plan))
    files, encoded, reused = FileDigests(), 0, 0
    view = _viewer(prepared, viewings, options)
    for one in prepared.plan.stretches:
        if any(_meet(one, slate) for slate in slates):
            continue
        made: dict[int, MadeStretch] = {}
        try:
            if isinstance(one, Entered | Encoded):
                file = make(prepared.scenery, prepared.plan, one, workshop, files, passes, stop)
                made[one.start] = file
                encoded += 0 if file.reused else work_of(one)
                reused += work_of(one) if file.reused else 0
            view(one, made)
        except (Stopped, Abandoned):
            break
        except (av.FFmpegError, OSError) as problem:
            raise CutError(f"frames could not be encoded: {problem}") from problem
    return Ahead(encoded, reused)


def _viewer(
    prepared: Prepared, viewings: Viewings, options: CutOptions
) -> Callable[[Stretch, Mapping[int, MadeStretch]], None]:
    """Return what views a stretch, so that the check of the film need not; or does not."""
    clips, fps = prepared.scenery.indexes, prepared.plan.encoding.fps
    viewer = StretchViewer(clips, viewings, fps)

    def view(one: Stretch, made: Mapping[int, MadeStretch]) -> None:
        if options.check is Check.PROOF:
            laid = laid_stretch(one, clips, made)
            for part in viewer.parts((laid,)):
                viewer.view(part)
            viewer.stretch(laid)

    return view


def _slates(timeline: Timeline) -> Iterator[range]:
    """Return the frames in which a slate is seen, mixed or alone."""
    for region in regions(timeline):
        for seen in (region.piece, region.before):
            if isinstance(seen, Piece) and isinstance(seen.source, SlateSource):
                yield range(region.start, region.stop)


def _meet(one: Stretch, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
