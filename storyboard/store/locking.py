"""An open file into a lock of the operating system's, which goes when its process goes.

However the process goes: no process number can be mistaken for another's. On network disks locks
may not be honoured between machines: see docs/money.md.
"""

import os
import sys
from time import sleep

_LOOKS = 10
_LOOK_EVERY_S = 0.05
"""Whoever looks whether a lock is free holds it for that moment: one look is no answer."""

if sys.platform == "win32":
    import msvcrt

    PROBE = os.O_RDWR

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    free = _take
else:
    import fcntl

    PROBE = os.O_RDONLY
    """How a file is opened to look whether it is locked."""

    def _take(handle: int) -> bool:
        return _flock(handle, fcntl.LOCK_EX)

    def free(handle: int) -> bool:
        """Tell whether nobody has the lock."""
        return _flock(handle, fcntl.LOCK_SH)

    def _flock(handle: int, how: int) -> bool:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def lock(handle: int) -> bool:
    """Take the lock, kept until the handle is closed; False where another has it."""
    for _ in range(_LOOKS):
        if _take(handle):
            return True
        sleep(_LOOK_EVERY_S)
    return False
