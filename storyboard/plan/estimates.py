"""A plan to the time it will take: the critical path, and a schedule at a given concurrency."""

import heapq
from dataclasses import dataclass

from storyboard.catalogue import Catalogue
from storyboard.jobs import JobDigest, JobId, followers, longest_paths, upstream
from storyboard.plan.planned import JobState, Plan, PlannedJob

NEW_ACCOUNT = 2
"""How many requests a new account of the provider runs at a time (its documentation, 2026-10)."""


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The longest chain of jobs that wait for each other, and its length in seconds."""

    jobs: tuple[JobId, ...]
    seconds: int


def critical_path(plan: Plan, catalogue: Catalogue) -> CriticalPath:
    """Find the chain of jobs that no concurrency can shorten; what is not sent takes no time."""
    work = _work(plan, catalogue)
    rest = longest_paths((one.job for one in plan.jobs), lambda job: work[job.digest])
    names = {one.job.digest: one.job.id for one in plan.jobs}
    after = followers(one.job for one in plan.jobs)
    path: list[JobId] = []
    here = max(rest, key=lambda digest: rest[digest], default=None)
    length = rest[here] if here is not None else 0
    while here is not None and rest[here] > 0:
        if work[here]:
            path.append(names[here])
        here = max(after[here], key=lambda digest: rest[digest], default=None)
    return CriticalPath(tuple(path), length)


def estimate(plan: Plan, concurrency: int, catalogue: Catalogue) -> int:
    """Return the seconds until the last job is done, with so many jobs under way at once.

    Of the jobs that could begin, the one with the longest remaining path begins first.
    """
    work = _work(plan, catalogue)
    at_work = {one.job.digest: max(1, _takes_to_come(one)) for one in plan.jobs}
    jobs = [one.job for one in plan.jobs]
    rest, after = longest_paths(jobs, lambda job: work[job.digest]), followers(jobs)
    waiting = {job.digest: len(upstream(job) & work.keys()) for job in jobs}
    order = {digest: place for place, digest in enumerate(waiting)}
    ready = [
        (-rest[digest], order[digest], digest)
        for digest, count in waiting.items()
        if not count
        for _ in range(at_work[digest])
    ]
    heapq.heapify(ready)
    running: list[tuple[int, int, JobDigest]] = []
    released: set[JobDigest] = set()
    now = 0
    while ready or running:
        while ready and len(running) < max(1, concurrency):
            _, place, digest = heapq.heappop(ready)
            heapq.heappush(running, (now + work[digest], place, digest))
        now, _, done = heapq.heappop(running)
        if done in released:
            continue  # a further take of it: nothing waits for that
        released.add(done)
        for digest in after[done]:
            waiting[digest] -= 1
            if not waiting[digest]:
                new = (-rest[digest], order[digest], digest)
                for _ in range(at_work[digest]):
                    heapq.heappush(ready, new)
    return now


_WORK = frozenset({JobState.TO_RENDER, JobState.IN_FLIGHT, JobState.UNKNOWN})


def _work(plan: Plan, catalogue: Catalogue) -> dict[JobDigest, int]:
    typical = {one.id: one.typical_seconds for one in catalogue.endpoints}
    return {
        one.job.digest: typical.get(one.job.endpoint, 0) if _takes_to_come(one) else 0
        for one in plan.jobs
    }


def _takes_to_come(one: PlannedJob) -> int:
    """Count the takes of a job that are rendered now: all at once, if there is room for them."""
    return sum(take.state in _WORK for take in one.takes)
