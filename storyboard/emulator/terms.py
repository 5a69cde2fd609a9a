"""Read what a caller asks of the queue: how long a request may wait, behind whom, and how many."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.emulator.entry import Priority

START_HEADERS = ("x-fal-request-start-timeout", "x-fal-request-timeout")
"""The headers with the seconds in which a request must start; the newer name counts first."""
PRIORITY_HEADER = "x-fal-queue-priority"
LONGEST_QUEUE = "fal_max_queue_length"
WEBHOOK = "fal_webhook"

_LEAST_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Terms:
    """What a caller asks of the queue.

    `start_within` is in seconds of fal's time. A request is refused if more than `longest_queue`
    others already wait for its endpoint.
    """

    start_within: float | None = None
    priority: Priority = Priority.NORMAL
    longest_queue: int | None = None


def terms_of(headers: Mapping[str, str], query: Mapping[str, str]) -> Terms:
    """Read the terms of a call; names of headers are in small letters.

    Raises:
        ValueError: one cannot be met; the text says which, and why.
    """
    if WEBHOOK in query:
        raise ValueError(f"{WEBHOOK}: nothing leaves this machine, so no webhook is called; poll")
    return Terms(_seconds(headers), _priority(headers), _length(query))


def _seconds(headers: Mapping[str, str]) -> float | None:
    name = next((one for one in START_HEADERS if one in headers), None)
    if name is None:
        return None
    try:
        seconds = float(headers[name])
    except ValueError:
        seconds = math.nan
    if not _LEAST_SECONDS < seconds < math.inf:
        raise ValueError(f"{name}: give a number of seconds above {_LEAST_SECONDS}")
    return seconds


def _priority(headers: Mapping[str, str]) -> Priority:
    given = headers.get(PRIORITY_HEADER, Priority.NORMAL)
    if given not in tuple(Priority):
        raise ValueError(f"{PRIORITY_HEADER}: give {' or '.join(Priority)}")
    return Priority(given)


def _length(query: Mapping[str, str]) -> int | None:
    given = query.get(LONGEST_QUEUE)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()):
        raise ValueError(f"{LONGEST_QUEUE}: give a whole number")
    return int(given)
