"""Jobs into their order: what must wait for what, and whose way to the end is the longest."""

from collections.abc import Callable, Iterable, Mapping

from storyboard.jobs.job import ClipJob, FileRef, Job, JobDigest, VoiceJob
from storyboard.jobs.wire_form import references


def upstream(job: Job) -> frozenset[JobDigest]:
    """Return the jobs whose results a job needs before it can be sent."""
    named = {one.job for one in references(job.body) if not isinstance(one, FileRef)}
    match job:
        case ClipJob():
            return frozenset(named | set(job.after))
        case VoiceJob():
            return frozenset(named)


def followers(jobs: Iterable[Job]) -> Mapping[JobDigest, list[JobDigest]]:
    """Return for each job those of them that wait for it, in their order."""
    every = tuple(jobs)
    found: dict[JobDigest, list[JobDigest]] = {job.digest: [] for job in every}
    for job in every:
        for other in upstream(job):
            if other in found:
                found[other].append(job.digest)
    return found


def longest_paths(jobs: Iterable[Job], weight: Callable[[Job], int]) -> Mapping[JobDigest, int]:
    """Return for each job the weight of the longest way from its start to the end of them all."""
    known = {job.digest: job for job in jobs}
    below = followers(known.values())
    missing = {digest: len(after) for digest, after in below.items()}
    ends = [digest for digest, count in missing.items() if count == 0]
    paths: dict[JobDigest, int] = {}
    while ends:
        digest = ends.pop()
        job = known[digest]
        paths[digest] = weight(job) + max((paths[one] for one in below[digest]), default=0)
        for other in upstream(job):
            if other in known:
                missing[other] -= 1
                if missing[other] == 0:
                    ends.append(other)
    return paths
