"""A run into a locked file that tells other processes whether it lives."""

import os
import re
from pathlib import Path
from typing import NewType

from storyboard.store import problem
from storyboard.store.locking import PROBE, free, lock

RunId = NewType("RunId", str)
"""One run of the program that may write; the name of its lock file."""

_NAME = re.compile(r"[0-9A-Za-z_-]{1,64}")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Run:
    """This process's own lock, held until `close` or death."""

    def __init__(self, folder: Path, run: RunId) -> None:
        self.id = run
        self._path = folder / f"{run}.lock"
        try:
            self._handle = os.open(self._path, os.O_CREAT | os.O_RDWR | _NO_LINK, 0o644)
        except OSError as error:
            raise problem.disk(self._path, error) from error
        if not lock(self._handle):
            os.close(self._handle)
            raise problem.disk(self._path, OSError(None, "it cannot be locked"))

    def close(self) -> None:
        """Let go; others may take over what this run had claimed."""
        if self._handle >= 0:
            os.close(self._handle)
            self._path.unlink(missing_ok=True)
            self._handle = -1


def alive(folder: Path, run: RunId) -> bool:
    """Tell whether a run still holds its lock. A name from a journal that is no run's has none."""
    if not _NAME.fullmatch(run):
        return False
    try:
        handle = os.open(folder / f"{run}.lock", PROBE | _NO_LINK)
    except FileNotFoundError:
        return False
    except OSError:  # unreadable is not proof of death; a dead run's claim can wait for a human
        return True
    try:
        return not free(handle)
    finally:
        os.close(handle)


def any_alive(folder: Path, *, besides: RunId | None = None) -> bool:
    """Tell whether some run holds its lock, other than one's own."""
    names = (RunId(path.stem) for path in folder.glob("*.lock"))
    return any(name != besides and alive(folder, name) for name in names)


def sweep(folder: Path) -> None:
    """Remove lock files of runs that died.

    A run makes and locks its file under the journal's write lock (see `Store.open`), and this
    runs there too: otherwise a file just made and not yet locked would look dead.
    """
    for path in folder.glob("*.lock"):
        if _NAME.fullmatch(path.stem) and not alive(folder, RunId(path.stem)):
            path.unlink(missing_ok=True)
