"""The stretches of a plan that are encoded into files, several at once, each made only once."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import av

from storyboard.cut.compose import Scenery, compose
from storyboard.cut.cut_plan import CutPlan, Encoded, Entered, Made, work_of
from storyboard.cut.recipe import FileDigests, recipe
from storyboard.cut.turns import Turns
from storyboard.cut.workshop import Workshop
from storyboard.diagnostics import counted
from storyboard.media import (
    ClipPasses,
    Frame,
    PacketIndex,
    Refused,
    Watch,
    encode,
    enter,
    index,
)


@dataclass(frozen=True, slots=True)
class MadeStretch:
    """A stretch's own file: its packets, and whether an earlier run had made them."""

    index: PacketIndex
    reused: bool


Watches: TypeAlias = Callable[[PacketIndex], Watch | None]
"""Says who wants to see all frames of a clip that is decoded from its beginning."""


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """Encoding is given up: another stretch failed, or nobody waits for it any more."""


def make_all(  # noqa: PLR0913, PLR0917 - what stretches are made of
    scenery: Scenery,
    plan: CutPlan,
    workshop: Workshop,
    workers: int,
    told: Callable[[int, int], None],
    watches: Watches | None = None,
) -> dict[int, MadeStretch]:
    """Encode what must be, several stretches at once; by the frame that each begins at.

    `told` hears how many frames are done, of how many. When one stretch fails or the program is
    interrupted, the others stop at their next frame.
    """
    encoded = [one for one in plan.stretches if isinstance(one, Entered | Encoded)]
    whole, done = sum(map(work_of, encoded)), 0
    files, stop = FileDigests(), threading.Event()
    made: dict[int, MadeStretch] = {}
    futures: dict[int, Future[MadeStretch]] = {one.start: Future() for one in encoded}
    turns = Turns(encoded, workers)

    def work(worker: int) -> None:
        passes = passes_for(plan, watches)
        while not stop.is_set() and (one := turns.next(worker)) is not None:
            try:
                found = make(scenery, plan, one, workshop, files, passes, stop)
            except BaseException as problem:
                futures[one.start].set_exception(problem)
                raise
            futures[one.start].set_result(found)

    with ThreadPoolExecutor(workers) as pool:
        try:
            for worker in range(workers):
                pool.submit(work, worker)
            starts = {future: one for one, future in zip(encoded, futures.values(), strict=True)}
            for future in as_completed(starts):
                stretch = starts[future]
                made[stretch.start] = future.result()
                done += work_of(stretch)
                told(done, whole)
        except BaseException:
            stop.set()
            raise
    return made


def passes_for(plan: CutPlan, watches: Watches | None) -> ClipPasses:
    """Return what decodes a plan's clips for one worker: stretches are made in their order."""
    return ClipPasses({one.path for one in plan.stretches if isinstance(one, Entered)}, watches)


def make(  # noqa: PLR0913, PLR0917 - what a stretch is made of
    scenery: Scenery,
    plan: CutPlan,
    stretch: Made,
    workshop: Workshop,
    files: FileDigests,
    passes: ClipPasses,
    stop: threading.Event,
) -> MadeStretch:
    """Make one stretch, or take the one that was kept; `Stopped` is raised once `stop` is set."""
    name = recipe(scenery, plan, stretch, files)
    kept = workshop.derived.find(name)
    if kept is not None:
        if known := _usable(kept, stretch):
            return MadeStretch(known, reused=True)
        workshop.derived.drop(name)
    aside = workshop.folder / f"{stretch.start}-{name[:16]}.mp4"
    passes.turn()
    if isinstance(stretch, Encoded) or not _enter(scenery, plan, stretch, aside, passes, stop):
        frames = compose(scenery, stretch.start, stretch.stop, passes)
        encode(_until(stop, frames), plan.encoding, aside)
    found = index(workshop.derived.keep(name, aside))
    if found.frames != stretch.frames:
        raise OSError(
            f"{counted(found.frames, 'frame')} came out of the encoder, not {stretch.frames}"
        )
    return MadeStretch(found, reused=False)


def _enter(  # noqa: PLR0913, PLR0917 - what a stretch is made of
    scenery: Scenery,
    plan: CutPlan,
    stretch: Entered,
    out: Path,
    passes: ClipPasses,
    stop: threading.Event,
) -> bool:
    """Enter a clip; False if what comes out could not be decoded right: it is encoded then."""
    source, fps = scenery.indexes[stretch.path], plan.encoding.fps

    def decoded(low: int, first: int, end: int) -> Iterator[Frame]:
        return _until(stop, passes.coded_frames(source, low, first, end))

    try:
        enter(source, stretch.entries, plan.entering, fps, out, decoded)
    except Refused:
        return False
    return True


def _until(stop: threading.Event, frames: Iterable[Frame]) -> Iterator[Frame]:
    for frame in frames:
        if stop.is_set():
            raise Stopped
        yield frame


def _usable(kept: Path, stretch: Made) -> PacketIndex | None:
    """Index a kept file; one that was damaged since is made again."""
    try:
        known = index(kept)
    except (av.FFmpegError, OSError):
        return None
    is_whole = known.frames == stretch.frames and known.packets[0].anew
    return known if is_whole and known.coding.sets else None
