"""Manners of HTTP that any provider's backend needs: who sees the key, what an error proves."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.backends.http.address import is_safe
    from storyboard.backends.http.bounded import MOST, MOST_LISTED
    from storyboard.backends.http.key import Key
    from storyboard.backends.http.media import Patience, Wanted, download
    from storyboard.backends.http.network import BadNetwork, Network, network_of
    from storyboard.backends.http.reading import date_of, excerpt, is_id, parsed, retry_after
    from storyboard.backends.http.submit import CLIENT, LOCKED, NOT_TAKEN, SUCCESS, answered
    from storyboard.backends.http.wire import Answer, Hosts, NoAnswer, NotReached, Wire
else:
    from storyboard.door import lazily

    __getattr__ = lazily(
        __name__,
        {
            "storyboard.backends.http.address": ("is_safe",),
            "storyboard.backends.http.bounded": ("MOST", "MOST_LISTED"),
            "storyboard.backends.http.key": ("Key",),
            "storyboard.backends.http.media": ("Patience", "Wanted", "download"),
            "storyboard.backends.http.network": ("BadNetwork", "Network", "network_of"),
            "storyboard.backends.http.reading": (
                "date_of",
                "excerpt",
                "is_id",
                "parsed",
                "retry_after",
            ),
            "storyboard.backends.http.submit": (
                "CLIENT",
                "LOCKED",
                "NOT_TAKEN",
                "SUCCESS",
                "answered",
            ),
            "storyboard.backends.http.wire": ("Answer", "Hosts", "NoAnswer", "NotReached", "Wire"),
        },
    )

__all__ = [
    "CLIENT",
    "LOCKED",
    "MOST",
    "MOST_LISTED",
    "NOT_TAKEN",
    "SUCCESS",
    "Answer",
    "BadNetwork",
    "Hosts",
    "Key",
    "Network",
    "NoAnswer",
    "NotReached",
    "Patience",
    "Wanted",
    "Wire",
    "answered",
    "date_of",
    "download",
    "excerpt",
    "is_id",
    "is_safe",
    "network_of",
    "parsed",
    "retry_after",
]
