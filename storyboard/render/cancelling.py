"""Requests in flight into cancelled ones, as far as the provider lets go of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from storyboard.provider import Account, Provider, RequestId, answer
from storyboard.render.elsewhere import whose
from storyboard.render.faults import CANCELLED, cancelled_in_time, left_alone
from storyboard.render.ledger import Ledger
from storyboard.render.pace import backoff
from storyboard.render.ports import Clock
from storyboard.store import Store, effect, key_of
from storyboard.store.life import Accepted, Failed, Finished, Order, order_of
from storyboard.store.problem import Conflict

_AT_ONCE = 4
"""Few, so that little time passes between seeing that a request waits and cancelling it."""

_ASKS = 3
_LOOKS = 5
_FIRST_LOOK = 0.25


@dataclass(frozen=True, slots=True)
class Over:
    """It runs no more, and the journal says so; `cancelled` False where it had failed before."""

    order: Order
    request: RequestId
    failed: Failed

    @property
    def cancelled(self) -> bool:
        """Tell whether it ended because somebody cancelled it."""
        return self.failed.fault.code == CANCELLED


@dataclass(frozen=True, slots=True)
class StillInFlight:
    """It goes on, or may: why. It counts as paid, and the next render takes it up."""

    order: Order
    request: RequestId
    reason: str


Cancelling: TypeAlias = Over | StillInFlight


async def cancel(
    provider: Provider,
    store: Store,
    clock: Clock,
    lives: Sequence[Accepted],
    account: str | None = None,
) -> tuple[Cancelling, ...]:
    """Ask to cancel each request, and record what it ended with. Nothing is sent to be rendered.

    `account` is the label of the account that the provider is asked with; what is not that one's
    is left alone.
    """
    here = Account(provider.facts, account)
    ledger = Ledger(store)
    gate = asyncio.Semaphore(_AT_ONCE)
    work = [
        asyncio.create_task(_Cancel(provider, here, ledger, clock, gate, life).go())
        for life in lives
    ]
    try:
        found = await asyncio.gather(*work)
        await ledger.release(*(key_of(one.order) for one in found))
        return tuple(found)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        await ledger.close()
        await provider.close()


@dataclass(frozen=True, slots=True)
class _Cancel:
    """The cancelling of one request. `go` once."""

    provider: Provider
    here: Account
    ledger: Ledger
    clock: Clock
    gate: asyncio.Semaphore
    life: Accepted

    async def go(self) -> Cancelling:
        """Cancel it, unless another account has it, or another run has it in hand."""
        if (other := whose(self.here, self.life)) is not None:
            return self._goes_on(left_alone(other, self.life.at))
        take = key_of(order_of(self.life))
        if await self.ledger.claim(take) is not None:
            return self._goes_on("another run of storyboard is at work on it: press Ctrl-C there")
        try:
            if await self.ledger.latest(take) != self.life:
                return self._goes_on("another run has just gone on with it")
            return await self._cancel()
        except Conflict:
            return self._goes_on("another run has just gone on with it")

    async def _cancel(self) -> Cancelling:
        async with self.gate:
            got, before = await self._ask()
        match got:
            case answer.Stopping():
                return await self._look(waited=isinstance(before, answer.InQueue))
            case answer.TooLate():
                return await self._look(waited=False)
            case answer.Gone(fault) | answer.Locked(fault):
                return self._goes_on(fault.message)
            case answer.Trouble(detail):
                return self._goes_on(f"it may not have been cancelled: {detail}")
        assert_never(got)

    async def _ask(self) -> tuple[answer.Stopped, answer.Status]:
        """Ask until there is an answer; return it, and how the request stood right before."""
        tries = 0
        while True:
            # Looked at before each: what waited a minute ago may have begun, and be charged.
            before = await self.provider.status(self.life.ticket)
            effect("cancel")
            got = await self.provider.cancel(self.life.ticket)
            effect("cancelled")
            if not isinstance(got, answer.Trouble) or tries >= _ASKS:
                return got, before
            await self.clock.sleep(got.wait or backoff(tries, first=_FIRST_LOOK))
            tries += 1

    async def _look(self, *, waited: bool) -> Cancelling:
        """See what becomes of it. It cost nothing only if it was never seen to have begun."""
        why = "its status cannot be read"
        for tries in range(_LOOKS):
            status = await self.provider.status(self.life.ticket)
            match status:
                case answer.Completed():
                    return await self._result(status, waited=waited)
                case answer.Gone(fault) | answer.Locked(fault):
                    return self._goes_on(fault.message)
                case answer.InQueue():
                    why = "it was asked to stop, and has not done so yet"
                case answer.InProgress():
                    waited = False
                    why = "it was asked to stop, and has begun: it may still finish, and be charged"
                case answer.Trouble(detail):
                    why = f"it was asked to stop, and its status cannot be read: {detail}"
                case _:
                    assert_never(status)
            await self.clock.sleep(backoff(tries, first=_FIRST_LOOK))
        return self._goes_on(why)

    async def _result(self, ended: answer.Completed, *, waited: bool) -> Cancelling:
        result = await self.provider.result(self.life.ticket, ended)
        now = self.clock.now()
        match result:
            case answer.Ready(product, units):
                await self.ledger.record(Finished(self.life, product, units, now))
                return self._goes_on("it has finished already, and is charged")
            case answer.Broken(fault):
                if waited and fault.code == CANCELLED:
                    fault = cancelled_in_time(fault)
                failed = await self.ledger.record(Failed(self.life, fault, None, now))
                return Over(order_of(self.life), self.life.ticket.request, failed)
            case _:
                return self._goes_on("it is over, and what it ended with cannot be read now")

    def _goes_on(self, reason: str) -> StillInFlight:
        return StillInFlight(order_of(self.life), self.life.ticket.request, reason)
