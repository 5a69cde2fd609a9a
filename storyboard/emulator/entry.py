"""A request that the stand-in has accepted, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NewType, TypeAlias

RequestId = NewType("RequestId", str)
"""The stand-in's name of an accepted request."""

Json: TypeAlias = Mapping[str, Any]
"""A JSON object as it came or goes."""


class ClipKind(StrEnum):
    """What is wrong with a clip that was rendered and paid."""

    GOOD = "good"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    EMPTY = "empty"
    HTML = "html"
    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a request costs when it is done: `units` are seconds of picture, or calls."""

    seconds: int
    units: int
    dollars: Decimal


@dataclass(frozen=True, slots=True)
class Video:
    """It ends with a clip of `seconds`, with or without a sound track."""

    seconds: int
    sound: bool
    aspect_ratio: str
    kind: ClipKind
    charge: Charge


@dataclass(frozen=True, slots=True)
class Voice:
    """It ends with a voice."""

    voice: str
    charge: Charge


@dataclass(frozen=True, slots=True)
class Failure:
    """It ends with an error: the result answers `status` and `body`. Most errors cost nothing."""

    status: int
    type: str
    body: Json
    retryable: bool
    charge: Charge | None


Outcome: TypeAlias = Video | Voice | Failure


class Priority(StrEnum):
    """Where in the queue a request waits: a low one behind all normal ones."""

    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Entry:
    """An accepted request.

    `sent_at` and `start_by` are in seconds since 1970: it ends if it has not begun by then.
    `takes` is how many seconds of this machine's time the work lasts once begun. `digest` is of
    the body with uploaded files as digests of their contents, so that it is equal for equal work
    whatever the files' URLs are.
    """

    id: RequestId
    endpoint: str
    body: Json
    digest: str
    sent_at: float
    takes: float
    outcome: Outcome
    start_by: float | None = None
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True, slots=True)
class Queued:
    """It waits, with `position` others before it."""

    position: int


@dataclass(frozen=True, slots=True)
class Running:
    """It was begun at `begun` seconds since 1970."""

    begun: float


@dataclass(frozen=True, slots=True)
class Done:
    """It has ended; `begun` and `ended` are in seconds since 1970."""

    begun: float
    ended: float


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It was cancelled before it began."""

    at: float


@dataclass(frozen=True, slots=True)
class Expired:
    """It ended because it had not begun in the time that its sender gave it."""

    at: float


Phase: TypeAlias = Queued | Running | Done | Cancelled | Expired
