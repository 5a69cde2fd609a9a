"""A number into a night: a scenario that mixes faults, the same for the same number."""

import random
from collections.abc import Callable
from datetime import timedelta

from storyboard.emulator.entry import ClipKind
from storyboard.emulator.errors import KINDS
from storyboard.emulator.fault import (
    BadId,
    CallFault,
    Drop,
    Error,
    Fault,
    Garbage,
    Half,
    IdKind,
    Kill,
    Listing,
    On,
    Page,
    Partial,
    Redirect,
    Refuse,
    Rule,
    Scenario,
    Silence,
    Slow,
    Spoilt,
    Status,
    Surrogate,
    Trickle,
    Zipped,
)
from storyboard.emulator.words import FAULTS

PLACES = (
    "https:next",
    "urn:x:y",
    "mailto:x",
    "http://[::1",
    "//",
    "/elsewhere",
    "https://elsewhere.test:port/",
    "https://localhost:1/",
    "http://127.0.0.1:1/",
)
"""Where redirects lead: some are no addresses, and none is beyond this machine."""

PAGES = ("text/html", "application/octet-stream", "video/mp4")
SKEWS = (timedelta(hours=2), timedelta(hours=-2), timedelta(days=400), timedelta(minutes=40))
"""How far a clock is off; a slack is an hour."""

LOTS = (0.05, 0.15, 0.3, 0.5)
_OTHERS = (On.STATUS, On.RESULT, On.UPLOAD, On.PUT, On.DOWNLOAD, On.LIST)
_CALLS = (*(On.SUBMIT,) * len(_OTHERS), *_OTHERS)
"""Where faults happen: half of them where money is at stake."""

_ERRORS = tuple(KINDS)
_SPOILT = tuple(one for one in ClipKind if one is not ClipKind.GOOD)
_DOWN = 600.0
"""Seconds of the provider's time that it is away: a few hundredths of a second here."""


def _status(lot: random.Random, status: int) -> Status:
    return Status(
        status,
        "Something went wrong.",
        accepted=lot.random() < 0.5,
        retry_after=0.0 if lot.random() < 0.5 else None,
        request_id=lot.random() < 0.5,
    )


def _refusal(status: int, detail: str) -> Status:
    return Status(status, detail, accepted=False, retry_after=None, request_id=False)


_FAULTS: tuple[Callable[[random.Random], CallFault], ...] = (
    lambda lot: Drop(accepted=lot.random() < 0.5),
    lambda lot: Silence(lot.uniform(0, _DOWN), accepted=lot.random() < 0.5),
    lambda _: Half(),
    lambda lot: Slow(lot.uniform(0, _DOWN)),
    lambda lot: Refuse(lot.uniform(0, _DOWN)),
    lambda lot: Kill(lot.uniform(0, _DOWN), accepted=lot.random() < 0.5),
    lambda lot: _status(lot, lot.choice((500, 502, 503, 504, 408))),
    lambda _: Status(429, "Too many requests.", accepted=False, retry_after=1.0, request_id=False),
    lambda lot: Page(lot.choice(PAGES)),
    lambda lot: Redirect(
        lot.choice(PLACES),
        accepted=lot.random() < 0.5,
        status=lot.choice((301, 302, 303, 307, 308)),
    ),
    lambda _: Zipped(),
    lambda _: Garbage(),
    lambda _: Surrogate(),
    lambda lot: BadId(lot.choice(tuple(IdKind))),
    lambda _: Partial(),
    lambda lot: Trickle(lot.uniform(0, _DOWN)),
)
_WORDS = {
    Page: "html",
    Surrogate: "surrogate",
    BadId: "bad-id",
    Partial: "partial",
    Trickle: "trickle",
}
"""Those that happen to some calls only, by their words in a scenario."""


def _rule(lot: random.Random) -> Rule:
    if lot.random() < 0.25:
        return _job_rule(lot)
    on = lot.choice(_CALLS)
    fault = lot.choice(_FAULTS)(lot)
    word = _WORDS.get(type(fault))
    if word is not None and on not in FAULTS[word].on:
        on = lot.choice(FAULTS[word].on)
    match lot.randrange(4):
        case 0:
            return Rule(on, fault, nth=tuple(sorted(lot.sample(range(1, 8), 2))))
        case 1:
            return Rule(on, fault, first=lot.randint(1, 4))
        case 2:
            return Rule(on, fault, every=lot.randint(2, 5))
        case _:
            return Rule(on, fault, chance=lot.choice(LOTS))


def _job_rule(lot: random.Random) -> Rule:
    fault: Fault
    if lot.random() < 0.5:
        kind = lot.choice(_ERRORS)
        # Only a refusal of the content may cost something: a failure of the server never does.
        fault = Error(kind, charged=KINDS[kind].status == 422 and lot.random() < 0.5)
    else:
        fault = Spoilt(lot.choice(_SPOILT))
    return Rule(On.JOB, fault, nth=tuple(sorted(lot.sample(range(1, 8), lot.randint(1, 2)))))


def skew(number: int) -> timedelta:
    """Return how far this machine's clock is off from a night's second run on: mostly not."""
    lot = random.Random(f"skew {number}")  # noqa: S311 -- as above
    return lot.choice(SKEWS) if lot.random() < 0.3 else timedelta(0)


def is_secure(number: int) -> bool:
    """Tell whether a night is spent behind TLS and a proxy, at fal's own names."""
    return random.Random(f"tls {number}").random() < 0.3  # noqa: S311 -- as above


def night(number: int) -> Scenario:
    """Make a night. Some have a locked account or a bad key for a while."""
    lot = random.Random(number)  # noqa: S311 -- a night must be the same each time
    rules = [_rule(lot) for _ in range(lot.randint(1, 6))]
    if lot.random() < 0.15:
        fault = _refusal(403, "User is locked. Reason: Exhausted balance.")
        rules.insert(0, Rule(On.SUBMIT, fault, nth=(lot.randint(1, 6),)))
    if lot.random() < 0.05:
        fault = _refusal(401, "Authentication is required.")
        rules.insert(0, Rule(lot.choice((On.STATUS, On.UPLOAD)), fault, nth=(lot.randint(1, 6),)))
    listing = Listing(
        delay=lot.choice((0.0, 0.0, 600.0, 4000.0)),
        running=lot.random() < 0.7,
        defaults=lot.random() < 0.5,
    )
    return Scenario(seed=number, listing=listing, rules=tuple(rules))
