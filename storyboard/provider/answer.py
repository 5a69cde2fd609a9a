"""What a provider can answer, as closed unions: one per question that the engine asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from storyboard.provider.fault import Charge, Fault
from storyboard.provider.ticket import Addresses, Product, RequestId


@dataclass(frozen=True, slots=True)
class Locked:
    """The account or the key is refused: no request of this run can succeed."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class Trouble:
    """No usable answer; asking again costs nothing. `wait` seconds first, where it was said."""

    detail: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A submit was accepted."""

    request: RequestId
    addresses: Addresses


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A submit was refused: nothing is queued."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proof that a submit did not reach the queue; it may be sent again, after `wait` seconds."""

    detail: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """A submit may have been accepted: it is never sent again on a guess.

    `charge` is `PAID` where it was accepted, under an id that cannot be used.
    """

    reason: str
    charge: Charge = Charge.POSSIBLE


Submitted: TypeAlias = Taken | NotTaken | NotSent | Unsure | Locked


@dataclass(frozen=True, slots=True)
class InQueue:
    """Waiting, free of charge. `position` requests are before it, where that is said."""

    position: int | None


@dataclass(frozen=True, slots=True)
class InProgress:
    """Being rendered."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Completed:
    """Over. `error` is the type of its failure, where the status says that it failed."""

    error: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The provider does not know the request, or its result, any more."""

    fault: Fault


Status: TypeAlias = InQueue | InProgress | Completed | Gone | Trouble | Locked


@dataclass(frozen=True, slots=True)
class Stopping:
    """A cancellation was taken in; a request that has begun may still finish, and be charged."""


@dataclass(frozen=True, slots=True)
class TooLate:
    """There was nothing left to cancel: the request is over, whatever it ended with."""


Stopped: TypeAlias = Stopping | TooLate | Gone | Trouble | Locked


@dataclass(frozen=True, slots=True)
class Ready:
    """The result. `units` is what the provider says it billed, as it said it."""

    product: Product
    units: str | None


@dataclass(frozen=True, slots=True)
class Broken:
    """The request ended without a result."""

    fault: Fault


Result: TypeAlias = Ready | Broken | Gone | Trouble | Locked


@dataclass(frozen=True, slots=True)
class Fetched:
    """A download is whole, as far as its length tells."""

    size: int


@dataclass(frozen=True, slots=True)
class Expired:
    """The address of the download does not work any more; the result may name a new one."""

    detail: str


Download: TypeAlias = Fetched | Expired | Trouble


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file's bytes stand at this address."""

    url: str


Upload: TypeAlias = Uploaded | NotTaken | Trouble | Locked


@dataclass(frozen=True, slots=True)
class Seen:
    """A request in the account's own list. `body` None means that the list does not show it."""

    request: RequestId
    sent_at: datetime
    body: Mapping[str, Any] | None
    addresses: Addresses


@dataclass(frozen=True, slots=True)
class Listed:
    """The account's requests of one endpoint since a point of time.

    `now` is the provider's clock at the answer, where it says so.
    """

    requests: tuple[Seen, ...]
    now: datetime | None = None


Listing: TypeAlias = Listed | Trouble | Locked
