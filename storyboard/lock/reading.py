"""Read a lock: fast if it is as the program writes it, and with all that is wrong else."""

from dataclasses import dataclass

from storyboard.diagnostics import Code, Diagnostic, Result, Severity, Span
from storyboard.lock.canonical import read_canonical
from storyboard.lock.full_reader import read_fully
from storyboard.lock.locked import Lock, LockedClips
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
    """A lock that git could not merge: as our side has it, and the shots that theirs has otherwise.

    Whoever decides for all these shots again may go on with `ours`.
    """

    ours: Lock
    shots: frozenset[ShotName]


def half_merged(data: bytes, file: str, clips: LockedClips = LockedClips.PAID) -> HalfMerged | None:
    """Read both sides of a half merged lock; None if it is not one, or a side has mistakes."""
    both = sides(data)
    if both is None:
        return None
    ours, theirs = (read_lock(one.encode(), file, clips).value for one in both)
    if ours is None or theirs is None:
        return None
    differing = frozenset(ours.shots) ^ frozenset(theirs.shots)
    return HalfMerged(ours, frozenset(one.name for one in differing))


def _other_clips(file: str, clips: LockedClips) -> Diagnostic:
    if clips is LockedClips.REHEARSAL:
        message = "this lock names the drawings of a rehearsal, not clips that were paid for"
        help_ = f"use `--backend emulator` with it, or restore the lock: git checkout -- {file}"
    else:
        message = "this lock names clips that were paid for, and a rehearsal has a lock of its own"
        help_ = "leave out `--backend emulator`, or move the file to where it belongs"
    return Diagnostic(OTHER_CLIPS, Severity.ERROR, message, Span(file, 1, 1, 1, 1), help_)
