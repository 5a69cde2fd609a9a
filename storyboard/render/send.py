"""A take without an attempt into an accepted request: intent first, then one request, once."""

import json

from storyboard.jobs import ClipJob, shown
from storyboard.provider import Charge, Ticket
from storyboard.provider.answer import Locked, NotSent, NotTaken, Submitted, Taken, Unsure
from storyboard.render import faults
from storyboard.render.body import CannotPrepare, body_text
from storyboard.render.event import Outcome
from storyboard.render.event import Refused as RefusedOutcome
from storyboard.render.means import Means
from storyboard.render.outcomes import refused, skipped
from storyboard.render.pace import backoff
from storyboard.store import WantedTake, effect, key_of
from storyboard.store.life import (
    Abandoned,
    Accepted,
    Intended,
    Life,
    Order,
    Refused,
    Unknown,
    order_of,
)
from storyboard.store.problem import Conflict

_TRIES = 20


async def send(means: Means, take: WantedTake) -> Life | Outcome:
    """Prepare, wait for a place, commit the intent, and send it.

    The place at the provider is held until the request is over, and given back here where
    nothing was accepted.
    """
    if means.stop.is_set():
        return skipped(take, means.why_stopped())
    try:
        body = await body_text(means, take)
    except CannotPrepare as cannot:
        return refused(take, cannot.fault)
    await means.slots.acquire(take.key, means.priority(take.job.digest))
    step: Life | Outcome | None = None
    try:
        step = await _send(means, take, body)
    finally:
        if not isinstance(step, Accepted):
            means.slots.release(take.key)
    return step


async def _send(means: Means, take: WantedTake, body: str) -> Life | Outcome:
    if means.stop.is_set():
        return skipped(take, means.why_stopped())
    order = _order(means, take, body)
    # Nothing is awaited between counting the money and here: two jobs never see the same room.
    against = means.budget.commit(order)
    if against is not None:
        return skipped(take, against)
    try:
        intent = await means.ledger.record(Intended(order, means.clock.now()))
    except BaseException:
        means.budget.withdraw(order.attempt)
        raise
    means.ours.add(order.attempt)
    if (against := await _with_others(means, intent)) is not None:
        means.budget.withdraw(order.attempt)
        await means.ledger.record(Abandoned(intent, against, Charge.NONE, means.clock.now()))
        return skipped(take, against)
    step = await _submit(means, take, intent)
    means.budget.settle(step)
    return step


async def _with_others(means: Means, intent: Intended) -> str | None:
    """Count what other runs have begun before this; return why it passes a bound with that.

    After the intent is written, so that of two at once one is the first, and the other sees it.
    """
    order = intent.order
    if not means.budget.is_shared(order):
        return None
    after, journal = means.counted, means.ledger.store.journal
    here, lives = await means.ledger.read(lambda: journal.before(order, after))
    means.counted = max(means.counted, here)
    for life in lives:
        if order_of(life).attempt not in means.ours:
            means.budget.elsewhere(life)
    return means.budget.passed(order.attempt)


def _order(means: Means, take: WantedTake, body: str) -> Order:
    job = take.job
    clip = job if isinstance(job, ClipJob) else None
    return Order(
        attempt=means.ledger.store.new_attempt(),
        job=take.key.job,
        id=job.id,
        endpoint=job.endpoint,
        body=body,
        asked=json.dumps(shown(job.body), ensure_ascii=False, separators=(",", ":")),
        cost=job.cost,
        seconds=clip.seconds if clip else 0,
        shots=tuple(shot.name for shot in clip.shots) if clip else (),
        films=means.films(job.digest),
        provider=means.provider.facts.name,
        account=means.account,
        take=take.key.number,
        used=tuple(shot.used for shot in clip.shots) if clip else (),
        starts=tuple(shot.start for shot in clip.shots) if clip else (),
        asks=means.asks(job.digest) if clip else None,
    )


async def _submit(means: Means, take: WantedTake, intent: Intended) -> Life:
    """Send until it is taken, refused, or not known: never twice on a guess."""
    detail = ""
    for tries in range(_TRIES):
        means.tell(take, "sending")
        effect("submit")
        answer = await means.provider.submit(take.job.endpoint, intent.order.body)
        effect("submitted")
        if not isinstance(answer, NotSent):
            return await _answered(means, intent, answer)
        detail = answer.detail
        means.tell(take, "waiting", detail=detail)
        if await means.pause(answer.wait or backoff(tries)):
            break
    return await means.ledger.record(
        Abandoned(intent, f"never sent: {detail}", Charge.NONE, means.clock.now())
    )


async def _answered(means: Means, intent: Intended, answer: Submitted) -> Life:
    now = means.clock.now()
    match answer:
        case Taken(request, addresses):
            return await _taken(means, intent, means.here.ticket(request, addresses))
        case NotTaken(fault):
            return await means.ledger.record(Refused(intent, fault, now))
        case Locked(fault):
            means.halt(fault)
            return await means.ledger.record(Refused(intent, fault, now))
        case Unsure(reason, charge):
            return await means.ledger.record(Unknown(intent, reason, now, charge))
        case NotSent():
            raise AssertionError("a request that was not sent has no answer")


async def _taken(means: Means, intent: Intended, ticket: Ticket) -> Accepted | Unknown:
    """Record an accepted request, unless another attempt has it: then its own is to be found.

    That one's answer was lost, and this request was taken for its own. Their bodies are equal, so
    either clip will do for either, and each is paid once. What became of the other one's request
    is what this attempt is to find out now.
    """
    means.taken.add(ticket.request)
    now = means.clock.now()
    try:
        return await means.ledger.record(Accepted(intent, ticket, now))
    except Conflict:
        if await means.ledger.latest(key_of(intent.order)) != intent:
            raise
        reason = faults.held_by_another(ticket.request)
        return await means.ledger.record(Unknown(intent, reason, now))


def never_sent(take: WantedTake, life: Abandoned) -> RefusedOutcome:
    """Tell that a request could not be sent."""
    return refused(take, faults.unreachable(life.reason.removeprefix("never sent: ")))
