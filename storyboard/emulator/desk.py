"""Bodies into accepted requests, their phases, charges and clips: the provider itself."""

import hashlib
import random
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from storyboard.catalogue import Catalogue, Endpoint, VideoEndpoint, VoiceEndpoint
from storyboard.emulator.account import Account
from storyboard.emulator.choose import Call, Chooser
from storyboard.emulator.clip import Draw, Wanted, seconds_drawn, spoil
from storyboard.emulator.clips import Clips
from storyboard.emulator.entry import (
    Charge,
    ClipKind,
    Done,
    Entry,
    Failure,
    Json,
    Outcome,
    Phase,
    RequestId,
    Running,
    Video,
    Voice,
)
from storyboard.emulator.errors import KINDS, body_of
from storyboard.emulator.fault import Checking, Error, Fault, On, Scenario, Spoilt
from storyboard.emulator.keep import Cancellation, Keep
from storyboard.emulator.ledger import Ledger
from storyboard.emulator.price import length, price, sounds
from storyboard.emulator.shown import names_in, shown
from storyboard.emulator.terms import Terms
from storyboard.emulator.validate import Finding, validate

USUAL = Terms()

DEFAULT_CONCURRENCY = 2
"""What fal gives a new account."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a stand-in behaves.

    `speed` divides every time that a job or a fault lasts. With `same_clips`, equal work gives
    an equal clip; without, every request gives another one, as models do. `height` is that of
    landscape clips. With `tls` it also listens as fal's hosts.
    """

    folder: Path
    ledger: Path
    speed: float
    concurrency: int | None
    height: int
    same_clips: bool
    tls: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """What a stand-in is given: endpoints, faults, a way to draw, and seconds since 1970."""

    catalogue: Catalogue
    scenario: Scenario
    draw: Draw
    clock: Callable[[], float] = time.time


@dataclass(frozen=True, slots=True)
class Full:
    """A request was refused, because too many others wait for its endpoint."""

    waiting: int


@dataclass(frozen=True, slots=True)
class Invalid:
    """A body that the model does not take, refused at once."""

    findings: tuple[Finding, ...]


