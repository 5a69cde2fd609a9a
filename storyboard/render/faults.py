"""What goes wrong on this side of the wire, or in what came over it, in words."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from storyboard.model import ClipFacts, Facts, Unusable, clock
from storyboard.provider import ACCOUNT, Charge, Fault, RequestId
from storyboard.store.life import WRONG_CLIP

CANCELLED = "SB810"
UNREACHABLE = "SB814"
NOT_FETCHED = "SB813"
NOT_UPLOADED = "SB817"
NOT_READY = "SB818"
ELSEWHERE = "SB822"


def no_upstream(what: str) -> Fault:
    """Tell that the result of the job before is not in the store."""
    message = f"the {what} that this job builds on is not in the store"
    return Fault(NOT_READY, message, "render the job before it first", Charge.NONE, again=True)


def other_voice(maker: str) -> Fault:
    """Tell that a voice was made at another provider, which does not know it here."""
    return Fault(
        NOT_READY,
        f"the voice that this job speaks with was made at {maker}, and only that one knows it",
        f"render it through {maker}, or let go of the voice with `storyboard store gc --forget "
        "JOB` to have it made anew",
        Charge.NONE,
    )


def no_frame(clip: Path, error: Exception) -> Fault:
    """Tell that the last frame of a clip could not be read."""
    message = f"the last frame of {clip} could not be read: {error}"
    advice = "check it with `storyboard store verify`; a damaged clip is fetched again"
    return Fault(NOT_READY, message, advice, Charge.NONE, again=True)


def no_file(path: Path, error: OSError) -> Fault:
    """Tell that a file cannot be read any more."""
    message = f"{path} could not be read: {error.strerror or error}"
    return Fault(NOT_UPLOADED, message, "put it back, and run again", Charge.NONE, again=True)


def file_changed(path: Path) -> Fault:
    """Tell that a file is not the one that was planned with."""
    return Fault(
        NOT_UPLOADED,
        f"{path} has changed since the plan was made",
        "run the command again: the plan and its price are made anew",
        Charge.NONE,
        again=True,
    )


def not_uploaded(path: Path, detail: str) -> Fault:
    """Tell that a file could not be uploaded."""
    return Fault(
        NOT_UPLOADED,
        f"{path} could not be uploaded: {detail or 'interrupted'}",
        "run again later; nothing was sent and nothing paid",
        Charge.NONE,
        again=True,
    )


def unreachable(detail: str) -> Fault:
    """Tell that the provider could not be reached."""
    return Fault(
        UNREACHABLE,
        f"the provider could not be reached: {detail}",
        "check the network, and run again; nothing was sent and nothing paid",
        Charge.NONE,
        again=True,
    )


def lost(since: datetime, detail: str) -> str:
    """Tell that an outcome is not known, and was not found."""
    asked = f"sent at {since:%Y-%m-%d %H:%M} UTC without an answer that came"
    return f"{asked}; {detail}"


def held_by_another(request: RequestId) -> str:
    """Tell that the request which an answer named was found for another attempt before."""
    return f"its answer names request {request}, which was found for an equal one before"


def elsewhere(other: str) -> Fault:
    """Tell that another provider or account has a request, and that it was given up."""
    return Fault(
        ELSEWHERE,
        f"its request is with {other}, which is not the one in use; it may be charged there",
        f"use that one to fetch what was paid for; its label is set by `account:` or {ACCOUNT}",
        Charge.POSSIBLE,
    )


def left_alone(other: str, since: datetime, request: RequestId | None = None) -> str:
    """Tell that a request of another provider or account is not asked about, and what to do."""
    what = f"request {request}" if request else "a request whose answer was lost"
    return (
        f"{what} is with {other}, since {since:%Y-%m-%d %H:%M} UTC, and that is not the one in "
        f"use: it was left alone. Use that one (`account:` in the project's file, or {ACCOUNT}) to "
        "go on with it"
    )


def not_fetched(detail: str) -> Fault:
    """Tell that a paid result could not be downloaded now."""
    return Fault(
        NOT_FETCHED,
        f"the result is there and could not be fetched: {detail}",
        "run again: it is fetched then, and not paid again",
        Charge.PAID,
    )


def adopted_gone(place: str) -> Fault:
    """Tell that the file of an adopted clip is gone, and no provider can be asked for it."""
    return Fault(
        NOT_FETCHED,
        f"its clip came from {place}, and is not in the store any more",
        "adopt it again, or run `storyboard store gc --forget JOB` to have the job rendered",
        Charge.NONE,
    )


def not_kept(fault: Fault) -> Fault:
    """Tell that a paid result is not at the provider any more, as far as this key can see."""
    return replace(
        fault,
        message=f"{fault.message}, and the provider does not know its result any more",
        help="if another account's key sent it, use that one; if it is gone for good, "
        "`--retry-failed` gives it up, and sends the job again",
    )


def wrong_clip(facts: Facts | Unusable, seconds: int, kept: Path, title: str) -> Fault:
    """Tell that what came is not what was asked for."""
    match facts:
        case ClipFacts(duration=duration):
            found = f"a clip of {clock(duration)}"
        case Unusable(detail=detail):
            found = f"no video ({detail})"
        case _:
            found = "no video"
    return Fault(
        WRONG_CLIP,
        f"a clip of {seconds} s was asked for, and {found} came",
        f"run again: it is fetched again, and not paid again. What came is {kept}. If it stays "
        f"like this, ask {title} for the money back; `--retry-failed` gives it up, and sends the "
        "job again",
        Charge.PAID,
    )


def cancelled_in_time(fault: Fault) -> Fault:
    """Tell that a request was cancelled while it waited, which is free."""
    return replace(
        fault,
        message="it was cancelled while it waited, which costs nothing",
        help="`storyboard render` sends it again, after showing the price",
        charge=Charge.NONE,
        again=True,
    )


def failed_before(fault: Fault) -> Fault:
    """Tell that a job failed in an earlier run, and is not sent again unasked."""
    return Fault(
        fault.code,
        f"it failed before: {fault.message}",
        f"{fault.help}. The same request may have been charged, so it is sent again only with "
        "`--retry-failed`",
        fault.charge,
    )
