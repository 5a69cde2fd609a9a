"""Takes into tasks in their order: what earlier runs left, then what is ready, then the rest."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from storyboard.jobs import Job, JobDigest, upstream
from storyboard.render.event import Outcome, Rendered, Skipped
from storyboard.render.means import Means
from storyboard.render.outcomes import skipped
from storyboard.render.pursue import pursue, rendered
from storyboard.store import Keep, NextStep, TakeKey, TakeUp, WantedTake, next_step
from storyboard.store import life as states
from storyboard.store.life import Life

_Task: TypeAlias = "asyncio.Task[tuple[TakeKey, Outcome]]"


class Run:
    """One run over the takes that a plan wants. `go` once.

    A take waits for those takes of other jobs whose last frame or voice it begins with. Takes of
    one job do not wait for each other.
    """

    def __init__(self, means: Means, lives: Mapping[TakeKey, Life]) -> None:
        self._means = means
        self._lives = lives
        self._takes = {take.key: take for some in means.takes.values() for take in some}
        needed = {job: set(_needed(means, some[0].job)) for job, some in means.takes.items()}
        self._missing = {
            key: {one for one in needed[take.job.digest] if one in self._takes}
            for key, take in self._takes.items()
        }
        self._below: dict[TakeKey, list[TakeKey]] = {key: [] for key in self._takes}
        for key, others in self._missing.items():
            for other in others:
                self._below[other].append(key)
        self._tasks: set[_Task] = set()
        self._begun: set[TakeKey] = set()
        self._sending = False

    async def go(self) -> Mapping[JobDigest, Outcome]:
        """Bring every take to its outcome; return for each job that of the take that is shown."""
        try:
            self._take_what_is_there()
            await self._take_up()
            self._sending = True
            self._begin(key for key, missing in self._missing.items() if not missing)
            while self._tasks:
                await self._reap()
        finally:
            await self._leave()
        await self._means.ledger.release(*self._takes)
        outcomes = self._means.outcomes
        shown = {job: some[0].key for job, some in self._means.takes.items()}
        return {job: outcomes[key] for job, key in shown.items() if key in outcomes}

    def _take_what_is_there(self) -> None:
        """End at once what is rendered; nobody has to be asked for that."""
        for key, take in self._takes.items():
            step = self._next_step(key)
            if isinstance(step, Keep):
                self._begun.add(key)
                self._end(key, rendered(self._means, take, step.life))

    def _next_step(self, key: TakeKey) -> NextStep:
        return next_step(self._lives.get(key), self._means.ledger.store.is_there)

    async def _take_up(self) -> None:
        """Go on with what earlier runs left open, and wait until each was asked about once."""
        left = [
            key
            for key in self._takes
            if key not in self._begun and isinstance(self._next_step(key), TakeUp)
        ]
        for key in left:
            self._means.unseen[key] = asyncio.Event()
            if isinstance(self._lives[key], states.Accepted):
                self._means.slots.occupy(key)
            self._start(key)
        looks = {asyncio.create_task(self._means.unseen[key].wait()) for key in left}
        try:
            # Only those that are open: to wait for one that is done is not to wait at all.
            while pending := {look for look in looks if not look.done()}:
                await asyncio.wait(pending | self._tasks, return_when=asyncio.FIRST_COMPLETED)
                await self._reap_done()
        finally:
            for look in looks:
                look.cancel()

    def _begin(self, keys: Iterable[TakeKey]) -> None:
        """Start takes that wait for nothing, the longest way to the end first."""
        ready = [key for key in keys if key not in self._begun]
        for key in sorted(ready, key=self._priority, reverse=True):
            self._start(key)

    def _priority(self, key: TakeKey) -> float:
        return self._means.priority(self._takes[key].job.digest)

    def _start(self, key: TakeKey) -> None:
        self._begun.add(key)
        self._tasks.add(asyncio.create_task(self._pursue(self._takes[key])))

    async def _pursue(self, take: WantedTake) -> tuple[TakeKey, Outcome]:
        return take.key, await pursue(self._means, take)

    async def _reap(self) -> None:
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        await self._reap_done()

    async def _reap_done(self) -> None:
        """Take in what has ended, and start what waited for it."""
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            self._end(*await task)

    def _end(self, key: TakeKey, outcome: Outcome) -> None:
        """Tell an outcome; free what waited for it, or give up on that, down the chain."""
        ended = [(key, outcome)]
        while ended:
            one, found = ended.pop()
            self._means.looked(one)
            self._means.outcomes[one] = found
            self._means.listen(found)
            if isinstance(found, Rendered):
                self._unlock(one)
            else:
                ended.extend(self._skip_below(one, found))

    def _unlock(self, key: TakeKey) -> None:
        for other in self._below[key]:
            self._missing[other].discard(key)
        if self._sending:
            self._begin(other for other in self._below[key] if not self._missing[other])

    def _skip_below(self, key: TakeKey, outcome: Outcome) -> list[tuple[TakeKey, Skipped]]:
        """Give up on takes that need what is not there; those already in flight go on."""
        below = [other for other in self._below[key] if other not in self._begun]
        self._begun.update(below)
        return [(other, _skipped(self._takes[other], outcome)) for other in below]

    async def _leave(self) -> None:
        """Let go of what still runs; whatever was sent is in the journal."""
        left = [*self._tasks, *self._means.uploading.values()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _needed(means: Means, job: Job) -> Iterable[TakeKey]:
    """Return the takes that a job cannot be sent without."""
    return (means.handed_on(one) for one in upstream(job))


def _skipped(take: WantedTake, because: Outcome) -> Skipped:
    root = because.because if isinstance(because, Skipped) else None
    reason = f"it builds on {because.job.id}, which has no result"
    return skipped(take, reason, root or because.job.digest)
