"""A take into its outcome, from wherever earlier runs left it: one step of its life at a time."""

from typing import TypeAlias, assert_never

from storyboard.model import NOTHING
from storyboard.provider import Charge
from storyboard.render import faults
from storyboard.render.elsewhere import leave_alone, whose
from storyboard.render.event import Outcome, Refused, Rendered, Skipped
from storyboard.render.event import Unknown as UnknownOutcome
from storyboard.render.fetch import fetch
from storyboard.render.kept_clips import rendered as as_kept
from storyboard.render.means import Means
from storyboard.render.outcomes import refused, skipped
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.render.seek import CRASHED, seek
from storyboard.render.send import never_sent, send
from storyboard.render.watch import watch
from storyboard.store import (
    AskFirst,
    FetchAgain,
    Keep,
    LeaveFailed,
    LeaveLater,
    Open,
    Send,
    TakeUp,
    WantedTake,
    next_step,
)
from storyboard.store import life as states
from storyboard.store.life import Life, charge_of, order_of, request_of
from storyboard.store.problem import Conflict

Step: TypeAlias = Life | Outcome

_OTHER_RUN_LOOKS = 3.0


async def pursue(means: Means, take: WantedTake) -> Outcome:
    """Bring a take from where it stands to its end."""
    try:
        return await _pursue(means, take)
    finally:
        # However it ended: a place that is kept by nobody is one that others wait for in vain.
        means.slots.release(take.key)


async def _pursue(means: Means, take: WantedTake) -> Outcome:
    outcome = await _wait_for_claim(means, take)
    tries = 0
    while outcome is None:
        life = await means.ledger.latest(take.key)
        try:
            step = await leave_alone(means, take, life) or await _advance(means, take, life, tries)
        except Conflict:
            continue  # another run has gone on with it: look where it stands now
        if isinstance(step, Rendered | Refused | UnknownOutcome | Skipped):
            outcome = step
        elif isinstance(step, states.Failed | states.Refused | states.Abandoned):
            tries += 1
    if not isinstance(outcome, Rendered):
        await means.ledger.release(take.key)
    return outcome


async def _wait_for_claim(means: Means, take: WantedTake) -> Outcome | None:
    """Wait while another run has the take; what it renders is ours too."""
    while (holder := await means.ledger.claim(take.key)) is not None:
        life = await means.ledger.latest(take.key)
        if isinstance(step := next_step(life, means.ledger.store.is_there), Keep):
            return rendered(means, take, step.life)
        means.tell(take, "waiting", detail="another run of storyboard has this job")
        means.looked(take.key)
        if await means.pause(_OTHER_RUN_LOOKS):
            return skipped(take, f"{means.why_stopped()}; another run ({holder[:8]}) has this job")
    return None


async def _advance(  # noqa: PLR0911 - a return per step
    means: Means, take: WantedTake, life: Life | None, tries: int
) -> Step:
    if isinstance(life, states.Abandoned | states.Refused | states.Failed) and _is_ours(
        means, life
    ):
        return await _after_own(means, take, life, tries)
    match next_step(life, means.ledger.store.is_there):
        case Keep(stored):
            return rendered(means, take, stored)
        case TakeUp(open_):
            return await _take_up(means, take, open_)
        case Send():
            return await send(means, take)
        case AskFirst(failed):
            return await _ask_first(means, take, failed)
        case FetchAgain(failed):
            return await _fetch_again(means, take, failed)
        case LeaveFailed(failed):
            return refused(take, faults.failed_before(failed.fault))
        case LeaveLater(later):
            gone_on = f"a later version of storyboard has gone on with it ({later.kind})"
            return skipped(take, gone_on)


async def _take_up(means: Means, take: WantedTake, life: Open) -> Step:
    """Go on with what an earlier run left open; nothing is sent to be rendered."""
    match life:
        case states.Intended():
            # We hold the claim and have not sent it: whoever did is dead.
            unknown = states.Unknown(life, CRASHED, means.clock.now())
            return await means.ledger.record(unknown)
        case states.Unknown():
            return await seek(means, take, life)
        case states.Accepted():
            return await watch(means, take, life)
        case states.Finished() | states.Mislaid():
            return await fetch(means, take, life)
        case states.Stored():
            return await means.ledger.record(states.Mislaid(life, means.clock.now()))
    assert_never(life)


def _is_ours(means: Means, life: Life) -> bool:
    return order_of(life).attempt in means.ours


async def _after_own(
    means: Means,
    take: WantedTake,
    life: states.Abandoned | states.Refused | states.Failed,
    tries: int,
) -> Step:
    """Go on after an attempt of this very run: again where that is free and of use, or not."""
    if isinstance(life, states.Abandoned):
        if charge_of(life) is not Charge.NONE:  # given up with consent to one more request
            return await send(means, take)
        if means.stop.is_set():
            return skipped(take, f"{means.why_stopped()}; nothing was sent")
        return never_sent(take, life)
    if means.halted is not None or charge_of(life) is not Charge.NONE:
        return _refused(means, take, life)
    last = not life.fault.again or tries >= means.limits.tries
    means.tell(take, "waiting", detail=life.fault.message)
    if last or await means.pause(backoff(tries)):
        return _refused(means, take, life)
    return await send(means, take)


async def _fetch_again(means: Means, take: WantedTake, life: states.Failed) -> Step:
    """Ask for a paid result again; only where it is as wrong as before, whether to pay again."""
    if take.key not in means.given_up and whose(means.here, life) is None:
        step = await fetch(means, take, life)
        if isinstance(step, states.Stored):
            return step
    return await _ask_first(means, take, life)


async def _ask_first(means: Means, take: WantedTake, life: states.Refused | states.Failed) -> Step:
    if means.halted is not None:
        return skipped(take, means.why_stopped())
    # What was given up a moment ago was asked about then.
    agreed = take.key in means.given_up
    doubt = Doubt(take, life.fault.message, order_of(life).cost)
    if agreed or await means.consent.resubmit_failed(doubt):
        return await send(means, take)
    return refused(take, faults.failed_before(life.fault))


def _refused(means: Means, take: WantedTake, life: states.Refused | states.Failed) -> Refused:
    order, fault = order_of(life), life.fault
    paid = fault.charge is not Charge.NONE and _is_ours(means, life)
    cost = order.cost if paid else NOTHING
    return refused(take, fault, request_of(life), cost)


def rendered(means: Means, take: WantedTake, life: states.Stored) -> Rendered:
    """Tell a kept result as the take's outcome; it cost something only if this run sent it."""
    order = order_of(life)
    cost = order.cost if _is_ours(means, life) else NOTHING
    return as_kept(means.ledger.store, take, life, cost)
