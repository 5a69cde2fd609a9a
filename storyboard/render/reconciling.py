"""Unknown outcomes of a journal into known ones, where the account's list has them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias, assert_never

from storyboard.provider import Account, Charge, Provider, RequestId
from storyboard.provider.answer import Listed, Listing, Locked, Trouble
from storyboard.render.elsewhere import whose
from storyboard.render.faults import left_alone
from storyboard.render.ledger import Ledger
from storyboard.render.match import SLACK, match, times
from storyboard.render.ports import Clock
from storyboard.render.seek import CRASHED, ahead_of, skew_of, waited
from storyboard.render.take import BEING_SENT, Taker, taken_requests
from storyboard.store import Store, key_of, lives_of_takes
from storyboard.store.life import (
    Accepted,
    Intended,
    Order,
    Unknown,
    order_of,
    start_of,
)
from storyboard.store.problem import Conflict


@dataclass(frozen=True, slots=True)
class Found:
    """It had arrived: the next render takes it up, and it is not paid again."""

    order: Order
    request: RequestId


@dataclass(frozen=True, slots=True)
class NotFound:
    """It is not in the list, `late` when it would be by now had it ever arrived.

    `charge` is `PAID` if the provider took it, under an id that cannot be used.
    """

    order: Order
    late: bool
    charge: Charge = Charge.POSSIBLE


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Nobody could look: why."""

    order: Order
    reason: str


Reconciled: TypeAlias = Found | NotFound | NotLooked


async def reconcile(
    provider: Provider, store: Store, clock: Clock, account: str | None = None
) -> tuple[Reconciled, ...]:
    """Look once for every request whose outcome is unknown. Nothing is sent to be rendered.

    `account` is the label of the account that the provider is asked with; what is not that one's
    is left alone.
    """
    ledger = Ledger(store)
    try:
        attempts = await ledger.read(store.journal.attempts)
        latest = lives_of_takes(attempts).values()
        doubts = [life for life in latest if isinstance(life, Intended | Unknown)]
        taken = taken_requests(attempts, provider.facts)
        look = _Look(provider, Account(provider.facts, account), ledger, clock, taken)
        # Oldest first: of two equal ones, the first to be sent gets the first that arrived; and
        # an endpoint's list is read once, from the first of its requests on.
        doubts.sort(key=lambda one: (start_of(one).at, key_of(order_of(one))))
        found = [await look.at(life) for life in doubts]
        return tuple(found)
    finally:
        await ledger.close()
        await provider.close()


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at the account's lists. `taken` are requests that some attempt has."""

    provider: Provider
    here: Account
    ledger: Ledger
    clock: Clock
    taken: set[RequestId]
    lists: dict[str, Listing] = field(default_factory=dict)

    async def at(self, life: Intended | Unknown) -> Reconciled:
        """Look for one, unless another account has it, or another run has it in hand."""
        order = order_of(life)
        if (other := whose(self.here, life)) is not None:
            return NotLooked(order, left_alone(other, start_of(life).at))
        take = key_of(order)
        if await self.ledger.claim(take) is not None:
            return NotLooked(order, "another run is at work on it")
        try:
            if isinstance(life, Intended):
                life = await self.ledger.record(Unknown(life, CRASHED, self.clock.now()))
            if order.endpoint not in self.lists:
                self.lists[order.endpoint] = await self._list(life)
            return await self._found(life, self.lists[order.endpoint])
        except Conflict:
            return NotLooked(order, "another run has just gone on with it")
        finally:
            await self.ledger.release(take)

    async def _list(self, life: Unknown) -> Listing:
        """Read the list from the time on at which it was sent, by the provider's own clock."""
        endpoint, since = order_of(life).endpoint, life.before.at - SLACK
        listing = await self.provider.sent(endpoint, since)
        if not isinstance(listing, Listed):
            return listing
        skew = skew_of(listing, self.clock.now())
        return await self.provider.sent(endpoint, since + skew) if skew < timedelta(0) else listing

    async def _found(self, life: Unknown, listing: Listing) -> Reconciled:
        order, now = order_of(life), self.clock.now()
        match listing:
            case Listed(requests):
                sent_at = times(life.before.at, skew_of(listing, now))
                taker = Taker(self.ledger, self.here, self.taken, self.clock.now)
                step = await taker.take(
                    life, lambda: match(order.body, sent_at, requests, self.taken)
                )
                if isinstance(step, Accepted):
                    return Found(order, step.ticket.request)
                if step is BEING_SENT:
                    return NotLooked(order, "another run is sending an equal request right now")
                elapsed = waited(life.before.at, now, ahead_of(listing, now)).total_seconds()
                late = elapsed >= self.provider.longest_wait(order.endpoint)
                return NotFound(order, late, life.charge)
            case Trouble(detail):
                return NotLooked(order, detail)
            case Locked(fault):
                return NotLooked(order, fault.message)
        assert_never(listing)
