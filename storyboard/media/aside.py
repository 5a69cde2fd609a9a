"""A file that is written aside and moved in by one step, and leaves nothing where it cannot be."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_native_id

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOCKED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; it takes the place of `path` once the block ends.

    Where the block fails, what it wrote is removed, for on a full disk it would hold the room that
    is wanted next, and what stood at `path` stays. An `OSError` that comes out of it names a file.
    Processes and threads that make the same file at once each have a path of their own.
    """
    other = path.with_name(f".{path.name}.{os.getpid()}-{get_native_id()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield other
        other.replace(path)
    except OSError as problem:
        if problem.filename is None and problem.errno is not None:
            raise OSError(problem.errno, problem.strerror, str(path)) from problem
        raise
    finally:
        other.unlink(missing_ok=True)


def refusal(problem: OSError, path: Path) -> tuple[str, str]:
    """Say in words what the disk refused, and what to do about it, where that is known.

    `path` is what was being made, where the problem does not name a file.
    """
    # Of a file that is moved, the second name is where it was to go.
    where = os.fsdecode(problem.filename2 or problem.filename or path)
    again = "and run the same command again; what is rendered is kept"
    if problem.errno in _FULL:
        folder = Path(where).parent  # the file itself may be one that nobody has heard of
        told = f"the disk is full: nothing more can be written to {folder}"
        return told, f"free some space there, {again}"
    if problem.errno in _LOCKED:
        return f"{where} may not be written: {problem.strerror}", f"make it writable, {again}"
    return f"{where}: {problem.strerror or problem}", ""
