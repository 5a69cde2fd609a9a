"""A laid-out film and its storyboard to what its pages say, shot by shot."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from storyboard.backends.animatic.camera import Motion
from storyboard.backends.animatic.clip import Card, Portrait, Spoken
from storyboard.backends.animatic.job_clip import Board, from_job, plain, spoken
from storyboard.backends.animatic.scene import Motif, motif, seen_faces
from storyboard.cut import TimedShot, Timeline
from storyboard.jobs import ClipJob
from storyboard.media import is_same_ratio
from storyboard.model import Fit, FootageShot, Move, PromptShot, Seconds, Shot, StillShot

_MOVES = {
    Move.NONE: Motion.STATIC,
    Move.IN: Motion.PUSH_IN,
    Move.OUT: Motion.PULL_OUT,
    Move.LEFT: Motion.PAN_LEFT,
    Move.RIGHT: Motion.PAN_RIGHT,
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a shot beside its picture; what the picture says itself is left out.

    `origin` is the model that renders it, or what of one's own it is made from.
    """

    origin: str
    motion: Motion | None
    prompt: str = ""
    portraits: tuple[Portrait, ...] = ()
    lines: tuple[Spoken, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """The page of one shot, which is turned to at frame `turn` of the film.

    `number` of `count` is the shot's place in the film, `start` its first frame, `length` how long
    it is.
    """

    name: str
    scene: int
    number: int
    count: int
    turn: int
    start: int
    length: Seconds
    words: Words


def leaves(board: Board, timeline: Timeline) -> tuple[Leaf, ...]:
    """Write a leaf for each shot that is seen; pages are turned in the middle of transitions."""
    storyboard = board.storyboard
    numbers = {shot.name: n for n, shot in enumerate(storyboard.shots)}
    scenes = {shot.name: n for n, scene in enumerate(storyboard.scenes) for shot in scene.shots}
    rendered = dict(_rendered(board, timeline))
    made = []
    for seen, turn in _turns(timeline):
        shot = storyboard.shots[numbers[seen.name]]
        leaf = Leaf(
            name=str(seen.name),
            scene=scenes[seen.name],
            number=numbers[seen.name] + 1,
            count=len(numbers),
            turn=turn,
            start=seen.start,
            length=shot.duration,
            words=_words(shot, rendered),
        )
        made.append(leaf)
    return tuple(made)


def _turns(timeline: Timeline) -> Iterator[tuple[TimedShot, int]]:
    shown = [one for one in timeline.shots if one.frames]
    turns = [(before.start + before.frames + after.start) // 2 for before, after in pairwise(shown)]
    return zip(shown, [0, *turns], strict=False)  # a film may have no frames


def _words(shot: Shot, rendered: dict[str, Words]) -> Words:
    match shot:
        case PromptShot():
            return rendered.get(shot.name) or Words("", None, plain(shot.prompt))
        case StillShot():
            return Words("still", _MOVES[shot.move], lines=spoken(shot.say, shot.duration))
        case FootageShot():
            return Words("footage", None)
        case _:
            assert_never(shot)


def _rendered(board: Board, timeline: Timeline) -> Iterator[tuple[str, Words]]:
    """Say what each card of the film's clips does not show."""
    large = _fills(timeline, board)
    for job in board.jobs.values():
        if isinstance(job, ClipJob):
            for card in from_job(job, board).cards:
                said = large and motif(card) is Motif.WORDS
                yield card.name, _beside(card, job, "" if said else card.prompt)


def _fills(timeline: Timeline, board: Board) -> bool:
    """Tell whether cards fill the film's picture: inside bars their words are too small to read."""
    ratio, size = board.storyboard.format.aspect_ratio, timeline.shape.size
    return timeline.fit in {Fit.CROP, Fit.RENDER} or is_same_ratio(ratio.width, ratio.height, size)


def _beside(card: Card, job: ClipJob, prompt: str) -> Words:
    seen = seen_faces(card)
    return Words(
        origin=job.model,
        motion=card.camera.motion,
        prompt=prompt,
        portraits=tuple(one for one in card.portraits if one not in seen),
        lines=card.lines,
    )
