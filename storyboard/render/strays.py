"""Requests of earlier versions of a storyboard into kept clips: they were paid for as well."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from storyboard.catalogue import Mode
from storyboard.jobs import ClipJob
from storyboard.render.elsewhere import whose
from storyboard.render.fetch import fetch
from storyboard.render.means import Means
from storyboard.render.ports import GivenConsent
from storyboard.render.watch import watch
from storyboard.store import TakeKey, WantedTake, key_of
from storyboard.store.life import Accepted, Finished, Life, Order, order_of
from storyboard.store.problem import Conflict


class Strays:
    """What is in flight and is no take that the plan wants.

    A storyboard that was edited while a request ran needs its clip no more; but it was paid for,
    and an edit may be taken back. So such requests are watched and fetched beside the run, and
    never waited for: what still renders when the run ends is looked at by the next one. What is
    another provider's or account's is told, and left alone.
    """

    def __init__(self, means: Means, lives: Mapping[TakeKey, Life]) -> None:
        # Nobody is asked about them: nothing of theirs is sent again.
        self._means = replace(means, stop=asyncio.Event(), unseen={}, consent=GivenConsent())
        self._tasks = [
            asyncio.create_task(self._finish(life))
            for life in lives.values()
            if isinstance(life, Accepted | Finished)
        ]

    async def leave(self) -> None:
        """Look once more, fetch what is finished, and let the rest be."""
        self._means.stop.set()
        await asyncio.gather(*self._tasks)

    async def drop(self) -> None:
        """Leave at once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _finish(self, life: Accepted | Finished) -> None:
        take, means = _take(order_of(life)), self._means
        if (other := whose(means.here, life)) is not None:
            means.tell(take, "left alone", detail=f"its request is with {other}")
            return
        if await means.ledger.claim(take.key) is not None:
            return
        try:
            now = await means.ledger.latest(take.key)
            if isinstance(now, Accepted):
                means.slots.occupy(take.key)
                step = await watch(means, take, now)
                now = step if isinstance(step, Finished) else None
            if isinstance(now, Finished):
                await fetch(means, take, now)
        except Conflict:
            return  # another run has it in hand
        finally:
            means.slots.release(take.key)
            await means.ledger.release(take.key)


def strays(lives: Mapping[TakeKey, Life], wanted: Iterable[TakeKey]) -> dict[TakeKey, Life]:
    """Leave out what the plan wants."""
    known = set(wanted)
    return {take: life for take, life in lives.items() if take not in known}


def _take(order: Order) -> WantedTake:
    """Make a take to be told about; it is never sent."""
    job = ClipJob(
        id=order.id,
        digest=order.job,
        model="",
        endpoint=order.endpoint,
        shots=(),
        seconds=order.seconds,
        mode=Mode.SILENT,
        body={},
        cost=order.cost,
        after=(),
        why="an earlier version of the storyboard asked for it",
    )
    return WantedTake(job, order.take, key_of(order))
