"""The one seam of every side effect on money: a place to crash at, for tests.

`STORYBOARD_CRASH_AT=n` makes the n-th call of `effect` kill the whole process with SIGKILL, as a
power cut would. The test suite runs a render once for every n and looks at what is left. Unset,
a call costs a comparison.
"""

import os
import signal

CRASH_AT = "STORYBOARD_CRASH_AT"
"""The environment variable that names the side effect to die at, counted from 1."""

_crash_at = int(os.environ.get(CRASH_AT) or 0)
_count = 0


def effect(name: str) -> None:  # noqa: ARG001 - the name is for whoever debugs a crash loop
    """Stand right before and right after a side effect: a commit, a rename, a request."""
    if not _crash_at:
        return
    global _count  # noqa: PLW0603 - one count for the whole process is the point
    _count += 1
    if _count == _crash_at:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
