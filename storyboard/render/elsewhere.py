"""A request of another provider or account into its take's outcome: it is left alone, and told."""

from datetime import timedelta
from typing import TypeAlias

from storyboard.provider import Account, Charge, Ticket, named
from storyboard.render import faults
from storyboard.render.event import Outcome
from storyboard.render.means import Means
from storyboard.render.outcomes import skipped, unknown
from storyboard.render.ports import Doubt
from storyboard.store import WantedTake
from storyboard.store.life import (
    Abandoned,
    Accepted,
    Failed,
    Finished,
    Intended,
    Known,
    Life,
    Mislaid,
    Order,
    Unknown,
    finish_of,
    order_of,
    request_of,
    start_of,
    ticket_of,
)

Asked: TypeAlias = Intended | Unknown | Accepted | Finished | Mislaid
"""States in which the next step is to ask the provider about the request."""


def whose(here: Account, life: Life) -> str | None:
    """Name who else has a request that is to be asked about; None where it may be asked here."""
    match life:
        case Intended() | Unknown():
            asked: Order | Ticket | None = order_of(life)
        case Accepted() | Finished() | Mislaid() | Failed():
            asked = ticket_of(life)
        case _:
            return None
    if asked is None or here.has(asked.provider, asked.account):
        return None
    return named(asked.provider, asked.account)


async def leave_alone(means: Means, take: WantedTake, life: Life | None) -> Life | Outcome | None:
    """Tell whose it is; None where it may be asked about here.

    Only late, and with consent, it is given up: it may be paid for there.
    """
    if not isinstance(life, Asked) or (other := whose(means.here, life)) is None:
        return None
    means.slots.release(take.key)
    order, now = order_of(life), means.clock.now()
    doubt = Doubt(take, faults.elsewhere(other).message, order.cost)
    agreed = take.key not in means.given_up and _is_late(means, life)
    match life:
        case Intended() | Unknown():
            if not (agreed and await means.consent.resubmit_unknown(doubt)):
                return unknown(take, faults.left_alone(other, start_of(life).at))
            step: Known = Abandoned(life, "given up with consent", Charge.POSSIBLE, now)
        case Accepted() | Finished() | Mislaid():
            if not (agreed and await means.consent.resubmit_failed(doubt)):
                return skipped(take, faults.left_alone(other, life.at, request_of(life)))
            step = Failed(life, faults.elsewhere(other), None, now)
    means.given_up.add(take.key)
    return await means.ledger.record(step)


def _is_late(means: Means, life: Asked) -> bool:
    """Tell whether nobody would wait for it any more, had it been sent here."""
    if isinstance(life, Finished | Mislaid):
        return means.clock.now() - finish_of(life).at >= means.provider.facts.results_last
    since = life.at if isinstance(life, Accepted) else start_of(life).at
    longest = means.longest_wait(order_of(life).endpoint)
    return means.clock.now() - since >= timedelta(seconds=longest)
