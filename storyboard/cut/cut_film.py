"""A timeline into a film: copy what may be copied, encode the rest, write it in one step."""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import av

from storyboard.cut.compose import Scenery
from storyboard.cut.cut_plan import CutPlan, work_of
from storyboard.cut.cut_report import CutError, CutEvent, CutProgress, CutReport
from storyboard.cut.findings import Findings
from storyboard.cut.kept_sound import find_sound, keep_sound, sound_recipe
from storyboard.cut.laid_stretch import LaidStretch, laid
from storyboard.cut.making import MadeStretch, Watches, make_all
from storyboard.cut.options import Check, CutOptions
from storyboard.cut.overlay import Overlay, overlays
from storyboard.cut.plan_cut import plan_cut
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.pass_watches import PassWatches
from storyboard.cut.proof.proving import Meant, prove, view_stretches
from storyboard.cut.proof.stretch_views import StretchViewer, ViewedStretch
from storyboard.cut.sound import Samples, SoundReport
from storyboard.cut.timeline import ClipSource, Timeline
from storyboard.cut.verify import verify
from storyboard.cut.workshop import Workshop
from storyboard.media import (
    AacTrack,
    CodedFrame,
    FilmPicture,
    PacketIndex,
    ParameterSets,
    encode_sound,
    film_matrix,
    index,
    probe,
    united,
    write_film,
)
from storyboard.model import Unusable
from storyboard.source import IS_POINTER, PULL
from storyboard.writing import atomic_write, refusal

