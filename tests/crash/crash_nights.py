"""Make a night from a number: faults of the provider, deaths, twins and a wrong clock."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from storyboard.emulator.entry import ClipKind
from storyboard.emulator.errors import KINDS
from storyboard.emulator.fault import (
    BadId,
    CallFault,
    Digits,
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
SKEWS = tuple(timedelta(hours=hours) for hours in (-72, -2, -0.7, 0.7, 2, 30, 9600))
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
    lambda _: Digits(),
    lambda lot: BadId(lot.choice(tuple(IdKind))),
    lambda _: Partial(),
    lambda lot: Trickle(lot.uniform(0, _DOWN)),
)
_WORDS = {
    Page: "html",
    Surrogate: "surrogate",
    Digits: "digits",
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


@dataclass(frozen=True, slots=True)
class Night:
    """What goes wrong in one night.

    `deaths` has an entry a run: the side effect at which the process is killed, or None. With
    `twin`, another process renders the other film at the same time. If it is `secure`, it is
    spent behind TLS and a proxy, at fal's own names. This machine's clock is right at first, and
    ahead by `skew` from the run `wrong_from` on, until the end.
    """

    number: int
    scenario: Scenario
    deaths: tuple[int | None, ...]
    twin: bool
    secure: bool
    skew: timedelta
    wrong_from: int

    def skew_at(self, run: int) -> timedelta:
        """Return how far the clock is ahead in a run, counted from 0."""
        return self.skew if run >= self.wrong_from else timedelta(0)


RUNS_IN_A_NIGHT = 3
_LAST_EFFECT = 150


def night(number: int) -> Night:
    """Make a night."""
    lot = random.Random(f"night {number}")  # noqa: S311 -- a night must be the same each time
    deaths = tuple(
        lot.randint(1, _LAST_EFFECT) if lot.random() < 0.3 else None for _ in range(RUNS_IN_A_NIGHT)
    )
    skew = lot.choice(SKEWS) if lot.random() < 0.25 else timedelta(0)
    return Night(
        number,
        scenario(number),
        deaths,
        twin=lot.random() < 0.25,
        secure=lot.random() < 0.25,
        skew=skew,
        wrong_from=lot.randrange(RUNS_IN_A_NIGHT),
    )


def scenario(number: int) -> Scenario:
    """Make what the provider does. Sometimes an account is locked or a key is bad for a while."""
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
