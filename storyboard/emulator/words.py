"""The words of a scenario for faults: where each can happen, and how its own keys are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from storyboard.emulator.entry import ClipKind
from storyboard.emulator.errors import KINDS
from storyboard.emulator.fault import (
    BadId,
    Digits,
    Drop,
    Error,
    Fault,
    Garbage,
    Half,
    IdKind,
    Kill,
    On,
    Page,
    Partial,
    Redirect,
    Refuse,
    Silence,
    Slow,
    Spoilt,
    Status,
    Surrogate,
    Trickle,
    Zipped,
)
from storyboard.emulator.values import MISSING, Values, error_status, say

_LOCKED = "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard."
_BAD_KEY = "Cannot access application. Authentication is required."
_FOREVER = 3600.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a fault: where it can happen, its own keys, and how they are read."""

    on: tuple[On, ...]
    keys: tuple[str, ...]
    read: Callable[[Values], Fault | None]


def _plain(status: int, detail: str, retry_after: float | None = None) -> Status:
    return Status(status, detail, accepted=False, retry_after=retry_after, request_id=False)


def _status(values: Values) -> Fault | None:
    if "status" not in values.nodes:
        help_ = "add the number: `status: 503`"
        say(values.found, MISSING, "a fault `status` without `status`", values.span, help_)
    status = values.one("status", 500, error_status, "an HTTP status from 400 to 599")
    retry_after = values.seconds("retry_after", 0.0) if "retry_after" in values.nodes else None
    return Status(
        status,
        values.text("detail") or "Something went wrong.",
        values.yes("accepted"),
        retry_after,
        values.yes("request_id"),
    )


def _error(values: Values) -> Fault | None:
    if "type" not in values.nodes:
        help_ = "add the kind of error: `type: generation_timeout`"
        say(values.found, MISSING, "a fault `error` without `type`", values.span, help_)
    kind = values.choice("type", "internal_server_error", tuple(KINDS))
    return Error(kind, values.yes("charged"))


def _clip(values: Values) -> Fault | None:
    kinds = tuple(one for one in ClipKind if one is not ClipKind.GOOD)
    return Spoilt(ClipKind(values.choice("kind", ClipKind.TRUNCATED, kinds)))


def _silence(values: Values) -> Fault | None:
    return Silence(values.seconds("seconds", _FOREVER), values.yes("accepted"))


def _kill(values: Values) -> Fault | None:
    return Kill(values.seconds("seconds", 5.0), values.yes("accepted"))


def _busy(values: Values) -> Fault | None:
    return _plain(429, "Too many requests.", values.seconds("retry_after", 5.0))


def _page(values: Values) -> Fault | None:
    return Page(values.text("content_type") or "text/html")


def _redirect(values: Values) -> Fault | None:
    return Redirect(values.text("location") or "https://elsewhere.test/", values.yes("accepted"))


def _bad_id(values: Values) -> Fault | None:
    return BadId(IdKind(values.choice("id", IdKind.EMPTY, tuple(IdKind))))


_CALLS = tuple(one for one in On if one is not On.JOB)
_FILES = (On.DOWNLOAD, On.RESULT, On.STATUS)
_WORDS = (On.SUBMIT, On.STATUS, On.RESULT, On.CANCEL, On.LIST)
_STATUS_KEYS = ("status", "detail", "accepted", "retry_after", "request_id")

FAULTS: Mapping[str, Word] = {
    "refuse": Word(_CALLS, ("seconds",), lambda one: Refuse(one.seconds("seconds", 5.0))),
    "drop": Word(_CALLS, ("accepted",), lambda one: Drop(one.yes("accepted"))),
    "silence": Word(_CALLS, ("accepted", "seconds"), _silence),
    "half": Word(_CALLS, (), lambda _: Half()),
    "slow": Word(_CALLS, ("seconds",), lambda one: Slow(one.seconds("seconds", 10.0))),
    "status": Word(_CALLS, _STATUS_KEYS, _status),
    "busy": Word(_CALLS, ("retry_after",), _busy),
    "locked": Word(_CALLS, (), lambda _: _plain(403, _LOCKED)),
    "bad-key": Word(_CALLS, (), lambda _: _plain(401, _BAD_KEY)),
    "kill": Word(_CALLS, ("accepted", "seconds"), _kill),
    "html": Word(_FILES, ("content_type",), _page),
    "redirect": Word(_CALLS, ("location", "accepted"), _redirect),
    "gzip": Word(_CALLS, (), lambda _: Zipped()),
    "partial": Word((On.DOWNLOAD,), (), lambda _: Partial()),
    "trickle": Word(
        (On.DOWNLOAD,), ("seconds",), lambda one: Trickle(one.seconds("seconds", _FOREVER))
    ),
    "surrogate": Word(_WORDS, (), lambda _: Surrogate()),
    "digits": Word(_WORDS, (), lambda _: Digits()),
    "bad-id": Word((On.SUBMIT,), ("id",), _bad_id),
    "garbage": Word(_CALLS, (), lambda _: Garbage()),
    "expired": Word((On.DOWNLOAD,), (), lambda _: _plain(404, "Not found")),
    "error": Word((On.JOB,), ("type", "charged"), _error),
    "clip": Word((On.JOB,), ("kind",), _clip),
}
"""Every fault by its word. `busy`, `locked`, `bad-key` and `expired` are plain statuses."""

ALL_KEYS = tuple(dict.fromkeys(key for word in FAULTS.values() for key in word.keys))
"""Every key that belongs to a fault."""
