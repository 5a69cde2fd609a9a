"""Shots into pieces: what each shows, and the frames it stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import assert_never

from storyboard.cut.timeline import (
    ClipSource,
    DrawnSource,
    Piece,
    SlateSource,
    Source,
    StillSource,
    later,
)
from storyboard.media import Drawn
from storyboard.model import (
    CUT,
    OPENING,
    Clip,
    ClipFacts,
    FootageShot,
    FrameRate,
    PromptShot,
    Seconds,
    Shot,
    ShotName,
    StillShot,
    TransitionKind,
    frame_at,
)


@dataclass(frozen=True, slots=True)
class ShotClip:
    """The clip that shows a shot, which begins at `start` of it, in seconds."""

    clip: Clip | Drawn
    start: Seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """A shot and what is shown for it."""

    shot: Shot
    source: Source


@dataclass(frozen=True, slots=True)
class Placed:
    """A shot on the timeline: exact `start` and `overlap` with what is before, in seconds."""

    shown: Shown
    start: Seconds
    overlap: Seconds

    @property
    def end(self) -> Seconds:
        """When the shot ends, exactly."""
        return self.start + self.shown.shot.duration


def show(
    shots: Iterable[Shot], clips: Mapping[ShotName, ShotClip | str], project: Path
) -> tuple[Shown, ...]:
    """Find what is shown for each shot: its clip, its picture, or a slate that says why not."""
    return tuple(Shown(shot, _source(shot, clips, project)) for shot in shots)


def place(shown: Iterable[Shown]) -> tuple[Placed, ...]:
    """Lay shots one after the other, each overlapping the one before by its transition.

    A transition that is longer than what it joins is shortened to it: three pictures never mix.
    The first shot overlaps nothing: of it, the overlap is the time in which the film fades in.
    """
    placed: list[Placed] = []
    for one in shown:
        way, length = one.shot.look.transition, one.shot.duration
        if placed:
            before = placed[-1]
            free = before.shown.shot.duration - before.overlap
            overlap = min(way.duration, free, length)
            placed.append(Placed(one, before.end - overlap, overlap))
        else:
            overlap = min(way.duration, length) if way.kind in OPENING else Seconds(0)
            placed.append(Placed(one, Seconds(0), overlap))
    return tuple(placed)


def pieces(placed: Iterable[Placed], fps: FrameRate) -> tuple[Piece, ...]:
    """Put shots on frames. Each boundary is rounded by itself, so nothing adds up to a drift."""
    made: list[Piece] = []
    for one in placed:
        piece = _piece(one, fps, made[-1] if made else None)
        if made and _goes_on(made[-1], piece, fps):
            before = made[-1]
            frames = piece.start + piece.frames - before.start
            made[-1] = replace(before, shots=before.shots + piece.shots, frames=frames)
        elif piece.frames:
            made.append(piece)
    return tuple(made)


def _piece(one: Placed, fps: FrameRate, before: Piece | None) -> Piece:
    start = frame_at(one.start, fps)
    frames = frame_at(one.end, fps) - start
    shot = one.shown.shot
    overlap = 0
    if before and one.overlap:
        # A piece is never longer than its frames say: rounding may make an overlap eat all of one.
        overlap = min(before.start + before.frames - start, frames)
    elif shot.look.transition.kind in OPENING:
        overlap = min(frame_at(one.overlap, fps), frames)
    transition = shot.look.transition if overlap else CUT
    return Piece((shot.name,), one.shown.source, start, frames, transition, overlap, shot.focus)


def _goes_on(before: Piece, piece: Piece, fps: FrameRate) -> bool:
    """Tell whether a piece only continues the clip of the one before."""
    if piece.transition.kind is not TransitionKind.CUT or before.focus != piece.focus:
        return False
    at = later(before.source, piece.source)
    return at is not None and abs(before.frames / fps - at) * fps * 2 < 1


def _of_clip(name: ShotName, clip: ShotClip | str | None) -> Source:
    match clip:
        case None:
            return SlateSource(name, "it has not been rendered")
        case str():
            return SlateSource(name, clip)
        case ShotClip(Clip(path=path, facts=facts), start):
            return ClipSource(path, facts, start)
        case ShotClip(Drawn() as drawn, start):
            return DrawnSource(drawn, start)
    raise TypeError(f"{type(clip.clip).__name__} is no clip")


def _source(shot: Shot, clips: Mapping[ShotName, ShotClip | str], project: Path) -> Source:
    match shot:
        case PromptShot():
            return _of_clip(shot.name, clips.get(shot.name))
        case StillShot():
            return StillSource(project / shot.picture.path, shot.move)
        case FootageShot():
            facts = shot.clip.facts
            if isinstance(facts, ClipFacts):
                return ClipSource(project / shot.clip.path, facts, shot.start, shot.track)
            return SlateSource(shot.name, f"{shot.clip.path} is no clip")
        case _:
            assert_never(shot)
