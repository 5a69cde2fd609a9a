"""Turn Ctrl-C at a terminal into a run's gentle end, and the second one into its end at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from storyboard.cli.backend_option import flag
from storyboard.session import BackendChoice, StopHandle

_SENT = """\
interrupted: nothing more is sent, what is finished is still fetched
  Press Ctrl-C again to leave at once. What still runs is taken up by the next
  `storyboard render{0}`, or cancelled by `storyboard cancel{0}`."""
_TAKEN = """\
interrupted: nothing more is sent, what is finished is still fetched
  Press Ctrl-C again to leave at once. What still runs is taken up by the next
  `storyboard take` of these shots, or cancelled by `storyboard cancel{0}`."""
DRAWN = """\
interrupted: no film is begun"""
CUTTING = """\
interrupted: films that were not finished are as they were before
  Every clip is kept: run the command again to cut them."""


def sent(choice: BackendChoice) -> str:
    """Say what Ctrl-C does while requests are sent."""
    return _SENT.format(flag(choice))


def taken(choice: BackendChoice) -> str:
    """Say what Ctrl-C does while further takes are sent."""
    return _TAKEN.format(flag(choice))


@contextmanager
def ctrl_c() -> Iterator[StopHandle]:
    """Hand out what Ctrl-C uses until the block ends.

    Where no run is at work that could hear it, Ctrl-C is what it is everywhere: KeyboardInterrupt.
    """
    stop = StopHandle()

    def pressed(_signal: int, _frame: FrameType | None) -> None:
        heard = stop.leave() if stop.stopped else stop.stop()
        if not heard:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # it hears no signals
        yield stop
        return
    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)
