"""Open what can be decided for a storyboard, and write decisions into its lock."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.lock import (
    AskedShot,
    HalfMerged,
    Lock,
    LockedClips,
    LockedTake,
    ShotKind,
    arranged,
    asked_ratios,
    half_merged,
    seen_file,
    seen_take,
    text,
)
from storyboard.model import (
    AspectRatio,
    FootageShot,
    PromptShot,
    Shot,
    ShotName,
    StillShot,
    Storyboard,
)
from storyboard.pipeline import Ask, Compiled
from storyboard.session.backend_choice import FAL, BackendChoice
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.lock_edits import Edit
from storyboard.session.lock_file import change_lock, lock_path
from storyboard.session.shot_takes import TakesOfShot
from storyboard.session.shots_to_decide import OfferedShot
from storyboard.session.takes_asked import takes_of
from storyboard.session.told_changes import ChangedEntry, changed_entries


@dataclass(frozen=True, slots=True)
class Desk:
    """A storyboard without errors, and the shots that can be decided for, in all its films.

    `settles` are shots that a git merge may have left in conflict, and that are decided for now;
    `half` is the lock if it did.
    """

    ask: Ask
    choice: BackendChoice
    compiled: Compiled
    shots: tuple[OfferedShot, ...]
    settles: frozenset[ShotName] = frozenset()
    half: HalfMerged | None = None

    @property
    def path(self) -> Path:
        """Where its lock is."""
        return lock_path(self.ask.storyboard, _clips(self.choice))

    def tried(self, edit: Edit) -> Compiled:
        """Compile with decisions that are not written."""
        changed = edit(self._arranged(self.compiled.lock))
        return compiled(self.ask, self.choice, text(changed).encode())

    def write(self, edit: Edit) -> tuple[ChangedEntry, ...]:
        """Write decisions into the lock as it is now, and return what has changed in it.

        Raises:
            MistakesError: the lock has mistakes; it is left as it is.
            SetupError: the disk refuses.
        """
        changes: tuple[ChangedEntry, ...] = ()

        def change(lock: Lock) -> Lock:
            nonlocal changes
            before = self._arranged(lock)
            after = edit(before)
            # Of a conflict it is told what our side had, and has no more.
            was = self._arranged(self.half.ours) if self.half else before
            changes = changed_entries(was, after)
            return after

        store, data = self.compiled.project / self.choice.folder, self.compiled.lock_data
        known = None if data is None else (data, self.compiled.lock)
        change_lock(self.path, store, change, _clips(self.choice), self.settles, known=known)
        return changes

    def _arranged(self, lock: Lock) -> Lock:
        return arranged(lock, tuple(one.asked for one in self.shots))


def open_desk(
    ask: Ask,
    choice: BackendChoice = FAL,
    settles: Collection[ShotName] = (),
    *,
    picks: bool = True,
) -> Desk:
    """Compile a storyboard against the store and the lock of a backend, and gather its takes.

    If a git merge left conflicts in the entries of the shots `settles` alone, what both sides agree
    on is read: what is decided next settles them. That has to be `picks` if takes are in conflict.

    Raises:
        MistakesError: the storyboard or its lock has errors.
        AskError: what is asked for does not fit together.
        SetupError: a file or the store cannot be read.
    """
    names = frozenset(settles)
    half = _half(ask, choice, names, picks=picks)
    result = compiled(ask, choice, text(half.agreed).encode() if half else None)
    plan_of(result)
    return Desk(
        ask, choice, result, offered_shots(result, choice), names if half else frozenset(), half
    )


def offered_shots(result: Compiled, choice: BackendChoice) -> tuple[OfferedShot, ...]:
    """Return every shot of all films that there are, film by film, as a lock has them."""
    boards = {one.variation: one.storyboard for one in result.every}
    named = {film: {shot.name: shot for shot in board.shots} for film, board in boards.items()}
    models: dict[tuple[str | None, ShotName, AspectRatio | None], OfferedShot] = {}
    for found in takes_of(result, choice):
        takes = tuple(take for one in found.takes if (take := one.locked) is not None)
        for film in found.films:
            shot = _of_model(found, takes, film, named[film][found.name], boards[film])
            models[film, found.name, found.ratio] = shot
    return tuple(
        one
        for film, board in boards.items()
        for shot in named[film].values()
        for one in _offered(film, board, shot, models)
    )


def _half(
    ask: Ask, choice: BackendChoice, settles: frozenset[ShotName], *, picks: bool
) -> HalfMerged | None:
    """Return a half merged lock, if what is decided settles all that is in conflict."""
    path, clips = lock_path(ask.storyboard, _clips(choice)), _clips(choice)
    try:
        data = path.read_bytes()
    except OSError:  # none, or one that the compile tells of
        return None
    half = half_merged(data, str(path), clips) if settles and b"<<<<<<<" in data else None
    if half is None or not half.shots <= settles or (half.picks and not picks):
        return None
    return half


def _clips(choice: BackendChoice) -> LockedClips:
    return choice.locked or LockedClips.PAID


def _offered(
    film: str | None,
    board: Storyboard,
    shot: Shot,
    models: Mapping[tuple[str | None, ShotName, AspectRatio | None], OfferedShot],
) -> Iterator[OfferedShot]:
    match shot:
        case PromptShot():
            yield from (models[film, shot.name, ratio] for ratio in asked_ratios(board))
        case StillShot():
            yield _of_file(shot, ShotKind.STILL, film, board)
        case FootageShot():
            yield _of_file(shot, ShotKind.FOOTAGE, film, board)


def _of_model(
    found: TakesOfShot,
    takes: tuple[LockedTake, ...],
    film: str | None,
    shot: Shot,
    board: Storyboard,
) -> OfferedShot:
    asked = AskedShot(found.name, ShotKind.PROMPT, found.asks, film, found.ratio)
    shown = next((one for one in found.takes if film in one.use.shown_in), None)
    locked = shown.locked if shown else None
    if shown is None or locked is None or film in shown.use.stale_in:
        return OfferedShot(asked, takes, locked, None)
    return OfferedShot(asked, takes, locked, seen_take(locked, found.asks, shot, board.outputs))


def _of_file(
    shot: StillShot | FootageShot, kind: ShotKind, film: str | None, board: Storyboard
) -> OfferedShot:
    seen = seen_file(shot, board.outputs)
    return OfferedShot(AskedShot(shot.name, kind, None, film), (), None, seen)
