"""A stand-in's folder into a hold on it: one process at a time has it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storyboard.store import PROBE, free, lock


class InUse(Exception):  # noqa: N818 -- it says what is the case
    """Another process has the folder."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(f"{holder} uses {folder}")


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold a folder until the block ends, or the process.

    Raises:
        InUse: another process holds it.
        OSError: the folder cannot be written.
    """
    handle = os.open(folder / "in-use.lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        if not lock(handle):
            raise InUse(folder, holder_of(folder) or "another process")
        _note(folder).write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        os.close(handle)


def holder_of(folder: Path) -> str | None:
    """Tell in words who holds a folder; None where nobody does."""
    try:
        handle = os.open(folder / "in-use.lock", PROBE)
    except FileNotFoundError:
        return None
    try:
        if free(handle):
            return None
    finally:
        os.close(handle)
    # The lock is taken a moment before the note is written.
    note = _note(folder)
    return (note.read_text(encoding="utf-8") if note.exists() else "") or "another process"


def _note(folder: Path) -> Path:
    """Return where the holder says who it is: what is locked cannot be read on every system."""
    return folder / "in-use.txt"
