"""Rendered jobs to films on disk: lay out, cut, write the captions beside them."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from storyboard.cut import (
    CutError,
    CutEvent,
    CutOptions,
    CutReport,
    DerivedFolder,
    Pages,
    SlateSource,
    Timeline,
    Workshop,
    cut,
    lay_out,
)
from storyboard.cut.captions import FORMS, limits_for, split_cues
from storyboard.cut.sound import mix
from storyboard.delivery.memory import Memory, recipe_of
from storyboard.delivery.order import Order
from storyboard.delivery.shown_clips import ShownClips, shown_shots
from storyboard.model import Captions, Seconds, ShotName, Size
from storyboard.writing import atomic_write, refusal


@dataclass(frozen=True, slots=True)
class Delivered:
    """A film that is there, its captions beside it, and the shots that slates stand for.

    `report` is None where the film lay there already and would have come out the same.
    """

    order: Order
    seconds: Seconds
    size: Size
    captions: tuple[Path, ...]
    slates: tuple[ShotName, ...]
    report: CutReport | None


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A film that could not be cut, why, and what to do, where that is known.

    What stood at its place before is still there.
    """

    order: Order
    reason: str
    help: str = ""


Delivery: TypeAlias = Delivered | Undelivered

Paged: TypeAlias = Callable[[Order, Timeline], Pages]
"""Makes the pages that a film is shown on, once it is laid out."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where cutting happens: the project, the folder of what can be made again, and how to cut.

    `memory` None cuts every film, whether or not it would come out as it lies there. `paged` is for
    animatics; None makes films as they are.
    """

    project: Path
    derived: Path
    options: CutOptions
    memory: Memory | None = None
    paged: Paged | None = None


def timeline_of(order: Order, clips: ShownClips, room: Room) -> Timeline:
    """Lay out a film from what there is to show; shots without a clip become slates."""
    film = order.film
    made = lay_out(film.storyboard, order.output, shown_shots(film, clips), room.project)
    return replace(made, pages=room.paged(order, made)) if room.paged else made


def deliver(
    order: Order,
    clips: ShownClips,
    room: Room,
    listen: Callable[[CutEvent], None],
) -> Delivery:
    """Lay out one film, cut it and write it; see `deliver_timeline`."""
    return deliver_timeline(order, timeline_of(order, clips, room), room, listen)


def deliver_timeline(
    order: Order, timeline: Timeline, room: Room, listen: Callable[[CutEvent], None]
) -> Delivery:
    """Cut one film and write it, and its captions where the output asks for files of them."""
    slates = tuple(
        shot
        for piece in timeline.pieces
        if isinstance(piece.source, SlateSource)
        for shot in piece.shots
    )
    try:
        report = _cut(order, timeline, room, listen)
        captions = _captions(order, timeline)
    except CutError as error:
        return Undelivered(order, str(error), error.help)
    except OSError as error:
        return Undelivered(order, *refusal(error, order.path))
    return Delivered(order, timeline.duration, timeline.shape.size, captions, slates, report)


def _cut(
    order: Order, timeline: Timeline, room: Room, listen: Callable[[CutEvent], None]
) -> CutReport | None:
    """Make the film, unless the very same one lies there."""
    recipe = recipe_of(timeline, room.options) if room.memory else ""
    if room.memory and room.memory.holds(order.path, recipe):
        return None
    with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
        workshop = Workshop(Path(folder), DerivedFolder(room.derived), room.project, mix)
        report = cut(timeline, order.path, workshop, room.options, listen)
    if room.memory:
        room.memory.keep(order.path, recipe)
    return report


def _captions(order: Order, timeline: Timeline) -> tuple[Path, ...]:
    """Write captions beside the film, in every form."""
    if order.output.captions is not Captions.SIDECAR or not timeline.captions:
        return ()
    cues = split_cues(timeline.captions, timeline.duration, limits_for(timeline.shape.size))
    written = []
    for suffix, form in FORMS.items():
        path = order.path.with_suffix(suffix)
        with atomic_write(path) as unfinished:
            unfinished.write_text(form(cues), "utf-8")
        written.append(path)
    return tuple(written)
