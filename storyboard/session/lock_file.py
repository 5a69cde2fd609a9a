"""Change a lock on the disk so that two processes that do it at once lose nothing.

Who changes it holds a lock of the operating system's, reads the file again, applies the change to
what is there now, and moves the new file into place. The lock of the operating system is on a file
of its own in the store: the lock file itself is replaced.
"""

import hashlib
import os
from collections.abc import Callable, Collection
from glob import escape
from pathlib import Path
from time import sleep

from storyboard.diagnostics import Result
from storyboard.lock import Lock, LockedClips, half_merged, read_lock, text
from storyboard.model import ShotName
from storyboard.session.errors import MistakesError, SetupError, store_errors
from storyboard.source import as_text
from storyboard.store import Layout, effect, lock, sync_folder
from storyboard.writing import atomic_write, refusal

SUFFIX = {LockedClips.PAID: ".lock.yaml", LockedClips.REHEARSAL: ".rehearsal.lock.yaml"}

_TRIES = 60
"""How often the lock is asked for; `store.lock` waits half a second each time."""
_PAUSE_S = 0.01
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def lock_path(storyboard: Path, clips: LockedClips = LockedClips.PAID) -> Path:
    """Return the place of a storyboard's lock: `film.lock.yaml` beside `film.yaml`."""
    return storyboard.with_name(f"{storyboard.stem}{SUFFIX[clips]}")


def read_lock_file(path: Path, clips: LockedClips = LockedClips.PAID) -> Result[Lock]:
    """Read a lock; one that is not there is empty, with no entry.

    Raises:
        SetupError: the disk refuses.
    """
    data = _data(path)
    return Result(Lock(clips=clips)) if data is None else read_lock(data, str(path), clips)


def change_lock(  # noqa: PLR0913 -- what it may go on from is in three values
    path: Path,
    store: Path,
    change: Callable[[Lock], Lock],
    clips: LockedClips = LockedClips.PAID,
    settles: Collection[ShotName] = (),
    *,
    known: tuple[bytes, Lock] | None = None,
) -> Lock:
    """Apply a change to a lock as it is now, and write it; return what was written.

    `store` is the `.storyboard` folder. The change is applied while nobody else changes the lock,
    so it should only compute; if it raises, nothing is written. A lock that comes out as it was is
    not touched. `settles` are shots that the change decides for, whatever was decided before: if a
    merge left conflicts in these alone, it settles them. `known` is what was read of this lock
    before, with its bytes: if these are still there, they are not read again.

    Raises:
        MistakesError: the lock that is there has errors; it is left as it is.
        SetupError: the disk refuses, or another process holds the lock for long.
    """
    with store_errors():
        layout = Layout(store)
        layout.make()
    handle = _held(layout.runs / f"{_name(path)}.lock-file", path)
    try:
        data = _data(path)
        if known is not None and known[0] == data:
            changed = change(known[1])
        else:
            changed = change(_present(data, path, clips, settles))
        written = text(changed).encode()
        # Git writes other line ends on some systems, and takes them back.
        if data is None or written != data.replace(b"\r\n", b"\n"):
            _write(path, written)
        return changed
    finally:
        os.close(handle)


def _present(
    data: bytes | None, path: Path, clips: LockedClips, settles: Collection[ShotName]
) -> Lock:
    if data is None:
        return Lock(clips=clips)
    halves = half_merged(data, str(path), clips) if settles else None
    if halves is not None and halves.shots <= set(settles):
        return halves.agreed
    found = read_lock(data, str(path), clips)
    if found.value is None:
        raise MistakesError(found.diagnostics, {str(path): as_text(data)})
    return found.value


def _name(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]


def _held(path: Path, of: Path) -> int:
    try:
        handle = os.open(path, os.O_CREAT | os.O_RDWR | _NO_LINK, 0o644)
    except OSError as problem:
        raise SetupError(*refusal(problem, path)) from problem
    for _ in range(_TRIES):
        if lock(handle):
            return handle
        sleep(_PAUSE_S)
    os.close(handle)
    message = f"another process has been changing {of} for half a minute"
    raise SetupError(message, "see that it ends, and run the same command again")


def _data(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise SetupError(f"cannot read {path}: {problem.strerror or problem}") from problem


def _write(path: Path, data: bytes) -> None:
    try:
        # Only who holds the lock writes here, so these are of processes that died while they did.
        for left in path.parent.glob(f".{escape(path.name)}.*.part"):
            left.unlink(missing_ok=True)
        with atomic_write(path) as temporary:
            _write_lastingly(temporary, data)
            effect("lock.rename")
        effect("lock.renamed")
        sync_folder(path.parent)
    except OSError as problem:
        raise SetupError(*refusal(problem, path)) from problem


def _write_lastingly(path: Path, data: bytes) -> None:
    """Write and flush: a rename may reach the disk before the bytes do, and leave an empty file."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        effect("lock.flush")
        os.fsync(file.fileno())
