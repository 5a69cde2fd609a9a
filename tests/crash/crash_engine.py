"""A storyboard and a stand-in to the outcomes of one run, in this process and in quick time."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from crash_film import environment

from storyboard import Ask, compile_storyboard
from storyboard.backends.fal import open_fal
from storyboard.catalogue import load
from storyboard.clock import utc_now
from storyboard.emulator.serve import StandIn
from storyboard.jobs.job import JobDigest
from storyboard.media.frames import last_frame
from storyboard.media.probing import probe
from storyboard.plan import Plan
from storyboard.render.engine import render
from storyboard.render.event import Outcome
from storyboard.render.ports import Clock, GivenConsent, Limits, Pictures
from storyboard.store import Store

QUICKER = 100.0
"""By how much waits of the engine are shortened."""

HANGS = 600.0
"""Seconds after which a run counts as hanging."""

LOST_AFTER = 0.5
"""Seconds after which a request that is not in the list counts as lost."""


async def _quick(seconds: float) -> None:
    await asyncio.sleep(seconds / QUICKER)


@dataclass(frozen=True, slots=True)
class Ended:
    """A run: its plan, and how each job of it ended."""

    plan: Plan
    outcomes: Mapping[JobDigest, Outcome]


def plan_of(storyboard: Path) -> Plan:
    """Compile a storyboard that is known to be good."""
    compiled = compile_storyboard(Ask(storyboard))
    assert compiled.plan is not None, compiled.diagnostics
    return compiled.plan


def run(
    storyboard: Path,
    standing: StandIn,
    consent: GivenConsent | None = None,
    skew: timedelta = timedelta(0),
) -> Ended:
    """Render everything that is not rendered yet, once. `skew` is how far this clock is ahead."""
    plan = plan_of(storyboard)

    async def go() -> Mapping[JobDigest, Outcome]:
        with Store.open(storyboard.parent) as store:
            async with open_fal(environment(standing), load()) as provider:
                return await render(
                    plan,
                    backend=provider,
                    store=store,
                    listen=lambda _: None,
                    pictures=Pictures(probe, last_frame),
                    limits=Limits(lost_after=LOST_AFTER),
                    consent=consent or GivenConsent(),
                    clock=Clock(now=lambda: utc_now() + skew, sleep=_quick),
                )

    return Ended(plan, asyncio.run(asyncio.wait_for(go(), HANGS)))


def charges(ledger: Path) -> list[dict[str, str]]:
    """Read the charges of a ledger."""
    return [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]


def paid_twice(ledger: Path, twins: int = 0) -> list[str]:
    """List the digests of bodies that were charged more often than there are jobs with them.

    Of so many bodies as are `twins`, there are two jobs each.
    """
    counts = Counter(one["body_digest"] for one in charges(ledger))
    more = [digest for digest, count in counts.items() if count > 1]
    return more if len(more) > twins or any(counts[one] > 2 for one in more) else []
