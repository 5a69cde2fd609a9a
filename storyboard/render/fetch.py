"""A finished request into a stored result: fetched as often as it takes, paid for once."""

import asyncio
from fractions import Fraction
from pathlib import Path
from typing import assert_never

from storyboard.jobs import Job
from storyboard.model import ClipDigest, ClipFacts, Facts, Unusable
from storyboard.provider import Fault, Media, VoiceMade, answer
from storyboard.render import faults
from storyboard.render.event import Outcome
from storyboard.render.means import Means
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.render.send import refused
from storyboard.store import Settled, digest_of, effect
from storyboard.store.life import (
    Adopted,
    Failed,
    Finished,
    KeptClip,
    KeptFile,
    Life,
    Mislaid,
    Stored,
    finish_of,
    order_of,
)

_TRIES = 8
_SHORTER, _LONGER = Fraction(1, 2), Fraction(1)
_SUFFIX = ".mp4"


async def fetch(means: Means, job: Job, life: Finished | Mislaid) -> Life | Outcome:
    """Put a finished request's result into the store. One that was adopted is fetched by nobody."""
    finish = finish_of(life)
    if isinstance(finish, Adopted):
        return refused(job, faults.adopted_gone(finish.origin.place))
    match product := finish.product:
        case VoiceMade():
            return await means.ledger.record(Stored(life, product, means.clock.now()))
        case Media(url):
            return await _clip(means, job, life, finish, url)
    assert_never(product)


async def _clip(
    means: Means, job: Job, life: Finished | Mislaid, finish: Finished, url: str
) -> Life | Outcome:
    store, order = means.ledger.store, order_of(life)
    # Only an earlier run can have left a whole download behind.
    ours = order.attempt in means.ours
    settled = None if ours else await asyncio.to_thread(store.settled_before, order.attempt)
    if settled is not None:
        facts = await asyncio.to_thread(means.pictures.probe, settled.path)
        return await _keep(means, life, settled, facts)
    part = store.part_path(order.attempt)
    bad: ClipDigest | None = None
    detail, kept = "", True
    for tries in range(_TRIES):
        got = await _download(means, job, url, part)
        match got:
            case answer.Fetched():
                facts, digest = await asyncio.to_thread(_examine, means, part)
                # Right, or the same wrong bytes a second time: then it is what there is.
                if is_right(facts, order.seconds) or digest == bad:
                    settled = await asyncio.to_thread(store.settle, order.attempt, _SUFFIX)
                    return await _keep(means, life, settled, facts)
                bad, detail = digest, "what came is not the clip that was asked for"
                kept = True
            case answer.Expired(detail):
                there = await _result(means, finish)
                url, kept = _address(there) or url, not isinstance(there, answer.Gone)
            case answer.Trouble(detail):
                kept = True
                if tries:  # once is bad luck; then the address may be what is wrong
                    url = _address(await _result(means, finish)) or url
            case _:
                assert_never(got)
        means.looked(job.digest)
        await means.clock.sleep(backoff(tries, first=means.limits.poll))
    fault = faults.not_fetched(detail)
    return refused(job, fault) if kept else await _not_kept(means, job, life, finish, fault)


async def _download(means: Means, job: Job, url: str, part: Path) -> answer.Download:
    means.tell(job, "downloading")
    effect("download")
    got = await means.provider.download(
        url, part, lambda done: means.tell(job, "downloading", done)
    )
    effect("downloaded")
    return got


def _examine(means: Means, part: Path) -> tuple[Facts | Unusable, ClipDigest]:
    return means.pictures.probe(part), digest_of(part)


async def _result(means: Means, finish: Finished) -> answer.Result:
    """Ask the result again: it names a new address where the old one is good no more."""
    return await means.provider.result(finish.before.ticket, answer.Completed())


def _address(result: answer.Result) -> str | None:
    match result:
        case answer.Ready(product=Media(url)):
            return url
        case _:
            return None


async def _not_kept(
    means: Means, job: Job, life: Finished | Mislaid, finish: Finished, fault: Fault
) -> Life | Outcome:
    """Give up, late and with consent only, a clip that the provider keeps no more."""
    order, now = order_of(life), means.clock.now()
    if now - finish.at < means.provider.facts.results_last or order.attempt in means.ours:
        return refused(job, fault)
    fault = faults.not_kept(fault)
    if not await means.consent.resubmit_failed(Doubt(job, fault.message, order.cost)):
        return refused(job, fault)
    means.given_up.add(job.digest)
    return await means.ledger.record(Failed(life, fault, None, now))


async def _keep(
    means: Means, life: Finished | Mislaid, settled: Settled, facts: Facts | Unusable
) -> Life:
    store, order = means.ledger.store, order_of(life)
    path = await asyncio.to_thread(store.keep, settled)
    now = means.clock.now()
    step: Stored | Failed
    if isinstance(facts, ClipFacts) and is_right(facts, order.seconds):
        clip = KeptClip(settled.digest, path.suffix, settled.size, facts)
        step = Stored(life, clip, now)
    else:
        fault = faults.wrong_clip(facts, order.seconds, path, means.provider.facts.title)
        step = Failed(life, fault, KeptFile(settled.digest, path.suffix, settled.size), now)
    await means.ledger.record(step)
    await asyncio.to_thread(store.done, settled)
    return step


def is_right(facts: Facts | Unusable, seconds: int) -> bool:
    """Tell whether it is a video of about the length that was asked for."""
    if not isinstance(facts, ClipFacts):
        return False
    return seconds - _SHORTER <= facts.duration <= seconds + _LONGER
