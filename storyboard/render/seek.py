"""A request whose answer was lost into the request that it became, found in the account's list."""

from datetime import datetime, timedelta
from typing import assert_never

from storyboard.provider import Charge
from storyboard.provider.answer import Listed, Listing, Locked, Seen, Trouble
from storyboard.render import faults
from storyboard.render.event import Outcome
from storyboard.render.match import SLACK, match, times
from storyboard.render.means import Means
from storyboard.render.outcomes import unknown
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.render.take import BeingSent, Taker
from storyboard.store import WantedTake, key_of
from storyboard.store.life import Abandoned, Accepted, Life, Unknown, order_of

_LIST_TRIES = 5
_NO_SKEW = timedelta(0)
NOT_LISTED = "it is not in the account's list of requests"
ANSWERED_NOW = "an equal request is being answered right now"
GIVEN_UP = "given up with consent"
CRASHED = "the program ended between sending and the answer"


async def seek(means: Means, take: WantedTake, life: Unknown) -> Life | Outcome:
    """Look until it is found, or lost for good: then ask, and without consent leave it unknown."""
    order, since = order_of(life), life.before.at
    began, tries, skew = means.clock.monotonic(), 0, _NO_SKEW
    ahead: timedelta | None = None
    while True:
        means.tell(take, "looking", detail="for a request whose answer was lost")
        listing = await means.provider.sent(order.endpoint, since + min(skew, _NO_SKEW) - SLACK)
        detail = NOT_LISTED
        match listing:
            case Listed(requests):
                known, skew = skew, skew_of(listing, means.clock.now())
                ahead = ahead_of(listing, means.clock.now(), ahead)
                step = await _found(means, life, requests, skew)
                if isinstance(step, Accepted):
                    return step
                if abs(skew - known) > SLACK:
                    continue  # the clock is wrong: look again from the right time on
                detail = NOT_LISTED if step is None else ANSWERED_NOW
                if step is None and _is_lost(means, life, began, ahead):
                    return await _lost(means, take, life, detail)
            case Trouble():
                detail = f"the account's list of requests could not be read: {listing.detail}"
                if tries >= _LIST_TRIES and _is_lost(means, life, began, ahead):
                    return await _lost(means, take, life, detail)
            case Locked(fault):
                means.halt(fault)
                detail = fault.message
            case _:
                assert_never(listing)
        means.looked(take.key)
        if await means.pause(_wait(listing, tries)):
            return unknown(take, faults.lost(since, detail))
        tries += 1


def skew_of(listing: Listed, now: datetime) -> timedelta:
    """Tell how far the provider's clock is ahead of ours; below a slack it does not matter."""
    skew = listing.now - now if listing.now else _NO_SKEW
    return skew if abs(skew) > SLACK / 2 else _NO_SKEW


def ahead_of(listing: Listed, now: datetime, known: timedelta | None = None) -> timedelta | None:
    """Tell how far the provider's clock is ahead of ours, to the second; None if it never said."""
    return listing.now - now if listing.now else known


def waited(sent_at: datetime, now: datetime, ahead: timedelta | None) -> timedelta:
    """Tell how long ago a request was sent at least, by the provider's clock if that is known.

    Ours may have been right when it was sent and wrong now, or the other way round; the later of
    both is what surely has passed.
    """
    if ahead is None:
        return now - sent_at
    return now + ahead - max(times(sent_at, ahead))


def _wait(listing: Listing, tries: int) -> float:
    said = listing.wait if isinstance(listing, Trouble) else None
    return said or backoff(tries, first=0.5)


async def _found(
    means: Means, life: Unknown, requests: tuple[Seen, ...], skew: timedelta
) -> Accepted | BeingSent | None:
    order = order_of(life)
    taker = Taker(means.ledger, means.here, means.taken, means.clock.now)
    step = await taker.take(
        life, lambda: match(order.body, times(life.before.at, skew), requests, means.taken)
    )
    if isinstance(step, Accepted):
        means.slots.occupy(key_of(order))
    return step


def _is_lost(means: Means, life: Unknown, began: float, ahead: timedelta | None) -> bool:
    """Tell whether it would be in the list by now, had it ever arrived."""
    longest = means.longest_wait(order_of(life).endpoint)
    elapsed = waited(life.before.at, means.clock.now(), ahead)
    # A clock that was set back makes an hour of nothing; the time waited in this run counts too.
    return elapsed >= timedelta(seconds=longest) or means.clock.monotonic() - began >= longest


async def _lost(means: Means, take: WantedTake, life: Unknown, detail: str) -> Life | Outcome:
    reason = faults.lost(life.before.at, detail)
    if life.charge is Charge.PAID:
        reason = f"{life.reason}; {reason}"
    # One consent is for one more request. Where answers go on being lost, the next run asks again.
    if take.key in means.given_up:
        return unknown(take, reason)
    if not await means.consent.resubmit_unknown(Doubt(take, reason, order_of(life).cost)):
        return unknown(take, reason)
    means.given_up.add(take.key)
    step = Abandoned(life, GIVEN_UP, life.charge, means.clock.now())
    return await means.ledger.record(step)
