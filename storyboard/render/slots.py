"""How many requests may be at the provider at once: as told, or learnt from its answers."""

import asyncio
import heapq
from collections.abc import Hashable

_START = 4
_AHEAD_PART = 4


class Slots:
    """Places at the provider, given to the job with the longest way to go first.

    The provider's queue takes any number, but what is in it cannot be put in another order and
    is hard to take back. So, unless told, only a few more are sent than run at once: when all
    that were sent are running there is room for more; when some wait in the queue there is not.
    """

    def __init__(self, told: int | None) -> None:
        self._told = told
        self._limit = told or _START
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = 0
        self._used = 0
        self._stands: dict[Hashable, bool] = {}

    @property
    def limit(self) -> int:
        """How many may be there now."""
        return self._limit

    @property
    def running(self) -> int:
        """How many of them were seen running."""
        return sum(self._stands.values())

    def occupy(self, job: Hashable) -> None:
        """Count a request that is there already, whatever the limit."""
        if job not in self._stands:
            self._used += 1
            self._stands[job] = False

    async def acquire(self, job: Hashable, priority: float) -> None:
        """Wait for a place; the highest priority is served first."""
        if self._used >= self._limit or self._waiting:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._order += 1
            heapq.heappush(self._waiting, (-priority, self._order, turn))
            self._serve()
            await turn
        else:
            self._used += 1
        self._stands[job] = False

    def release(self, job: Hashable) -> None:
        """Give back the place of a job that had one."""
        if self._stands.pop(job, None) is None:
            return
        self._used -= 1
        self._serve()

    def seen(self, job: Hashable, *, running: bool) -> None:
        """Learn from an answer about a request."""
        if job not in self._stands or self._stands[job] == running:
            return
        self._stands[job] = running
        if self._told is None:
            self._learn()

    def _learn(self) -> None:
        at_work = self.running
        room = at_work + max(2, at_work // _AHEAD_PART)
        if at_work == len(self._stands):
            self._limit = max(self._limit, room)
        else:
            self._limit = max(_START, min(self._limit, room))
        self._serve()

    def _serve(self) -> None:
        while self._waiting and self._used < self._limit:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                self._used += 1
                turn.set_result(None)
