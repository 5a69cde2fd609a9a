"""What the engine needs besides a provider: a maker, pictures, a clock, consent."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from storyboard.clock import utc_now
from storyboard.jobs import ClipJob
from storyboard.media import Drawn
from storyboard.model import Facts as FileFacts
from storyboard.model import Seconds, Unusable, Usd
from storyboard.store import WantedTake


@runtime_checkable
class Maker(Protocol):
    """A backend whose clips are drawn on this machine, for nothing."""

    def drawn(self, job: ClipJob) -> Drawn:
        """Return the clip that stands for a job: nothing of it is drawn before it is shown."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question before money is spent a second time: for which take, why, and how much."""

    take: WantedTake
    reason: str
    cost: Usd


class Consent(Protocol):
    """Who is asked before a job that may have been paid for is sent again."""

    async def resubmit_unknown(self, doubt: Doubt) -> bool:
        """Tell whether to send again what was never found at the provider."""

    async def resubmit_failed(self, doubt: Doubt) -> bool:
        """Tell whether to send again what failed and may have been charged."""


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """Consent given beforehand, by options of the command, or not at all."""

    unknown: bool = False
    failed: bool = False

    async def resubmit_unknown(self, doubt: Doubt) -> bool:  # noqa: ARG002 - the port has it
        """Tell what was given."""
        return self.unknown

    async def resubmit_failed(self, doubt: Doubt) -> bool:  # noqa: ARG002 - the port has it
        """Tell what was given."""
        return self.failed


@dataclass(frozen=True, slots=True)
class Pictures:
    """How clips are looked at. `last_frame(clip, at, out)` writes a PNG, equal for equal clips."""

    probe: Callable[[Path], FileFacts | Unusable]
    last_frame: Callable[[Path, Seconds, Path], None]


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, as the engine sees it; tests make it fast."""

    now: Callable[[], datetime] = utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once, and for how much.

    `concurrency` None is what the account turns out to allow. `max_cost` bounds what this run
    adds to what is in flight or unknown already. `lost_after` seconds replaces the endpoint's own
    longest wait, for rehearsals where time runs faster. `poll` is the shortest time between two
    questions about one job; `tries` how often a job is sent that the provider failed for nothing.
    """

    concurrency: int | None = None
    max_cost: Usd | None = None
    lost_after: float | None = None
    poll: float = 0.5
    tries: int = 3
