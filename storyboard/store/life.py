"""Describe the life of one attempt to get a take of a job. Each state holds the state before it.

    Intended -> Accepted -> Finished -> Stored
    Intended -> Refused | Unknown | Abandoned
    Unknown  -> Accepted | Abandoned
    Accepted -> Failed        Finished -> Failed
    Adopted  -> Stored
    Stored   -> Mislaid -> Stored | Failed
    Failed   -> Stored, if wrong bytes were all that was wrong
    Stored, Mislaid, Failed, Refused -> Forgotten
    any      -> Later

A state is made from the one before it, so a step that cannot happen cannot be written down.
`docs/journal.md` has the invariants and the wire shape.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, TypeAlias, assert_never

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, JobId, ShotDigest
from storyboard.model import NOTHING, ClipDigest, ClipFacts, Seconds, Usd
from storyboard.provider import Charge, Fault, Media, Product, RequestId, Ticket, VoiceMade

WRONG_CLIP = "SB812"
"""The code of a fault that is about the bytes that came, and about nothing else."""

AttemptId = NewType("AttemptId", str)
"""One attempt to get a take of a job, lower-case hex digits; a take has one at a time."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is about to be sent: the exact JSON text, where to, what for, and what it should cost.

    `asked` is the same with files, frames and voices named by content, as a plan shows it.
    `films` are the films that need it (`first-cup`, or `first-cup/VARIATION`); `shots` is empty
    for a voice. `provider` is the name of the provider it is sent to (in a journal of an earlier
    version, its address), `account` the label of the account there, None where it has none.
    `take` is the number of the take that is wanted, from 1: a label. What a take is known by is
    its clip's SHA-256. `used` are the seconds that the film uses of each shot, `starts` where each
    begins in the clip, as far as they are known. `asks` is what each shot asks for by itself; None
    in a journal of an earlier version, which did not say.
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
    take: int = 1
    used: tuple[Seconds, ...] = ()
    starts: tuple[Seconds, ...] = ()
    asks: tuple[ShotDigest, ...] | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a result comes from that was not paid for here.

    `place` names it for people: the address of a shared store, or a file. `provider` and `request`
    say which request made it, None if that is not known.
    """

    place: str
    provider: str | None = None
    request: RequestId | None = None


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
class Adopted:
    """The beginning of an attempt whose result came from elsewhere and costs nothing here.

    Not a state by itself: it is recorded together with the clip, as a `Stored`. Its order tells
    what the result is for and what it cost elsewhere; `body` is empty if it is not known.
    """

    order: Order
    origin: Origin
    at: datetime


@dataclass(frozen=True, slots=True)
class Unknown:
    """Sent, or perhaps sent, and no usable answer came.

    `charge` is `PAID` if the provider took it and gave no id that it can be asked by.
    """

    before: Intended
    reason: str
    at: datetime
    charge: Charge = Charge.POSSIBLE


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
    """The result is kept here.

    After a `Failed`, it is a result that was given up over wrong bytes, and came after all.
    """

    before: "Finished | Mislaid | Adopted | Failed"
    kept: Kept
    at: datetime


@dataclass(frozen=True, slots=True)
class Mislaid:
    """The clip's file is gone from the store; it is fetched again, never paid again.

    An adopted clip is fetched by nobody: it is adopted again, or forgotten.
    """

    before: Stored
    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider did not take the request. `amount` is as in `Abandoned`."""

    before: Intended
    fault: Fault
    at: datetime
    amount: Usd | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The provider took the request and there is no usable result.

    `aside` is a clip that came and was not what was asked; it is kept. `amount` is as in
    `Abandoned`.
    """

    before: Accepted | Finished | Mislaid
    fault: Fault
    aside: KeptFile | None
    at: datetime
    amount: Usd | None = None


@dataclass(frozen=True, slots=True)
class Abandoned:
    """Given up: proved never sent (`charge` none), or with the user's consent (possible).

    `amount` is what was or may have been charged, None for the order's price.
    """

    before: Intended | Unknown
    reason: str
    charge: Charge
    at: datetime
    amount: Usd | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The user let go of it, knowing what it cost; the job may be rendered anew."""

    before: Stored | Mislaid | Failed | Refused
    at: datetime


