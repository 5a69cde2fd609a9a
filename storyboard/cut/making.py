"""The stretches of a plan that are encoded into files, several at once, each made only once."""

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import av

from storyboard.cut.compose import Scenery, compose
from storyboard.cut.cut_plan import CutPlan, Encoded
from storyboard.cut.recipe import FileDigests, recipe
from storyboard.cut.workshop import Workshop
from storyboard.diagnostics import counted
from storyboard.media import Frame, PacketIndex, encode, index


@dataclass(frozen=True, slots=True)
class Made:
    """An encoded stretch: its packets, and whether an earlier run had made them."""

    index: PacketIndex
    reused: bool


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """Encoding is given up: another stretch failed, or nobody waits for it any more."""


def make_all(
    scenery: Scenery,
    plan: CutPlan,
    workshop: Workshop,
    workers: int,
    told: Callable[[int, int], None],
) -> dict[int, Made]:
    """Encode what must be, the longest stretches first; by the frame that each begins at.

    `told` hears how many frames are done, of how many. When one stretch fails or the program is
    interrupted, the others stop at their next frame.
    """
    encoded = [one for one in plan.stretches if isinstance(one, Encoded)]
    whole, done = sum(one.frames for one in encoded), 0
    files, stop = FileDigests(), threading.Event()
    made: dict[int, Made] = {}

    def work(stretch: Encoded) -> Made:
        return make(scenery, plan, stretch, workshop, files, stop)

    with ThreadPoolExecutor(workers) as pool:
        try:
            longest = sorted(encoded, key=lambda one: (-one.frames, one.start))
            pending: dict[Future[Made], Encoded] = {pool.submit(work, one): one for one in longest}
            for future in as_completed(pending):
                stretch = pending[future]
                made[stretch.start] = future.result()
                done += stretch.frames
                told(done, whole)
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return made


def make(  # noqa: PLR0913, PLR0917 - what a stretch is made of
    scenery: Scenery,
    plan: CutPlan,
    stretch: Encoded,
    workshop: Workshop,
    files: FileDigests,
    stop: threading.Event,
) -> Made:
    """Encode one stretch, or take the one that was kept; `Stopped` is raised once `stop` is set."""
    name = recipe(scenery, stretch, plan.encoding, files)
    kept = workshop.derived.find(name)
    if kept is not None:
        if known := _usable(kept, stretch):
            return Made(known, reused=True)
        workshop.derived.drop(name)
    aside = workshop.folder / f"{stretch.start}-{name[:16]}.mp4"
    frames = _until(stop, compose(scenery, stretch.start, stretch.stop))
    encode(frames, plan.encoding, aside)
    found = index(workshop.derived.keep(name, aside))
    if found.frames != stretch.frames:
        raise OSError(
            f"{counted(found.frames, 'frame')} came out of the encoder, not {stretch.frames}"
        )
    return Made(found, reused=False)


def _until(stop: threading.Event, frames: Iterable[Frame]) -> Iterator[Frame]:
    for frame in frames:
        if stop.is_set():
            raise Stopped
        yield frame


def _usable(kept: Path, stretch: Encoded) -> PacketIndex | None:
    """Index a kept file; one that was damaged since is made again."""
    try:
        known = index(kept)
    except (av.FFmpegError, OSError):
        return None
    return known if known.frames == stretch.frames and known.coding.sets else None
