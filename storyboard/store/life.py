"""The life of one attempt to get a job's result. Each state holds the state before it.

    Intended -> Accepted -> Finished -> Stored
    Intended -> Refused | Unknown | Abandoned
    Unknown  -> Accepted | Abandoned
    Accepted -> Failed        Finished -> Failed
    Stored   -> Mislaid -> Stored | Failed
    Stored, Failed, Refused -> Forgotten

A state is made from the one before it, so a step that cannot happen cannot be written down.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType, TypeAlias

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge, Fault, Product, RequestId, Ticket, VoiceMade

AttemptId = NewType("AttemptId", str)
"""One attempt to get a job's result; a job has one at a time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is about to be sent: the exact JSON text, where to, what for, and what it should cost.

    `asked` is the same with files, frames and voices named by content, as a plan shows it.
    `films` are the films that need it (`first-cup`, or `first-cup/VARIATION`); `shots` is empty
    for a voice. `provider` is the name of the provider it is sent to (in a journal of an earlier
    version, its address), `account` the label of the account there, None where it has none.
    """

    attempt: AttemptId
    job: JobDigest
    id: JobId
    endpoint: EndpointId
    body: str
    asked: str
    cost: Usd
    seconds: int
    shots: tuple[str, ...]
    films: tuple[str, ...]
    provider: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class KeptClip:
    """A clip in the store: its bytes' digest, its file's suffix (`.mp4`), its size and facts."""

    digest: ClipDigest
    suffix: str
    size: int
    facts: ClipFacts


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file in the store that came as a clip and is not what was asked for."""

    digest: ClipDigest
    suffix: str
    size: int


Kept: TypeAlias = KeptClip | VoiceMade


@dataclass(frozen=True, slots=True)
class Intended:
    """Committed before the request is sent. Found after a crash, nobody knows if it was sent."""

    order: Order
    at: datetime


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, or perhaps sent, and no answer came."""

    before: Intended
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider has it and will charge for it. From here on it is only awaited and fetched."""

    before: Intended | Unknown
    ticket: Ticket
    at: datetime


@dataclass(frozen=True, slots=True)
class Finished:
    """The result is there to be fetched. `units` is what the provider says it billed."""

    before: Accepted
    product: Product
    units: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """The result is kept here."""

    before: "Finished | Mislaid"
    kept: Kept
    at: datetime


@dataclass(frozen=True, slots=True)
class Mislaid:
    """The clip's file is gone from the store; it is fetched again, never paid again."""

    before: Stored
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not take the request."""

    before: Intended
    fault: Fault
    at: datetime


@dataclass(frozen=True, slots=True)
class Failed:
    """The provider took the request and there is no usable result.

    `aside` is a clip that came and was not what was asked; it is kept.
    """

    before: Accepted | Finished | Mislaid
    fault: Fault
    aside: KeptFile | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Given up: proved never sent (`charge` none), or with the user's consent (possible)."""

    before: Intended | Unknown
    reason: str
    charge: Charge
    at: datetime


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The user let go of it, knowing what it cost; the job may be rendered anew."""

    before: Stored | Failed | Refused
    at: datetime


Life: TypeAlias = (
    Intended
    | Unknown
    | Accepted
    | Finished
    | Stored
    | Mislaid
    | Refused
    | Failed
    | Abandoned
    | Forgotten
)
Over: TypeAlias = Refused | Failed | Abandoned | Forgotten
"""States after which the job may be tried again; whether it should is the user's say."""


def order_of(life: Life) -> Order:
    """Return what the attempt asked for."""
    return start_of(life).order


def start_of(life: Life) -> Intended:
    """Return the attempt's first state."""
    while not isinstance(life, Intended):
        life = life.before
    return life


def ticket_of(life: Accepted | Finished | Mislaid | Stored) -> Ticket:
    """Return the accepted request's addresses."""
    while not isinstance(life, Accepted):
        life = life.before
    return life.ticket


def finish_of(life: Finished | Mislaid | Stored) -> Finished:
    """Return the state in which the result was first known."""
    while not isinstance(life, Finished):
        life = life.before
    return life


def request_of(life: Life) -> RequestId | None:
    """Return the provider's name of the request, where it was ever known."""
    while not isinstance(life, Intended):
        if isinstance(life, Accepted):
            return life.ticket.request
        life = life.before
    return None


def units_of(life: Life) -> str | None:
    """Return what the provider says it billed, where it ever said."""
    while not isinstance(life, Intended):
        if isinstance(life, Finished):
            return life.units
        life = life.before
    return None


def charge_of(life: Life) -> Charge:
    """Tell what an attempt has cost as far as is known; in flight counts as paid."""
    match life:
        case Intended() | Unknown():
            return Charge.POSSIBLE
        case Accepted() | Finished() | Stored() | Mislaid():
            return Charge.PAID
        case Refused() | Failed():
            return life.fault.charge
        case Abandoned():
            return life.charge
        case Forgotten():
            return charge_of(life.before)