@dataclass(frozen=True, slots=True)
class Later:
    """A step of a kind that only a later version of the program knows, as its row has it.

    Whatever follows it is one too. Such an attempt is shown, counted, never sent again and never
    removed. One that begins in an unknown way reads as one that was intended: it may have been
    sent.
    """

    before: "Life"
    kind: str
    data: str
    at: datetime


Known: TypeAlias = (
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
"""The states that this version of the program can write."""

Life: TypeAlias = Known | Later
Over: TypeAlias = Refused | Failed | Abandoned | Forgotten
"""States after which the take may be tried again; whether it should is the user's say."""


def order_of(life: Life) -> Order:
    """Return what the attempt asked for."""
    return start_of(life).order


def start_of(life: Life) -> Intended | Adopted:
    """Return how the attempt began."""
    before: Life | Adopted = life
    while not isinstance(before, Intended | Adopted):
        before = before.before
    return before


def finish_of(life: Finished | Mislaid | Stored | Failed) -> Finished | Adopted:
    """Return how the result was first known: from the provider, or from elsewhere.

    Raises:
        ValueError: where a request failed before it had a result.
    """
    before: Life | Adopted = life
    while not isinstance(before, Finished | Adopted):
        if isinstance(before, Accepted | Intended):
            raise ValueError("a request that never finished has no result")  # noqa: TRY004 - as told
        before = before.before
    return before


def may_come_yet(life: Failed) -> bool:
    """Tell whether only wrong bytes were wrong: the result is paid, and may be asked for again."""
    if life.fault.code != WRONG_CLIP or life.fault.charge is not Charge.PAID:
        return False
    if isinstance(life.before, Accepted):
        return False
    finish = finish_of(life)
    return isinstance(finish, Finished) and isinstance(finish.product, Media)


def known_of(life: Life) -> Known:
    """Return the last state that this version of the program knows."""
    while isinstance(life, Later):
        life = life.before
    return life


def later_texts(life: Life) -> Iterator[str]:
    """Return what a later version has written of an attempt, newest first."""
    while isinstance(life, Later):
        yield life.data
        life = life.before


def provider_of(life: Life) -> str | None:
    """Return the provider that has the attempt's request; None if nobody knows which made it."""
    ticket, start = ticket_of(life), start_of(life)
    if isinstance(start, Adopted):
        return start.origin.provider
    return start.order.provider if ticket is None else ticket.provider


def ticket_of(life: Life) -> Ticket | None:
    """Return the accepted request, None if none was accepted here."""
    before: Life | Adopted = life
    while not isinstance(before, Intended | Adopted):
        if isinstance(before, Accepted):
            return before.ticket
        before = before.before
    return None


def request_of(life: Life) -> RequestId | None:
    """Return the provider's name of the request, None if it was never known."""
    ticket, start = ticket_of(life), start_of(life)
    if isinstance(start, Adopted):
        return start.origin.request
    return None if ticket is None else ticket.request


def units_of(life: Life) -> str | None:
    """Return what the provider says it billed, where it ever said."""
    before: Life | Adopted = life
    while not isinstance(before, Intended | Adopted):
        if isinstance(before, Finished):
            return before.units
        before = before.before
    return None


def charge_of(life: Life) -> Charge:  # noqa: PLR0911 - a return per group of states
    """Tell what an attempt has cost here as far as is known; in flight counts as paid."""
    if isinstance(start_of(life), Adopted):
        return Charge.NONE
    match life:
        case Intended():
            return Charge.POSSIBLE
        case Accepted() | Finished() | Stored() | Mislaid():
            return Charge.PAID
        case Refused() | Failed():
            return life.fault.charge
        case Unknown() | Abandoned():
            return life.charge
        case Forgotten():
            return charge_of(life.before)
        case Later():
            # What it means is not known: it may have been sent again, so it may have cost again.
            paid = charge_of(life.before) is Charge.PAID
            return Charge.PAID if paid else Charge.POSSIBLE
    assert_never(life)


def amount_of(life: Life) -> Usd:
    """Return what an attempt has cost, or may have: what its end says, else the order's price."""
    if charge_of(life) is Charge.NONE:
        return NOTHING
    while isinstance(life, Forgotten):
        life = life.before
    stated = life.amount if isinstance(life, Refused | Failed | Abandoned) else None
    return order_of(life).cost if stated is None else stated
