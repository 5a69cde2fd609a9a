"""What is true of fal, and of its stand-in."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from storyboard.provider import ProviderFacts

OTHER_QUEUES = frozenset({"queue.fal.run", "queue.falrun.com"})

FAL = ProviderFacts(
    name="fal",
    title="fal",
    dashboard="https://fal.ai/dashboard/requests",
    uploads_last=timedelta(days=5),  # fal keeps files for at least 7 days
    results_last=timedelta(days=7),
    longest_wait=3600.0,
    former=tuple(f"https://{host}" for host in sorted(OTHER_QUEUES)),
)
REHEARSED = replace(
    FAL, name="emulator", title="the emulator", former=("http://127.0.0.1:*", "http://localhost:*")
)
"""The stand-in of a project's rehearsals: one account, whatever port it has this time."""


def facts_at(queue: str) -> ProviderFacts:
    """Return what is true of a queue: fal's own, or a stand-in that is known by its address."""
    if urlsplit(queue).hostname in OTHER_QUEUES:
        return FAL
    return replace(FAL, name=f"fal at {queue}", former=(queue.replace("[", "[[]"),))
