"""Say in words what a disk refused, and what to do about it."""

import errno
import os
from pathlib import Path

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOCKED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def is_full(problem: OSError) -> bool:
    """Tell whether there was no space left: on the disk, or in the user's share of it."""
    return problem.errno in _FULL


def refusal(problem: OSError, path: Path) -> tuple[str, str]:
    """Return what the disk refused, and what to do about it if that is known, else "".

    `path` is what was being made, for a problem that does not name a file.
    """
    # Of a file that is moved, the second name is where it was to go.
    where = os.fsdecode(problem.filename2 or problem.filename or path)
    again = "and run the same command again; what is rendered is kept"
    if is_full(problem):
        folder = Path(where).parent  # the file itself may be one that nobody has heard of
        told = f"the disk is full: nothing more can be written to {folder}"
        return told, f"free some space there, {again}"
    if problem.errno in _LOCKED:
        return f"{where} may not be written: {problem.strerror}", f"make it writable, {again}"
    return f"{where}: {problem.strerror or problem}", ""
