"""Read a lock: fast if it is as the program writes it, and with all that is wrong else."""

from dataclasses import dataclass, replace

from storyboard.diagnostics import Code, Diagnostic, Result, Severity, Span
from storyboard.lock.canonical import read_canonical
from storyboard.lock.decision import Decision, Pick
from storyboard.lock.full_reader import read_fully
from storyboard.lock.locked import Lock, LockedClips, LockedShot, Override
from storyboard.lock.merge_marks import sides
from storyboard.model import ShotName

OTHER_CLIPS = Code("SB927")


def read_lock(data: bytes, file: str, clips: LockedClips = LockedClips.PAID) -> Result[Lock]:
    """Read a lock that should name such clips; `file` is its name as the user gave it.

    There is no value if anything is wrong, so that nothing can be lost by writing it again.
    """
    lock = read_canonical(data, file)
    found = Result(lock) if lock is not None else read_fully(data, file)
    if found.value is not None and found.value.clips is not clips:
        return Result(None, (_other_clips(file, found.value.clips),))
    return found


@dataclass(frozen=True, slots=True)
class HalfMerged:
    """A lock that git could not merge: our side, what both agree on, and the shots that differ.

    Whoever decides for all these `shots` again may go on with `agreed`: what only one side has
    decided for them is not in it. Of `picks` the two sides picked different takes.
    """

    ours: Lock
    agreed: Lock
    shots: frozenset[ShotName]
    picks: frozenset[ShotName]


def half_merged(data: bytes, file: str, clips: LockedClips = LockedClips.PAID) -> HalfMerged | None:
    """Read both sides of a half merged lock; None if it is not one, or a side has mistakes."""
    both = sides(data)
    if both is None:
        return None
    ours, theirs = (read_lock(one.encode(), file, clips).value for one in both)
    if ours is None or theirs is None:
        return None
    differing = frozenset(ours.shots) ^ frozenset(theirs.shots)
    known = {(one.name, one.ratio, one.films): one for one in theirs.shots}
    pairs = [(one, known.get((one.name, one.ratio, one.films))) for one in ours.shots]
    return HalfMerged(
        ours,
        replace(ours, shots=tuple(_agreed(one, other) for one, other in pairs)),
        frozenset(one.name for one in differing),
        frozenset(one.name for one, other in pairs if other and _picks(one) != _picks(other)),
    )


def _agreed(ours: LockedShot, theirs: LockedShot | None) -> LockedShot:
    if theirs is None or ours == theirs:
        return ours
    films = dict.fromkeys(one.film for one in (*ours.overrides, *theirs.overrides))
    overrides = (Override(film, _both(ours.of_film(film), theirs.of_film(film))) for film in films)
    decision = _both(ours.decision, theirs.decision)
    return replace(ours, decision=decision, overrides=tuple(overrides))


def _both(ours: Decision, theirs: Decision) -> Decision:
    """Return what both sides decided; takes that gave way on either side stay."""
    known = {one.pick.take.clip for one in ours.superseded}
    others = (one for one in theirs.superseded if one.pick.take.clip not in known)
    return Decision(
        ours.pick if ours.pick == theirs.pick else None,
        (*ours.superseded, *others),
        ours.approval if ours.approval == theirs.approval else None,
    )


def _picks(entry: LockedShot) -> dict[str | None, Pick | None]:
    found: dict[str | None, Pick | None] = {None: entry.decision.pick}
    return found | {one.film: one.decision.pick for one in entry.overrides}


def _other_clips(file: str, clips: LockedClips) -> Diagnostic:
    if clips is LockedClips.REHEARSAL:
        message = "this lock names the drawings of a rehearsal, not clips that were paid for"
        help_ = f"use `--backend emulator` with it, or restore the lock: git checkout -- {file}"
    else:
        message = "this lock names clips that were paid for, and a rehearsal has a lock of its own"
        help_ = "leave out `--backend emulator`, or move the file to where it belongs"
    return Diagnostic(OTHER_CLIPS, Severity.ERROR, message, Span(file, 1, 1, 1, 1), help_)
