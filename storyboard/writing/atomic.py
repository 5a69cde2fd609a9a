"""Write a file as a temporary one and move it into place in one step; a failure leaves nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_native_id


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; it takes the place of `path` once the block ends.

    If the block fails, what it wrote is removed (on a full disk it would take the space that is
    needed next), and what was at `path` stays. An `OSError` that leaves the block names a file.
    Processes and threads that make the same file at once each have a path of their own.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{get_native_id()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A file of that name is a dead process's; a link would lead what is written elsewhere.
        temporary.unlink(missing_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as problem:
        if problem.filename is None and problem.errno is not None:
            raise OSError(problem.errno, problem.strerror, str(path)) from problem
        raise
    finally:
        temporary.unlink(missing_ok=True)
