"""A finished request into a stored result: fetched as often as it takes, paid for once."""

import asyncio
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias, TypeGuard, assert_never

from storyboard.model import NOTHING, ClipFacts, Facts, Unusable
from storyboard.provider import Fault, Media, VoiceMade, answer
from storyboard.render import faults
from storyboard.render.event import Outcome
from storyboard.render.means import Means
from storyboard.render.outcomes import refused
from storyboard.render.pace import backoff
from storyboard.render.ports import Doubt
from storyboard.store import Settled, WantedTake, effect
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
    request_of,
)

Fetchable: TypeAlias = Finished | Mislaid | Failed
"""Where an attempt stands whose result may be downloaded."""

_TRIES = 8
_LAST_TRIES = 2
_SHORTER, _LONGER = Fraction(1, 2), Fraction(1)
_SUFFIX = ".mp4"


async def fetch(means: Means, take: WantedTake, life: Fetchable) -> Life | Outcome:
    """Put a finished request's result into the store, or tell why it cannot be had now.

    One that was adopted is fetched by nobody. `Failed` is one that an earlier version gave up over
    wrong bytes: it stays that if they are still wrong.
    """
    finish = finish_of(life)
    if isinstance(finish, Adopted):
        return refused(take, faults.adopted_gone(finish.origin.place))
    match product := finish.product:
        case VoiceMade():
            return await means.ledger.record(Stored(life, product, means.clock.now()))
        case Media(url):
            return await _clip(means, take, life, finish, url)
    assert_never(product)


