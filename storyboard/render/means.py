"""All that a job is pursued with: the store, the provider, and what the run has learnt so far."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.provider import Account, Fault, Provider, RequestId
from storyboard.render.budget import Budget
from storyboard.render.event import Event, Outcome, Progress
from storyboard.render.ledger import Ledger
from storyboard.render.pace import Pace
from storyboard.render.ports import Clock, Consent, Limits, Pictures
from storyboard.render.slots import Slots
from storyboard.store import TakeKey, WantedTake
from storyboard.store.life import AttemptId


@dataclass(slots=True)
class Means:
    """What is shared by all jobs of a run.

    `stop` is set by the first Ctrl-C: nothing more is sent. `halted` is why nothing more can
    succeed. `taken` are the provider's requests that some attempt has. `ours` are the attempts
    that this run sent. `films` names the films that need a job, `asks` says what
    each of its shots asks for by itself. `takes` are the takes that are wanted of it, the one that
    the film shows first. `unseen` are the takes that earlier runs left open;
    `given_up` those whose lost or forgotten request was given up with consent.
    `counted` is how far in the journal the budget has counted what other runs sent. `account` is
    the label of the account that the provider is asked with.
    """

    provider: Provider
    ledger: Ledger
    pictures: Pictures
    consent: Consent
    limits: Limits
    clock: Clock
    listen: Callable[[Event], None]
    stop: asyncio.Event
    slots: Slots
    pace: Pace
    budget: Budget
    priority: Callable[[JobDigest], float]
    films: Callable[[JobDigest], tuple[str, ...]]
    asks: Callable[[JobDigest], tuple[ShotDigest, ...] | None]
    takes: Mapping[JobDigest, tuple[WantedTake, ...]] = field(default_factory=dict)
    outcomes: dict[TakeKey, Outcome] = field(default_factory=dict)
    taken: set[RequestId] = field(default_factory=set)
    ours: set[AttemptId] = field(default_factory=set)
    uploading: dict[str, "asyncio.Task[str]"] = field(default_factory=dict)
    halted: Fault | None = None
    unseen: dict[TakeKey, asyncio.Event] = field(default_factory=dict)
    given_up: set[TakeKey] = field(default_factory=set)
    counted: int = 0
    account: str | None = None

    @property
    def here(self) -> Account:
        """The account that this run asks."""
        return Account(self.provider.facts, self.account)

    def longest_wait(self, endpoint: EndpointId) -> float:
        """Return after how many seconds a request is lost, if it is not known by then."""
        if self.limits.lost_after is not None:
            return self.limits.lost_after
        return self.provider.longest_wait(endpoint)

    def halt(self, fault: Fault) -> None:
        """Let nothing more be sent in this run."""
        self.halted = self.halted or fault
        self.stop.set()

    def looked(self, take: TakeKey) -> None:
        """Note that a take of an earlier run was asked about; new ones are sent only after that."""
        if take in self.unseen:
            self.unseen[take].set()

    def tell(
        self, take: WantedTake, stage: str, part: float | None = None, detail: str = ""
    ) -> None:
        """Say where a take stands."""
        self.listen(Progress(take.job, stage, part, detail, take.number))

    def handed_on(self, job: JobDigest) -> TakeKey:
        """Return which take of a job others build on: the one that is shown."""
        return next((one.key for one in self.takes.get(job, ())), TakeKey(job, 1))

    async def pause(self, seconds: float) -> bool:
        """Wait; return early, and True, when the run is to stop."""
        if self.stop.is_set():
            return True
        sleep = asyncio.ensure_future(self.clock.sleep(seconds))
        stopped = asyncio.ensure_future(self.stop.wait())
        try:
            await asyncio.wait((sleep, stopped), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleep.cancel()
            stopped.cancel()
        return self.stop.is_set()

    def why_stopped(self) -> str:
        """Say in words why nothing more is sent."""
        return self.halted.message if self.halted else "interrupted"
