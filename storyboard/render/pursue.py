"""A job into its outcome, from wherever earlier runs left it: one step of its life at a time."""

from dataclasses import replace
from typing import TypeAlias, assert_never

from storyboard.jobs.job import Job
from storyboard.model.money import NOTHING
from storyboard.provider import Charge
from storyboard.render import faults
from storyboard.render.elsewhere import leave_alone
from storyboard.render.event import Outcome, Refused, Rendered, Skipped
from storyboard.render.event import Unknown as UnknownOutcome
from storyboard.render.fetch import fetch
from storyboard.render.kept import rendered as as_kept
from storyboard.render.means import Means
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.render.seek import CRASHED, seek
from storyboard.render.send import never_sent, refused, send
from storyboard.render.watch import watch
from storyboard.store import Conflict
from storyboard.store import life as states
from storyboard.store.life import Life, charge_of, order_of, request_of
from storyboard.store.view import is_there

Step: TypeAlias = Life | Outcome

_OTHER_RUN_LOOKS = 3.0


async def pursue(means: Means, job: Job) -> Outcome:
    """Take a job from where it stands to its end."""
    try:
        return await _pursue(means, job)
    finally:
        # However it ended: a place that is kept by nobody is one that others wait for in vain.
        means.slots.release(job.digest)


async def _pursue(means: Means, job: Job) -> Outcome:
    outcome = await _wait_for_claim(means, job)
    tries = 0
    while outcome is None:
        life = await means.ledger.latest(job.digest)
        try:
            step = await leave_alone(means, job, life) or await _advance(means, job, life, tries)
        except Conflict:
            continue  # another run has gone on with it: look where it stands now
        if isinstance(step, Rendered | Refused | UnknownOutcome | Skipped):
            outcome = step
        elif isinstance(step, states.Failed | states.Refused | states.Abandoned):
            tries += 1
    if not isinstance(outcome, Rendered):
        await means.ledger.release(job.digest)
    return outcome


async def _wait_for_claim(means: Means, job: Job) -> Outcome | None:
    """Wait while another run has the job; what it renders is ours too."""
    while (holder := await means.ledger.claim(job.digest)) is not None:
        life = await means.ledger.latest(job.digest)
        if isinstance(life, states.Stored) and is_there(means.ledger.store.layout, life):
            return rendered(means, job, life)
        means.tell(job, "waiting", detail="another run of storyboard has this job")
        means.looked(job.digest)
        if await means.pause(_OTHER_RUN_LOOKS):
            return Skipped(job, f"{means.why_stopped()}; another run ({holder[:8]}) has this job")
    return None


async def _advance(  # noqa: C901, PLR0911 - a return per state
    means: Means, job: Job, life: Life | None, tries: int
) -> Step:
    match life:
        case None | states.Forgotten():
            return await send(means, job)
        case states.Abandoned():
            return await _after_abandoned(means, job, life)
        case states.Refused() | states.Failed():
            return await _after_fault(means, job, life, tries)
        case states.Intended():
            # We hold the claim and have not sent it: whoever did is dead.
            unknown = states.Unknown(life, CRASHED, means.clock.now())
            return await means.ledger.record(unknown)
        case states.Unknown():
            return await seek(means, job, life)
        case states.Accepted():
            return await watch(means, job, life)
        case states.Finished() | states.Mislaid():
            return await fetch(means, job, life)
        case states.Stored():
            if is_there(means.ledger.store.layout, life):
                return rendered(means, job, life)
            return await means.ledger.record(states.Mislaid(life, means.clock.now()))
        case states.Later():
            return Skipped(job, f"a later version of storyboard has gone on with it ({life.kind})")
    assert_never(life)


async def _after_abandoned(means: Means, job: Job, life: states.Abandoned) -> Step:
    if order_of(life).attempt not in means.ours or charge_of(life) is not Charge.NONE:
        return await send(means, job)
    if means.stop.is_set():
        return Skipped(job, f"{means.why_stopped()}; nothing was sent")
    return never_sent(job, life)


async def _after_fault(
    means: Means, job: Job, life: states.Refused | states.Failed, tries: int
) -> Step:
    """Send again what cost nothing; ask first where it may have; and end where it is no use."""
    ours = order_of(life).attempt in means.ours
    if means.halted is not None:
        return _refused(means, job, life) if ours else Skipped(job, means.why_stopped())
    if charge_of(life) is not Charge.NONE:
        return await _after_charge(means, job, life)
    if ours:
        last = not life.fault.again or tries >= means.limits.tries
        means.tell(job, "waiting", detail=life.fault.message)
        if last or await means.pause(backoff(tries)):
            return _refused(means, job, life)
    return await send(means, job)


async def _after_charge(means: Means, job: Job, life: states.Refused | states.Failed) -> Step:
    order, fault = order_of(life), life.fault
    if order.attempt in means.ours:
        return _refused(means, job, life)
    # What was given up a moment ago was asked about then.
    agreed = job.digest in means.given_up
    if agreed or await means.consent.resubmit_failed(Doubt(job, fault.message, order.cost)):
        return await send(means, job)
    return refused(job, faults.failed_before(fault))


def _refused(means: Means, job: Job, life: states.Refused | states.Failed) -> Refused:
    order, fault = order_of(life), life.fault
    paid = fault.charge is not Charge.NONE and order.attempt in means.ours
    cost = order.cost if paid else NOTHING
    return Refused(job, fault.code, fault.message, fault.help, request_of(life), cost)


def rendered(means: Means, job: Job, life: states.Stored) -> Rendered:
    """Tell a kept result as the job's outcome; it cost something only if this run sent it."""
    order = order_of(life)
    cost = order.cost if order.attempt in means.ours else NOTHING
    return replace(as_kept(means.ledger.store, job, life), cost=cost)
