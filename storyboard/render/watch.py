"""An accepted request into a finished or failed one: asked seldom, fetched at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from storyboard.model import NOTHING
from storyboard.provider import Fault, answer
from storyboard.render.event import Outcome, Skipped
from storyboard.render.means import Means
from storyboard.render.outcomes import refused, skipped
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.store import WantedTake
from storyboard.store.life import Accepted, Failed, Finished, Life, order_of

_PATIENCE = 900.0
"""Seconds without any answer after which a run ends and leaves the rest to the next one."""

_GONE_TRIES = 5
_RESULT_TRIES = 12


@dataclass(slots=True)
class _Seen:
    """What was seen of one request so far."""

    asked: int = 0
    troubles: int = 0
    gone: int = 0
    troubled_since: float | None = None
    running_since: float | None = None
    place: tuple[int, float] | None = None


async def watch(means: Means, take: WantedTake, life: Accepted) -> Life | Outcome:
    """Wait until the request is over."""
    seen = _Seen()
    while True:
        status = await means.provider.status(life.ticket)
        step = await _look(means, take, life, status, seen)
        if step is not None:
            return step
        means.looked(take.key)
        if await means.pause(_wait(means, status, seen)):
            return await _last_look(means, take, life)
        if isinstance(status, answer.InQueue):
            await means.pause(means.pace.turn(means.clock.monotonic()))


async def _look(
    means: Means, take: WantedTake, life: Accepted, status: answer.Status, seen: _Seen
) -> Life | Outcome | None:
    now = means.clock.monotonic()
    seen.asked += 1
    if not isinstance(status, answer.Trouble | answer.Gone):
        seen.troubles, seen.troubled_since, seen.gone = 0, None, 0
    match status:
        case answer.InQueue(position):
            _queued(means, take, seen, position, now)
        case answer.InProgress(note):
            _running(means, take, seen, note, now)
        case answer.Completed():
            if seen.running_since is not None:
                means.pace.took(now - seen.running_since)
            means.slots.release(take.key)
            return await _result(means, take, life, status)
        case answer.Gone(fault):
            return await _gone(means, take, life, fault, seen)
        case answer.Trouble(detail):
            return _trouble(means, take, life, detail, seen)
        case answer.Locked(fault):
            means.halt(fault)
            return still_there(take, life, fault.message)
        case _:
            assert_never(status)
    return None


def _queued(means: Means, take: WantedTake, seen: _Seen, position: int | None, now: float) -> None:
    means.slots.seen(take.key, running=False)
    if position is not None:
        if seen.place is not None:
            means.pace.moved(seen.place[0] - position, now - seen.place[1])
        seen.place = (position, now)
    ahead = "" if position is None else f"{position} before it"
    means.tell(take, "queued", detail=ahead)


def _running(means: Means, take: WantedTake, seen: _Seen, note: str, now: float) -> None:
    means.slots.seen(take.key, running=True)
    if seen.running_since is None:
        seen.running_since, seen.asked = now, 1
    means.tell(take, "rendering", detail=note)


async def _gone(
    means: Means, take: WantedTake, life: Accepted, fault: Fault, seen: _Seen
) -> Life | Outcome | None:
    """Believe that a request is gone only when told often, and late: it was paid for."""
    seen.gone += 1
    if seen.gone < _GONE_TRIES:
        return None
    return await _believe_gone(means, take, life, fault)


async def _believe_gone(
    means: Means, take: WantedTake, life: Accepted, fault: Fault
) -> Life | Outcome:
    """Give a request up only late, and with consent: with another key it may be there again."""
    order = order_of(life)
    means.slots.release(take.key)
    longest = means.longest_wait(order.endpoint)
    late = means.clock.now() - life.at >= timedelta(seconds=longest)
    ours = order.attempt in means.ours
    doubt = Doubt(take, fault.message, order.cost)
    if ours or not late or not await means.consent.resubmit_failed(doubt):
        cost = order.cost if ours else NOTHING
        return refused(take, fault, life.ticket.request, cost)
    means.given_up.add(take.key)
    return await means.ledger.record(Failed(life, fault, None, means.clock.now()))


def _trouble(
    means: Means, take: WantedTake, life: Accepted, detail: str, seen: _Seen
) -> Outcome | None:
    now = means.clock.monotonic()
    seen.troubles += 1
    seen.troubled_since = now if seen.troubled_since is None else seen.troubled_since
    means.tell(take, "waiting", detail=detail)
    if now - seen.troubled_since < _PATIENCE:
        return None
    means.slots.release(take.key)
    return still_there(take, life, f"the provider could not be reached: {detail}")


def _wait(means: Means, status: answer.Status, seen: _Seen) -> float:
    match status:
        case answer.InQueue(position):
            return means.pace.queued(position, seen.asked)
        case answer.InProgress():
            ran = means.clock.monotonic() - (seen.running_since or 0.0)
            return means.pace.running(ran, seen.asked)
        case answer.Trouble(_, wait):
            return wait or backoff(seen.troubles, first=means.limits.poll)
        case _:
            return backoff(seen.gone, first=means.limits.poll)


async def _last_look(means: Means, take: WantedTake, life: Accepted) -> Life | Outcome:
    """After an interrupt, look once more: what is finished is still fetched."""
    status = await means.provider.status(life.ticket)
    means.slots.release(take.key)
    if isinstance(status, answer.Completed):
        return await _result(means, take, life, status)
    return still_there(take, life, means.why_stopped())


async def _result(
    means: Means, take: WantedTake, life: Accepted, ended: answer.Completed
) -> Life | Outcome:
    """Fetch the result of a completed request; that it cannot be had now is no failure of it."""
    detail = ""
    for tries in range(_RESULT_TRIES):
        result = await means.provider.result(life.ticket, ended)
        match result:
            case answer.Ready(product, units):
                return await means.ledger.record(Finished(life, product, units, means.clock.now()))
            case answer.Broken(fault):
                failed = await means.ledger.record(Failed(life, fault, None, means.clock.now()))
                means.budget.settle(failed)
                return failed
            case answer.Locked(fault):
                means.halt(fault)
                return still_there(take, life, fault.message)
            case answer.Gone(fault):
                return await _believe_gone(means, take, life, fault)
            case answer.Trouble(detail, wait):
                means.tell(take, "waiting", detail=detail)
                await means.clock.sleep(wait or backoff(tries, first=means.limits.poll))
            case _:
                assert_never(result)
    return still_there(take, life, f"its result could not be read: {detail}")


def still_there(take: WantedTake, life: Accepted, reason: str) -> Skipped:
    """Tell that a request goes on at the provider, and how to take it up."""
    return skipped(
        take,
        f"{reason}; request {life.ticket.request} is kept in the journal: the next run takes it "
        "up, and it is not paid again; `storyboard cancel` asks to cancel it",
    )
