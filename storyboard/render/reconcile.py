"""Unknown outcomes of a journal into known ones, where the account's list has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias, assert_never

from storyboard.jobs.job import JobDigest
from storyboard.render.answer import Listed, Listing, Locked, Trouble
from storyboard.render.ledger import Ledger
from storyboard.render.match import SLACK, match
from storyboard.render.ports import Clock, Provider
from storyboard.render.seek import CRASHED, skew_of
from storyboard.store import Conflict, Store
from storyboard.store.latest import latest_of_each
from storyboard.store.life import (
    Accepted,
    Intended,
    Life,
    Order,
    RequestId,
    Unknown,
    order_of,
    request_of,
    start_of,
)


@dataclass(frozen=True, slots=True)
class Found:
    """It had arrived: the next render takes it up, and it is not paid again."""

    order: Order
    request: RequestId


@dataclass(frozen=True, slots=True)
class NotFound:
    """It is not in the list, `late` when it would be by now had it ever arrived."""

    order: Order
    late: bool


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Nobody could look: why."""

    order: Order
    reason: str


Reconciled: TypeAlias = Found | NotFound | NotLooked


async def reconcile(provider: Provider, store: Store, clock: Clock) -> tuple[Reconciled, ...]:
    """Look once for every request whose outcome is unknown. Nothing is sent to be rendered."""
    ledger = Ledger(store)
    try:
        attempts = await ledger.read(store.journal.attempts)
        latest = latest_of_each(attempts).values()
        doubts = [life for life in latest if isinstance(life, Intended | Unknown)]
        taken = _taken(attempts)
        lists: dict[str, Listing] = {}
        # Oldest first: of two equal ones, the first to be sent gets the first that arrived; and
        # an endpoint's list is read once, from the first of its requests on.
        doubts.sort(key=lambda one: (start_of(one).at, order_of(one).job))
        found = [await _one(provider, ledger, clock, life, taken, lists) for life in doubts]
        return tuple(found)
    finally:
        await ledger.close()
        await provider.close()


async def _one(  # noqa: PLR0913, PLR0917 - what is shared by all that are looked for
    provider: Provider,
    ledger: Ledger,
    clock: Clock,
    life: Intended | Unknown,
    taken: set[RequestId],
    lists: dict[str, Listing],
) -> Reconciled:
    order = order_of(life)
    if await ledger.claim(order.job) is not None:
        return NotLooked(order, "another run is at work on it")
    try:
        if isinstance(life, Intended):
            life = await ledger.record(Unknown(life, CRASHED, clock.now()))
        if order.endpoint not in lists:
            lists[order.endpoint] = await _list(provider, clock, life)
        return await _look(provider, ledger, clock, life, taken, lists[order.endpoint])
    except Conflict:
        return NotLooked(order, "another run has just gone on with it")
    finally:
        await ledger.release(order.job)


async def _list(provider: Provider, clock: Clock, life: Unknown) -> Listing:
    """Read the list from the time on at which it was sent, by the provider's own clock."""
    endpoint, since = order_of(life).endpoint, life.before.at - SLACK
    listing = await provider.sent(endpoint, since)
    if isinstance(listing, Listed) and (skew := skew_of(listing, clock.now())) < timedelta(0):
        listing = await provider.sent(endpoint, since + skew)
    return listing


async def _look(  # noqa: PLR0913, PLR0917 - as above
    provider: Provider,
    ledger: Ledger,
    clock: Clock,
    life: Unknown,
    taken: set[RequestId],
    listing: Listing,
) -> Reconciled:
    order = order_of(life)
    match listing:
        case Listed(requests):
            sent_at = life.before.at + skew_of(listing, clock.now())
            seen = match(order.body, sent_at, requests, taken)
            if seen is None:
                elapsed = (clock.now() - life.before.at).total_seconds()
                return NotFound(order, elapsed >= provider.longest_wait(order.endpoint))
            taken.add(seen.request)
            await ledger.record(Accepted(life, seen.ticket, clock.now()))
            return Found(order, seen.request)
        case Trouble(detail):
            return NotLooked(order, detail)
        case Locked(fault):
            return NotLooked(order, fault.message)
    assert_never(listing)


def _taken(attempts: Mapping[JobDigest, list[Life]]) -> set[RequestId]:
    named = (request_of(life) for lives in attempts.values() for life in lives)
    return {request for request in named if request is not None}