class Desk:
    """One account at the stand-in: takes requests in, and tells what became of them."""

    def __init__(
        self,
        settings: Settings,
        world: World,
    ) -> None:
        """Go on where the folder left off."""
        self.settings = settings
        self.scenario = world.scenario
        self.clock = world.clock
        self.keep = Keep(settings.folder)
        self.clips = Clips(settings.folder)
        self._undrawn: dict[RequestId, None] = {}
        self.ledger = Ledger(settings.ledger)
        self._draw = world.draw
        self._chooser = Chooser(world.scenario)
        self._endpoints = _endpoints(world.catalogue)
        self.account = Account(
            settings.concurrency or world.scenario.concurrency or DEFAULT_CONCURRENCY
        )
        for line in self.keep.read():
            match line:
                case Entry():
                    self._accept(line)
                case Cancellation():
                    self._charge(self.account.settle(line.at))
                    self.account.cancel(line.id, line.at)

    def fault(self, call: Call) -> Fault | None:
        """Count a call, and tell what goes wrong with it."""
        return self._chooser.choose(call)

    def endpoint(self, name: str) -> Endpoint | None:
        """Find an endpoint of the catalogue."""
        return self._endpoints.get(name)

    def submit(
        self, endpoint: Endpoint, body: Json, terms: Terms = USUAL
    ) -> Entry | Invalid | Full:
        """Take a request in."""
        self.settle()
        waiting = self.account.waiting(endpoint.id)
        if terms.longest_queue is not None and waiting > terms.longest_queue:
            return Full(waiting)
        findings = validate(endpoint, body, self.keep.fetchable)
        if findings and self.scenario.checking is Checking.SUBMIT:
            return Invalid(findings)
        name = RequestId(str(uuid.uuid4()))
        digest = self.keep.digest(endpoint.id, body)
        outcome = _invalid(findings) if findings else self._outcome(endpoint, body, digest)
        lot = random.Random(f"{self.scenario.seed}/{digest}")  # noqa: S311 -- a length of time, no secret
        takes = 0.0 if findings else endpoint.typical_seconds * lot.uniform(0.8, 1.2)
        now, speed = self.clock(), self.settings.speed
        start_by = None if terms.start_within is None else now + terms.start_within / speed
        entry = Entry(
            name, endpoint.id, body, digest, now, takes / speed, outcome, start_by, terms.priority
        )
        self.keep.write(entry)
        self._accept(entry)
        return entry

    def _accept(self, entry: Entry) -> None:
        self._charge(self.account.accept(entry))
        if self._lacks_clip(entry):
            self._undrawn[entry.id] = None

    def settle(self) -> None:
        """Bring every request to where it is now, and write what ended ones cost."""
        self._charge(self.account.settle(self.clock()))

    def phase(self, entry: Entry) -> Phase:
        """Tell where a request is now; it runs until its clip is drawn."""
        self.settle()
        match self.account.phase(entry.id):
            case Done(begun) if self._lacks_clip(entry):
                return Running(begun)
            case phase:
                return phase

    def is_due(self, entry: Entry) -> bool:
        """Tell whether nothing is left of a request's work but to draw its clip."""
        self.settle()
        return self._lacks_clip(entry) and isinstance(self.account.phase(entry.id), Done)

    def to_draw(self) -> tuple[Entry, ...]:
        """List the requests that have begun and whose clips are not drawn, in order."""
        phases = {name: self.account.phase(name) for name in tuple(self._undrawn)}
        begun = (name for name, phase in phases.items() if isinstance(phase, Running | Done))
        return tuple(self.account.entries[name] for name in begun)

    def draw(self, entry: Entry) -> None:
        """Draw the clip of a request, if it has one. Slow: not to be called where others wait."""
        if isinstance(entry.outcome, Video):
            self.clips.draw(entry.id, partial(self._clip, entry, entry.outcome))
        self._undrawn.pop(entry.id, None)

    def _lacks_clip(self, entry: Entry) -> bool:
        return isinstance(entry.outcome, Video) and not self.clips.has(entry.id)

    def cancel(self, entry: Entry) -> Phase:
        """Cancel a request that still waits; return the phase it was in."""
        self.settle()
        now = self.clock()
        before = self.account.cancel(entry.id, now)
        if before != self.account.phase(entry.id):
            self.keep.write(Cancellation(entry.id, now))
        return before

    def _clip(self, entry: Entry, video: Video) -> bytes:
        seed = entry.digest if self.settings.same_clips else entry.id
        wanted = Wanted(
            seconds_drawn(video.seconds, video.kind),
            video.sound,
            video.aspect_ratio,
            self.settings.height,
            seed,
            shown(entry.body, names_in(self.settings.folder)),
        )
        return spoil(self._draw(wanted), video.kind)

    def _outcome(self, endpoint: Endpoint, body: Json, digest: str) -> Outcome:
        charge = price(endpoint, body)
        fault = self.fault(Call(On.JOB, endpoint.id, prompts(body)))
        if isinstance(fault, Error):
            return _failure(fault, charge)
        match endpoint:
            case VoiceEndpoint():
                return Voice(str(int(digest[:15], 16)), charge)
            case VideoEndpoint():
                kind = fault.kind if isinstance(fault, Spoilt) else ClipKind.GOOD
                ratio = _ratio(endpoint, body)
                return Video(length(endpoint, body), sounds(endpoint, body), ratio, kind, charge)

    def _charge(self, ended: tuple[Entry, ...]) -> None:
        for entry in ended:
            if entry.outcome.charge is not None:
                self.ledger.charge(entry, entry.outcome.charge, self.clock())


def _endpoints(catalogue: Catalogue) -> Mapping[str, Endpoint]:
    return {one.id: one for one in catalogue.endpoints}


def _ratio(endpoint: VideoEndpoint, body: Json) -> str:
    field = endpoint.aspect_ratio
    return str(body.get(field.name, field.default)) if field else "16:9"


def _invalid(findings: tuple[Finding, ...]) -> Failure:
    body = {"detail": list(findings)}
    return Failure(422, str(findings[0]["type"]), body, retryable=False, charge=None)


def _failure(fault: Error, charge: Charge) -> Failure:
    kind = KINDS[fault.type]
    cost = charge if fault.charged else None
    return Failure(kind.status, fault.type, body_of(fault.type), kind.retryable, cost)


def prompts(body: Json) -> tuple[str, ...]:
    """List the prompts of a request, one for each shot."""
    shots = body.get("multi_prompt")
    if isinstance(shots, list):
        return tuple(str(one.get("prompt", "")) for one in shots if isinstance(one, Mapping))
    prompt = body.get("prompt")
    return (prompt,) if isinstance(prompt, str) else ()


def token(entry: Entry) -> str:
    """Return the part of a clip's URL that cannot be guessed."""
    return hashlib.sha256(f"clip/{entry.id}".encode()).hexdigest()[:12]
