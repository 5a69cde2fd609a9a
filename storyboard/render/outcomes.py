"""Tell what became of a take that is wanted as its outcome."""

from storyboard.jobs import JobDigest
from storyboard.model import NOTHING, Usd
from storyboard.provider import Fault, RequestId
from storyboard.render.event import Refused, Skipped, Unknown
from storyboard.store import WantedTake


def refused(
    take: WantedTake, fault: Fault, request: RequestId | None = None, cost: Usd = NOTHING
) -> Refused:
    """Tell a fault; `cost` is what this run paid all the same, or may have."""
    words = (fault.code, fault.message, fault.help)
    return Refused(take.job, *words, request, cost, take.number)


def unknown(take: WantedTake, message: str) -> Unknown:
    """Tell that nobody knows whether it was accepted."""
    return Unknown(take.job, message, take=take.number)


def skipped(take: WantedTake, reason: str, because: JobDigest | None = None) -> Skipped:
    """Tell that it was not tried, and why; `because` is the job that it builds on."""
    return Skipped(take.job, reason, because, take.number)
