"""Choose the takes that are wanted of a job: those that are kept, those to come, then new ones.

The plan, the price that is agreed to and the run all choose by these two functions.
"""

from collections.abc import Mapping
from itertools import count, islice
from typing import TypeVar

from storyboard.jobs import Job, JobDigest
from storyboard.plan.planned import JobState

T = TypeVar("T")

_FIRST = (
    frozenset({JobState.RENDERED}),
    frozenset({JobState.IN_FLIGHT, JobState.UNKNOWN}),
    frozenset({JobState.LEFT}),
    frozenset({JobState.FAILED}),
)
"""States of takes that are there, or may be: the earlier ones are chosen first."""


def gathered(job: Job, found: Mapping[JobDigest, Mapping[int, T]]) -> dict[int, T]:
    """Return what is found of a job's takes by their numbers, from all digests that it is known by.

    `found` has the takes of each digest by their numbers there. Earlier versions kept the n-th take
    under a digest of its own, as the first there. A number that is taken twice goes to the take
    under the job's own digest; the other one bears the next.
    """
    every = dict(found.get(job.digest, {}))
    for number, digest in enumerate(job.former, 2):
        for one in found.get(digest, {}).values():
            every[number if number not in every else max(every) + 1] = one
    return every


def which_takes(states: Mapping[int, JobState], wanted: int) -> tuple[int, ...]:
    """Return the numbers of the takes that make up the wanted ones; the first is the one shown.

    A take that is not there, and not known to come, counts only as long as others do not suffice.
    """
    there = [number for some in _FIRST for number, state in sorted(states.items()) if state in some]
    new = (number for number in count(1) if number not in there)
    return (*there[:wanted], *islice(new, max(0, wanted - len(there))))
