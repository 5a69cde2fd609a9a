"""Find the jobs that are not sent because what they build on is not there, and will not be."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

from storyboard.jobs import FrameRef, Job, JobDigest, references, upstream
from storyboard.model import ClipDigest


def blocked(
    jobs: Iterable[Job],
    waiting: AbstractSet[JobDigest],
    without: AbstractSet[JobDigest],
    absent: Collection[ClipDigest] = (),
) -> Mapping[JobDigest, JobDigest]:
    """Return each job that is held back, with the one at the root of it.

    Every job stands after those it builds on. `waiting` would be sent, were nothing in their way;
    jobs `without` a result get none in this run. One that goes on from a frame of a picked clip
    that is `absent` from the store is a root itself.
    """
    roots = {job: job for job in without}
    for job in jobs:
        if job.digest in waiting:
            root = min((roots[one] for one in upstream(job) if one in roots), default=None)
            if root is None and _lacks_frame(job, absent):
                root = job.digest
            if root is not None:
                roots[job.digest] = root
    return {job: root for job, root in roots.items() if job not in without}


def _lacks_frame(job: Job, absent: Collection[ClipDigest]) -> bool:
    return bool(absent) and any(
        isinstance(one, FrameRef) and one.clip in absent for one in references(job.body)
    )
