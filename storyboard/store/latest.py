"""Pick the latest attempt of each job, which alone decides what happens to the job next."""

from collections.abc import Mapping, Sequence

from storyboard.jobs.job import JobDigest
from storyboard.store.life import Life


def latest_of_each(attempts: Mapping[JobDigest, Sequence[Life]]) -> dict[JobDigest, Life]:
    """Return where every job stands, from all its attempts as a journal reads them.

    A job without an attempt is not in it.
    """
    return {job: lives[-1] for job, lives in attempts.items()}
