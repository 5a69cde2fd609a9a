"""End a run early, from a signal handler or any thread: first gently, then at once."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Bound:
    loop: asyncio.AbstractEventLoop
    stop: Callable[[], object]
    leave: Callable[[], object]


class StopHandle:
    """Whether somebody wants a run to end.

    It has no lock: a signal handler may call it at any moment, in the middle of itself.
    """

    def __init__(self) -> None:
        self.stopped = False
        self.left = False
        self._bound: tuple[_Bound, ...] = ()

    def stop(self) -> bool:
        """Begin and send nothing more, fetch what is finished; tell whether a run hears it now."""
        self.stopped = True
        return self._call(lambda one: one.stop)

    def leave(self) -> bool:
        """End at once; what was sent is taken up by the next run. Tell whether a run hears it."""
        self.stopped = self.left = True
        return self._call(lambda one: one.leave)

    @contextmanager
    def bound(self, stop: Callable[[], object], leave: Callable[[], object]) -> Iterator[None]:
        """Let the running event loop call these when it is used; at once if it was used before."""
        one = _Bound(asyncio.get_running_loop(), stop, leave)
        self._bound = (*self._bound, one)
        if self.stopped:
            stop()
        if self.left:
            leave()
        try:
            yield
        finally:
            self._bound = tuple(other for other in self._bound if other is not one)

    def _call(self, which: Callable[[_Bound], Callable[[], object]]) -> bool:
        bound = self._bound
        for one in bound:
            with suppress(RuntimeError):  # its loop has ended this very moment
                one.loop.call_soon_threadsafe(which(one))
        return bool(bound)
