"""A run into a locked file that tells other processes whether it lives.

The lock is the operating system's: it goes when the process goes, however it goes, so that no
process number can be mistaken for another's. On network disks locks may not be honoured between
machines: see docs/money.md.
"""

import os
import sys
from pathlib import Path
from typing import NewType

from storyboard.store import problem

RunId = NewType("RunId", str)
"""One run of the program that may write; the name of its lock file."""

if sys.platform == "win32":
    import msvcrt

    _PROBE = os.O_RDWR

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    _free = _lock
else:
    import fcntl

    _PROBE = os.O_RDONLY

    def _lock(handle: int) -> bool:
        return _flock(handle, fcntl.LOCK_EX)

    def _free(handle: int) -> bool:
        return _flock(handle, fcntl.LOCK_SH)

    def _flock(handle: int, how: int) -> bool:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class Run:
    """This process's own lock, held until `close` or death."""

    def __init__(self, folder: Path, run: RunId) -> None:
        self.id = run
        self._path = folder / f"{run}.lock"
        try:
            self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o644)
        except OSError as error:
            raise problem.disk(self._path, error) from error
        if not _lock(self._handle):
            os.close(self._handle)
            raise problem.disk(self._path, OSError(None, "it cannot be locked"))

    def close(self) -> None:
        """Let go; others may take over what this run had claimed."""
        if self._handle >= 0:
            os.close(self._handle)
            self._path.unlink(missing_ok=True)
            self._handle = -1


def alive(folder: Path, run: RunId) -> bool:
    """Tell whether a run still holds its lock."""
    try:
        handle = os.open(folder / f"{run}.lock", _PROBE)
    except FileNotFoundError:
        return False
    except OSError:  # unreadable is not proof of death; a dead run's claim can wait for a human
        return True
    try:
        return not _free(handle)
    finally:
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove lock files of runs that died.

    A run makes and locks its file under the journal's write lock (see `Store.open`), and this
    runs there too: otherwise a file just made and not yet locked would look dead.
    """
    for path in folder.glob("*.lock"):
        if not alive(folder, RunId(path.stem)):
            path.unlink(missing_ok=True)
