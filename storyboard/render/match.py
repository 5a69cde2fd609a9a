"""A lost request and the account's list into the request that it became."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from storyboard.provider import RequestId
from storyboard.provider.answer import Seen

SLACK = timedelta(hours=1)
"""How far this machine's clock may be off, after what is known of that was taken out."""


def match(
    body: str, sent_at: Collection[datetime], seen: Iterable[Seen], taken: Collection[RequestId]
) -> Seen | None:
    """Find the listed request with this body, the nearest in time, that no attempt has yet.

    `sent_at` is when it may have been sent, by the provider's clock; see `times`. Requests with
    equal bodies are interchangeable: whichever is found, it was asked for and is paid for once.
    """
    fields = json.loads(body)
    fits = [
        one
        for one in seen
        if one.request not in taken
        and one.body is not None
        and _apart(one, sent_at) <= SLACK
        and agrees(fields, one.body)
    ]
    return min(fits, key=lambda one: (_apart(one, sent_at), one.request), default=None)


def times(recorded: datetime, skew: timedelta) -> tuple[datetime, datetime]:
    """Return when a request may have been sent, by the provider's clock.

    `skew` is how far that is ahead of this machine's now. Whether it was then, nobody knows: a
    clock may have been set since, either way.
    """
    return recorded, recorded + skew


def _apart(one: Seen, sent_at: Collection[datetime]) -> timedelta:
    return min(abs(one.sent_at - at) for at in sent_at)


def agrees(sent: Any, listed: Any) -> bool:  # noqa: ANN401 - JSON as it comes
    """Tell whether all that was sent is listed with its value; the list may add defaults."""
    match sent, listed:
        case Mapping(), Mapping():
            return all(key in listed and agrees(value, listed[key]) for key, value in sent.items())
        case bool(), _:
            return listed is sent
        case (str(), str()) | (None, None):
            return bool(sent == listed)
        case Sequence(), Sequence() if not isinstance(sent, str) and not isinstance(listed, str):
            return len(sent) == len(listed) and all(map(agrees, sent, listed))
        case (int() | float(), int() | float()):
            return not isinstance(listed, bool) and bool(sent == listed)
        case _:
            return False
