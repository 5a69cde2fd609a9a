"""Jobs into their order: what must wait for what, and whose way to the end is the longest."""

from collections.abc import Iterable, Mapping

from storyboard.jobs.job import ClipJob, FileRef, Job, JobDigest, VoiceJob
from storyboard.jobs.wire import references

_SETUP = 60
"""Seconds that any request takes besides its clip's length, roughly: it weighs chains by links."""


def upstream(job: Job) -> frozenset[JobDigest]:
    """Return the jobs whose results a job needs before it can be sent."""
    named = {one.job for one in references(job.body) if not isinstance(one, FileRef)}
    match job:
        case ClipJob():
            return frozenset(named | set(job.after))
        case VoiceJob():
            return frozenset(named)


def longest_paths(jobs: Iterable[Job]) -> Mapping[JobDigest, float]:
    """Return for each job the weight of the longest way from its start to the end of the run."""
    known = {job.digest: job for job in jobs}
    below: dict[JobDigest, list[JobDigest]] = {digest: [] for digest in known}
    missing: dict[JobDigest, int] = {}
    for digest, job in known.items():
        for other in upstream(job):
            if other in known:
                below[other].append(digest)
    for digest in known:
        missing[digest] = len(below[digest])
    ends = [digest for digest, count in missing.items() if count == 0]
    paths: dict[JobDigest, float] = {}
    while ends:
        digest = ends.pop()
        job = known[digest]
        paths[digest] = _weight(job) + max((paths[one] for one in below[digest]), default=0)
        for other in upstream(job):
            if other in known:
                missing[other] -= 1
                if missing[other] == 0:
                    ends.append(other)
    return paths


def _weight(job: Job) -> float:
    match job:
        case ClipJob():
            return _SETUP + job.seconds
        case VoiceJob():
            return _SETUP