async def _clip(
    means: Means, take: WantedTake, life: Fetchable, finish: Finished, url: str
) -> Life | Outcome:
    store, order = means.ledger.store, order_of(life)
    # Only an earlier run can have left a whole download behind.
    ours = order.attempt in means.ours
    settled = None if ours else await asyncio.to_thread(store.settled_before, order.attempt)
    if settled is not None:
        facts = await asyncio.to_thread(means.pictures.probe, settled.path)
        if is_right(facts, order.seconds):
            return await _keep(means, life, settled, facts)
        await asyncio.to_thread(store.set_aside, order.attempt, settled.path)
    came = await _come(means, take, life, finish, url)
    match came:
        case ClipFacts():
            settled = await asyncio.to_thread(store.settle, order.attempt, _SUFFIX)
            return await _keep(means, life, settled, came)
        case _Wrong(facts):
            return await _wrong(means, take, life, facts)
        case _NotFetched(detail, there):
            fault = faults.not_fetched(detail)
            if there:
                return _for_now(means, take, life, fault)
            return await _not_kept(means, take, life, finish, fault)
    assert_never(came)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What came last is whole and not what was asked for; it was set aside."""

    facts: Facts | Unusable


@dataclass(frozen=True, slots=True)
class _NotFetched:
    """Nothing whole came last; `there` False where the provider does not know it any more."""

    detail: str
    there: bool


async def _come(
    means: Means, take: WantedTake, life: Fetchable, finish: Finished, url: str
) -> ClipFacts | _Wrong | _NotFetched:
    """Download until what was asked for comes, for a minute or so.

    Wrong bytes prove nothing, however often they come: a media server may have half of the clip,
    or a proxy a page of its own in its place. The result is asked again for where to look.
    """
    store, order = means.ledger.store, order_of(life)
    part = store.part_path(order.attempt)
    end: _Wrong | _NotFetched = _NotFetched("", there=True)
    for tries in range(_TRIES):
        got = await _download(means, take, url, part)
        match got:
            case answer.Fetched():
                facts = await asyncio.to_thread(means.pictures.probe, part)
                if is_right(facts, order.seconds):
                    return facts
                await asyncio.to_thread(store.set_aside, order.attempt, part)
                end = _Wrong(facts)
                url = _address(await _result(means, finish)) or url
            case answer.Expired(detail):
                there = await _result(means, finish)
                url, end = (
                    _address(there) or url,
                    _NotFetched(detail, not isinstance(there, answer.Gone)),
                )
            case answer.Trouble(detail):
                end = _NotFetched(detail, there=True)
                if tries:  # once is bad luck; then the address may be what is wrong
                    url = _address(await _result(means, finish)) or url
            case _:
                assert_never(got)
        means.looked(take.key)
        # After an interrupt, what is finished is still fetched; what does not come is left.
        if await means.pause(backoff(tries, first=means.limits.poll)) and tries >= _LAST_TRIES:
            break
    return end


async def _download(means: Means, take: WantedTake, url: str, part: Path) -> answer.Download:
    means.tell(take, "downloading")
    effect("download")
    got = await means.provider.download(
        url, part, lambda done: means.tell(take, "downloading", done)
    )
    effect("downloaded")
    return got


async def _result(means: Means, finish: Finished) -> answer.Result:
    """Ask the result again: it names a new address where the old one is good no more."""
    return await means.provider.result(finish.before.ticket, answer.Completed())


def _address(result: answer.Result) -> str | None:
    match result:
        case answer.Ready(product=Media(url)):
            return url
        case _:
            return None


def _for_now(means: Means, take: WantedTake, life: Fetchable, fault: Fault) -> Outcome:
    """Tell that a paid result cannot be had now; the next run asks for it again."""
    order = order_of(life)
    cost = order.cost if order.attempt in means.ours else NOTHING
    return refused(take, fault, request_of(life), cost)


async def _not_kept(
    means: Means, take: WantedTake, life: Fetchable, finish: Finished, fault: Fault
) -> Life | Outcome:
    """Give up, late and with consent only, a clip that the provider keeps no more."""
    if means.clock.now() - finish.at < means.provider.facts.results_last:
        return _for_now(means, take, life, fault)
    return await _given_up(means, take, life, faults.not_kept(fault), None)


async def _wrong(
    means: Means, take: WantedTake, life: Fetchable, facts: Facts | Unusable
) -> Life | Outcome:
    """Keep what came, and leave the job as it is: it is asked for again until somebody gives up."""
    store, order = means.ledger.store, order_of(life)
    path = store.wrong_path(order.attempt)
    fault = faults.wrong_clip(facts, order.seconds, path, means.provider.facts.title)
    return await _given_up(means, take, life, fault, path)


async def _given_up(
    means: Means, take: WantedTake, life: Fetchable, fault: Fault, wrong: Path | None
) -> Life | Outcome:
    """Record a result as given up, with consent; never one that this run has paid for."""
    order = order_of(life)
    if isinstance(life, Failed):  # it was given up before: what is asked next is the next step's
        return life
    if order.attempt in means.ours or not await means.consent.resubmit_failed(
        Doubt(take, fault.message, order.cost)
    ):
        return _for_now(means, take, life, fault)
    means.given_up.add(take.key)
    store, aside = means.ledger.store, None
    if wrong is not None:
        settled = await asyncio.to_thread(store.settle_wrong, order.attempt)
        path = await asyncio.to_thread(store.keep, settled)
        aside = KeptFile(settled.digest, path.suffix, settled.size)
        fault = replace(fault, message=fault.message.replace(str(wrong), str(path)))
    step = await means.ledger.record(Failed(life, fault, aside, means.clock.now()))
    if wrong is not None:
        await asyncio.to_thread(store.done, settled)
    return step


async def _keep(means: Means, life: Fetchable, settled: Settled, facts: ClipFacts) -> Life:
    store = means.ledger.store
    path = await asyncio.to_thread(store.keep, settled)
    clip = KeptClip(settled.digest, path.suffix, settled.size, facts)
    step = await means.ledger.record(Stored(life, clip, means.clock.now()))
    await asyncio.to_thread(store.done, settled)
    return step


def is_right(facts: Facts | Unusable, seconds: int) -> TypeGuard[ClipFacts]:
    """Tell whether it is a video of about the length that was asked for."""
    if not isinstance(facts, ClipFacts):
        return False
    return seconds - _SHORTER <= facts.duration <= seconds + _LONGER
