"""Find the jobs that are not sent because one that they build on will have no result."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from storyboard.jobs import Job, JobDigest, upstream


def blocked(
    jobs: Iterable[Job], waiting: AbstractSet[JobDigest], without: AbstractSet[JobDigest]
) -> Mapping[JobDigest, JobDigest]:
    """Return each job that is held back, with the one at the root of it.

    Every job stands after those it builds on. `waiting` would be sent, were nothing in their way;
    jobs `without` a result get none in this run.
    """
    roots = {job: job for job in without}
    for job in jobs:
        if job.digest in waiting:
            root = min((roots[one] for one in upstream(job) if one in roots), default=None)
            if root is not None:
                roots[job.digest] = root
    return {job: root for job, root in roots.items() if job not in without}
