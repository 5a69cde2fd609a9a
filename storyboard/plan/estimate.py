"""A plan to the time it will take: the critical path, and a schedule at a given concurrency."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.catalogue.endpoint import Catalogue
from storyboard.jobs.job import ClipJob, Job, JobDigest, JobId
from storyboard.plan.plan import JobState, Plan


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The longest chain of jobs that wait for each other, and its length in seconds."""

    jobs: tuple[JobId, ...]
    seconds: int


def critical_path(plan: Plan, catalogue: Catalogue) -> CriticalPath:
    """Find the chain of jobs that no concurrency can shorten; rendered jobs take no time."""
    work = _work(plan, catalogue)
    rest = remaining(plan, work)
    names = {one.job.digest: one.job.id for one in plan.jobs}
    after = _followers(plan)
    path: list[JobId] = []
    here = max(rest, key=lambda digest: rest[digest], default=None)
    length = rest[here] if here is not None else 0
    while here is not None and rest[here] > 0:
        if work[here]:
            path.append(names[here])
        here = max(after.get(here, ()), key=lambda digest: rest[digest], default=None)
    return CriticalPath(tuple(path), length)


def estimate(plan: Plan, concurrency: int, catalogue: Catalogue) -> int:
    """Return the seconds until the last job is done, with so many jobs under way at once.

    Of the jobs that could begin, the one with the longest remaining path begins first.
    """
    work = _work(plan, catalogue)
    rest, followers = remaining(plan, work), _followers(plan)
    waiting = {one.job.digest: len(_upstream(one.job, work)) for one in plan.jobs}
    order = {digest: place for place, digest in enumerate(waiting)}
    ready = [
        (-rest[digest], order[digest], digest) for digest, count in waiting.items() if not count
    ]
    heapq.heapify(ready)
    running: list[tuple[int, int, JobDigest]] = []
    now = 0
    while ready or running:
        while ready and len(running) < max(1, concurrency):
            _, place, digest = heapq.heappop(ready)
            heapq.heappush(running, (now + work[digest], place, digest))
        now, _, done = heapq.heappop(running)
        for digest in followers.get(done, ()):
            waiting[digest] -= 1
            if not waiting[digest]:
                heapq.heappush(ready, (-rest[digest], order[digest], digest))
    return now


def remaining(plan: Plan, work: Mapping[JobDigest, int]) -> dict[JobDigest, int]:
    """Return for each job the seconds from its beginning to the end of all that wait for it."""
    followers = _followers(plan)
    rest: dict[JobDigest, int] = {}
    for one in reversed(plan.jobs):  # a job stands after those it needs
        digest = one.job.digest
        rest[digest] = work[digest] + max(
            (rest[next_] for next_ in followers.get(digest, ())), default=0
        )
    return rest


def _work(plan: Plan, catalogue: Catalogue) -> dict[JobDigest, int]:
    typical = {one.id: one.typical_seconds for one in catalogue.endpoints}
    return {
        one.job.digest: 0 if one.state is JobState.RENDERED else typical.get(one.job.endpoint, 0)
        for one in plan.jobs
    }


def _followers(plan: Plan) -> dict[JobDigest, list[JobDigest]]:
    known = {one.job.digest for one in plan.jobs}
    followers: dict[JobDigest, list[JobDigest]] = {}
    for one in plan.jobs:
        for digest in _upstream(one.job, known):
            followers.setdefault(digest, []).append(one.job.digest)
    return followers


def _upstream(job: Job, known: "Mapping[JobDigest, int] | set[JobDigest]") -> list[JobDigest]:
    return [digest for digest in job.after if digest in known] if isinstance(job, ClipJob) else []
