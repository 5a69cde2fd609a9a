"""Jobs into tasks in their order: what earlier runs left, then what is ready, then the rest."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from storyboard.jobs import Job, JobDigest, upstream
from storyboard.plan import Plan
from storyboard.render.event import Outcome, Rendered, Skipped
from storyboard.render.means import Means
from storyboard.render.pursue import pursue, rendered
from storyboard.store import Keep, NextStep, TakeUp, next_step
from storyboard.store import life as states
from storyboard.store.life import Life

_Task: TypeAlias = "asyncio.Task[Outcome]"


class Run:
    """One run over a plan. `go` once."""

    def __init__(self, means: Means, plan: Plan, lives: Mapping[JobDigest, Life]) -> None:
        self._means = means
        self._lives = lives
        self._jobs = {planned.job.digest: planned.job for planned in plan.jobs}
        self._missing = {
            digest: {other for other in upstream(job) if other in self._jobs}
            for digest, job in self._jobs.items()
        }
        self._below: dict[JobDigest, list[JobDigest]] = {digest: [] for digest in self._jobs}
        for digest, others in self._missing.items():
            for other in others:
                self._below[other].append(digest)
        self._tasks: set[_Task] = set()
        self._begun: set[JobDigest] = set()
        self._sending = False

    async def go(self) -> Mapping[JobDigest, Outcome]:
        """Bring every job to its outcome."""
        try:
            self._take_what_is_there()
            await self._take_up()
            self._sending = True
            self._begin(digest for digest, missing in self._missing.items() if not missing)
            while self._tasks:
                await self._reap()
        finally:
            await self._leave()
        await self._means.ledger.release(*self._jobs)
        return self._means.outcomes

    def _take_what_is_there(self) -> None:
        """End at once what is rendered; nobody has to be asked for that."""
        for digest, job in self._jobs.items():
            step = self._next_step(digest)
            if isinstance(step, Keep):
                self._begun.add(digest)
                self._end(rendered(self._means, job, step.life))

    def _next_step(self, digest: JobDigest) -> NextStep:
        return next_step(self._lives.get(digest), self._means.ledger.store.is_there)

    async def _take_up(self) -> None:
        """Go on with what earlier runs left open, and wait until each was asked about once."""
        left = [
            digest
            for digest in self._jobs
            if digest not in self._begun and isinstance(self._next_step(digest), TakeUp)
        ]
        for digest in left:
            self._means.unseen[digest] = asyncio.Event()
            if isinstance(self._lives[digest], states.Accepted):
                self._means.slots.occupy(digest)
            self._start(digest)
        looks = {asyncio.create_task(self._means.unseen[digest].wait()) for digest in left}
        try:
            # Only those that are open: to wait for one that is done is not to wait at all.
            while pending := {look for look in looks if not look.done()}:
                await asyncio.wait(pending | self._tasks, return_when=asyncio.FIRST_COMPLETED)
                await self._reap_done()
        finally:
            for look in looks:
                look.cancel()

    def _begin(self, digests: Iterable[JobDigest]) -> None:
        """Start jobs that wait for nothing, the longest way to the end first."""
        ready = [digest for digest in digests if digest not in self._begun]
        for digest in sorted(ready, key=self._means.priority, reverse=True):
            self._start(digest)

    def _start(self, digest: JobDigest) -> None:
        self._begun.add(digest)
        self._tasks.add(asyncio.create_task(pursue(self._means, self._jobs[digest])))

    async def _reap(self) -> None:
        await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        await self._reap_done()

    async def _reap_done(self) -> None:
        """Take in what has ended, and start what waited for it."""
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            self._end(await task)

    def _end(self, outcome: Outcome) -> None:
        """Tell an outcome; free what waited for it, or give up on that, down the chain."""
        ended = [outcome]
        while ended:
            one = ended.pop()
            digest = one.job.digest
            self._means.looked(digest)
            self._means.outcomes[digest] = one
            self._means.listen(one)
            if isinstance(one, Rendered):
                self._unlock(digest)
            else:
                ended.extend(self._skip_below(one))

    def _unlock(self, digest: JobDigest) -> None:
        for other in self._below[digest]:
            self._missing[other].discard(digest)
        if self._sending:
            self._begin(other for other in self._below[digest] if not self._missing[other])

    def _skip_below(self, outcome: Outcome) -> list[Skipped]:
        """Give up on jobs that need what is not there; those already in flight go on."""
        below = [other for other in self._below[outcome.job.digest] if other not in self._begun]
        self._begun.update(below)
        return [_skipped(self._jobs[other], outcome) for other in below]

    async def _leave(self) -> None:
        """Let go of what still runs; whatever was sent is in the journal."""
        left = [*self._tasks, *self._means.uploading.values()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


def _skipped(job: Job, because: Outcome) -> Skipped:
    root = because.because if isinstance(because, Skipped) else None
    reason = f"it builds on {because.job.id}, which has no result"
    return Skipped(job, reason, because=root or because.job.digest)
