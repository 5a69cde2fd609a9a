"""Accepted requests into phases: an account's queue, so many at a time."""

import heapq
from collections import deque
from collections.abc import Iterator

from storyboard.emulator.entry import (
    Cancelled,
    Done,
    Entry,
    Expired,
    Phase,
    Priority,
    Queued,
    RequestId,
    Running,
)


class Account:
    """The queue of one account.

    Nothing runs in it: `settle(now)` moves every request to where it is at `now`, so the same
    requests at the same times always end the same way, and a queue read back from a file goes
    on where it stood.
    """

    def __init__(self, concurrency: int) -> None:
        """Make an empty queue that works on `concurrency` requests at a time."""
        self.concurrency = concurrency
        self.entries: dict[RequestId, Entry] = {}
        self._waiting: dict[Priority, deque[RequestId]] = {one: deque() for one in Priority}
        self._running: list[tuple[float, RequestId]] = []
        self._begun: dict[RequestId, float] = {}
        self._ended: dict[RequestId, float] = {}
        self._cancelled: dict[RequestId, float] = {}
        self._expired: dict[RequestId, float] = {}
        self._clock = 0.0

    def accept(self, entry: Entry) -> tuple[Entry, ...]:
        """Put a request at the queue's end; return the ones that are done by then."""
        done = self.settle(entry.sent_at)
        self.entries[entry.id] = entry
        self._waiting[entry.priority].append(entry.id)
        return (*done, *self.settle(entry.sent_at))

    def settle(self, now: float) -> tuple[Entry, ...]:
        """Move all requests to where they are at `now`; return those that ended since last time."""
        ended: list[Entry] = []
        while True:
            self._begin()
            if not self._running or self._running[0][0] > now:
                self._expire(now)
                return tuple(ended)
            self._clock, name = heapq.heappop(self._running)
            self._ended[name] = self._clock
            ended.append(self.entries[name])

    def _begin(self) -> None:
        while len(self._running) < self.concurrency and (waiting := self._next()):
            entry = self.entries[waiting.popleft()]
            begun = max(entry.sent_at, self._clock)
            if entry.start_by is not None and begun > entry.start_by:
                self._expired[entry.id] = entry.start_by
                continue
            self._begun[entry.id] = begun
            heapq.heappush(self._running, (begun + entry.takes, entry.id))

    def _next(self) -> deque[RequestId] | None:
        """Return the requests of which the next one to begin is the first."""
        return next((one for one in self._waiting.values() if one), None)

    def _expire(self, now: float) -> None:
        for waiting in self._waiting.values():
            for name in tuple(waiting):
                start_by = self.entries[name].start_by
                if start_by is not None and start_by <= now:
                    waiting.remove(name)
                    self._expired[name] = start_by

    def waiting(self, endpoint: str) -> int:
        """Count the requests that wait for an endpoint, as of the last `settle`."""
        names = (name for each in self._waiting.values() for name in each)
        return sum(self.entries[name].endpoint == endpoint for name in names)

    def cancel(self, name: RequestId, now: float) -> Phase:
        """Take a request out of the queue if it still waits; return the phase it had before."""
        before = self.phase(name)
        if isinstance(before, Queued):
            self._waiting[self.entries[name].priority].remove(name)
            self._cancelled[name] = now
        return before

    def phase(self, name: RequestId) -> Phase:
        """Tell where a known request is, as of the last `settle`."""
        if name in self._cancelled:
            return Cancelled(self._cancelled[name])
        if name in self._expired:
            return Expired(self._expired[name])
        if name in self._ended:
            return Done(self._begun[name], self._ended[name])
        if name in self._begun:
            return Running(self._begun[name])
        in_order = [one for each in self._waiting.values() for one in each]
        return Queued(in_order.index(name))

    def newest_first(self) -> Iterator[Entry]:
        """Go through all requests, the last accepted one first."""
        return reversed(self.entries.values())