_AGAIN = "move it away and render again: a clip that was paid for is fetched again, not paid again"
Listen = Callable[[CutEvent], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is decided before the first frame is touched."""

    scenery: Scenery
    plan: CutPlan


def prepare(timeline: Timeline, project: Path, options: CutOptions) -> Prepared:
    """Read the clips' indexes, draw what lies over the picture, and plan the cut.

    Raises `CutError` where a clip cannot be read.
    """
    if not timeline.frames:
        raise CutError("the film has no frames: every shot of it is left out")
    indexes = _indexes(timeline, options.workers or os.cpu_count() or 1)
    drawn = overlays(timeline, project)
    try:
        plan = plan_cut(timeline, indexes, drawn, options)
    except OSError as problem:
        raise CutError(f"a clip cannot be read: {problem}") from problem
    return Prepared(_scenery(timeline, indexes, drawn, plan), plan)


def _indexes(timeline: Timeline, workers: int) -> dict[Path, PacketIndex]:
    paths = {one.source.path for one in timeline.pieces if isinstance(one.source, ClipSource)}
    ordered = sorted(paths)
    try:
        with ThreadPoolExecutor(workers) as pool:
            return dict(zip(ordered, pool.map(index, ordered), strict=True))
    except (av.FFmpegError, OSError) as problem:
        raise _unreadable(problem, ordered) from problem


def _unreadable(problem: Exception, paths: Iterable[Path]) -> CutError:
    """Name the clip that cannot be read, and say why."""
    for path in paths:
        match probe(path):
            case Unusable(reason="lfs-pointer"):
                return CutError(f"{path} {IS_POINTER}", PULL)
            case Unusable(detail=detail):
                return CutError(f"{path} cannot be read: {detail}", _AGAIN)
            case _:
                continue
    return CutError(f"a clip cannot be read: {problem}")


def cut(
    timeline: Timeline, out: Path, workshop: Workshop, options: CutOptions, listen: Listen
) -> CutReport:
    """Make the film and put it at `out` in one step, once it has been checked.

    The same inputs give the same bytes on one machine. Raises `CutError` where it cannot be made,
    or is not what the timeline asks for; a film that stood at `out` before is then left alone.
    """
    try:
        with atomic_write(out) as unfinished:
            report = _cut(timeline, unfinished, workshop, options, listen)
    except OSError as problem:
        raise CutError(*refusal(problem, out)) from problem
    except av.FFmpegError as problem:
        raise CutError(f"the film could not be made: {problem}") from problem
    return replace(report, path=out)


@dataclass(frozen=True, slots=True)
class FilmParts:
    """All that a film is written from.

    `mixed` is the mixer's report on `sound`. `viewed` is what the stretches show, None if the film
    will not be checked by proof.
    """

    plan: CutPlan
    made: Mapping[int, MadeStretch]
    picture: FilmPicture
    sound: AacTrack
    mixed: SoundReport
    viewed: tuple[ViewedStretch, ...] | None
    viewings: Viewings


def film_parts(
    timeline: Timeline, workshop: Workshop, options: CutOptions, listen: Listen
) -> FilmParts:
    """Make all that a film is written from: encode, mix, and view what nobody has viewed before.

    Raises `CutError`, `av.FFmpegError` or `OSError` if it cannot be made.
    """
    workers = _workers(options)
    viewings = Viewings(workshop.derived, workshop.folder, threading.Event())
    with ThreadPoolExecutor(1) as beside:
        sound = beside.submit(_sound, timeline, workshop)
        prepared = prepare(timeline, workshop.project, options)
        scenery, plan = prepared.scenery, prepared.plan
        watches = watches_for(options, viewings, plan)
        made = make_all(
            scenery,
            plan,
            workshop,
            workers,
            lambda n, of: listen(CutProgress("encoding", n, of)),
            watches,
        )
        stretches = laid(plan, scenery.indexes, made)
        viewed = None
        if options.check is Check.PROOF:
            # Beside the sound, which is mixed on one thread.
            viewer = StretchViewer(scenery.indexes, viewings, plan.encoding.fps)
            viewed = view_stretches(
                stretches, viewer, workers, lambda n, of: listen(CutProgress("viewing", n, of))
            )
        track, mixed = sound.result()
    return FilmParts(plan, made, _picture(plan, stretches), track, mixed, viewed, viewings)


def watches_for(options: CutOptions, viewings: Viewings, plan: CutPlan) -> Watches | None:
    """Return who looks at clips while they are decoded, if the film will be checked by proof."""
    return PassWatches(viewings, plan.encoding.fps).of if options.check is Check.PROOF else None


def _cut(
    timeline: Timeline, out: Path, workshop: Workshop, options: CutOptions, listen: Listen
) -> CutReport:
    parts = film_parts(timeline, workshop, options, listen)
    listen(CutProgress("writing", 0, 1))
    write_film(parts.picture, parts.sound, out)
    findings = None
    if options.check is not Check.NONE:
        listen(CutProgress("checking", 0, 1))
        findings = _checked(timeline, out, parts, _workers(options))
        if findings.faults:
            raise CutError("the film is not what was asked for: " + "; ".join(findings.faults))
    plan = parts.plan
    kept = {start for start, one in parts.made.items() if one.reused}
    reused = sum(work_of(one) for one in plan.stretches if one.start in kept)
    return CutReport(out, timeline.frames, timeline.duration, plan, reused, parts.mixed, findings)


def _checked(timeline: Timeline, film: Path, parts: FilmParts, workers: int) -> Findings:
    """Check a film by proof if its stretches were viewed, else in full."""
    if parts.viewed is None:
        return verify(film, timeline, workers)
    meant = Meant.of(timeline, parts.picture, parts.sound, parts.viewed)
    return prove(film, meant, parts.viewings, workers)


def _workers(options: CutOptions) -> int:
    return options.workers or os.cpu_count() or 1


def _scenery(
    timeline: Timeline,
    indexes: dict[Path, PacketIndex],
    drawn: Iterable[Overlay],
    plan: CutPlan,
) -> Scenery:
    matrix = film_matrix(plan.encoding.color[2], timeline.shape.size)
    return Scenery(timeline, indexes, tuple(drawn), matrix)


def _sound(timeline: Timeline, workshop: Workshop) -> tuple[AacTrack, SoundReport]:
    """Take the sound that another film has, or an earlier cut of this one, or mix it."""
    recipe = sound_recipe(timeline)
    if kept := find_sound(workshop.derived, recipe):
        return kept
    track, report = _mixed(timeline, workshop)
    return keep_sound(workshop.derived, recipe, track, report), report


def _mixed(timeline: Timeline, workshop: Workshop) -> tuple[AacTrack, SoundReport]:
    tracks: list[AacTrack] = []

    def write(blocks: Iterable[Samples]) -> None:
        tracks.append(encode_sound(blocks, workshop.folder / "sound.aac"))

    report = workshop.mix(timeline, workshop.folder, write)
    return tracks[-1], report


def _picture(plan: CutPlan, stretches: tuple[LaidStretch, ...]) -> FilmPicture:
    """Put the packets of all stretches one after the other."""
    frames: list[CodedFrame] = []
    sets: list[ParameterSets] = []
    joints: list[int] = []
    for one in stretches:
        joints.append(len(frames))
        frames.extend(one.coded())
        if one.source.coding.sets and one.source.coding.sets not in sets:
            sets.append(one.source.coding.sets)
    how = plan.encoding
    try:
        return FilmPicture(frames, how.size, how.fps, united(sets), how.color, tuple(joints))
    except ValueError as problem:
        raise CutError(f"the film could not be made: {problem}") from problem
