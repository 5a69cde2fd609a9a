"""A body with references to plain JSON: for sending, and for showing in a plan."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from storyboard.jobs.job import Body, BodyValue, FileRef, FrameRef, JobDigest, VoiceRef
from storyboard.model import Seconds

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

Reference: TypeAlias = FileRef | FrameRef | VoiceRef


def wire(body: Body, resolve: Callable[[Reference], str]) -> dict[str, Json]:
    """Write the JSON that is sent; `resolve` gives the URL or id that a reference stands for."""
    return _mapping(body, resolve)


def shown(body: Body) -> dict[str, Json]:
    """Write the JSON that a plan shows and a digest is made of, with references by content."""
    return _mapping(body, reference_text)


def references(body: BodyValue) -> tuple[Reference, ...]:
    """Return every reference in a body, in the order of its keys."""
    match body:
        case FileRef() | FrameRef() | VoiceRef():
            return (body,)
        case tuple():
            return tuple(one for item in body for one in references(item))
        case Mapping():
            return tuple(one for key in sorted(body) for one in references(body[key]))
        case _:
            return ()


def reference_text(reference: Reference) -> str:
    """Write a reference: `asset:sha256:…`, `frame:sha256:<job>@<seconds>`, `voice:sha256:<job>`.

    The frame of a clip that was picked is named by the job if that is its first rendering, else by
    the clip: `clip:sha256:<clip>@<seconds>`.
    """
    match reference:
        case FileRef(file):
            return f"asset:sha256:{file.digest}"
        case FrameRef(clip=str() as clip, rendering=rendering) if rendering != 1:
            return f"clip:sha256:{clip}@{seconds_text(reference.at)}"
        case FrameRef(job, at):
            return f"frame:sha256:{job}@{seconds_text(at)}"
        case VoiceRef(job):
            return f"voice:sha256:{job}"


def waits_for(reference: Reference) -> JobDigest | None:
    """Return the job whose result a reference waits for; a file and a picked clip are there."""
    match reference:
        case FileRef() | FrameRef(clip=str()):
            return None
        case FrameRef(job=job) | VoiceRef(job=job):
            return job


def seconds_text(time: Seconds) -> str:
    """Write seconds exactly: `4`, `2.5`, and `125/24` where no decimal is exact."""
    odd = time.denominator
    places = 0
    for prime in (2, 5):
        while odd % prime == 0:
            odd //= prime
            places += 1
    if odd != 1:
        return str(time)
    digits = f"{Fraction(time) * 10**places}".rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{whole}.{part}" if part else whole


def _mapping(body: Body, resolve: Callable[[Reference], str]) -> dict[str, Json]:
    return {key: _value(value, resolve) for key, value in body.items()}


def _value(value: BodyValue, resolve: Callable[[Reference], str]) -> Json:
    match value:
        case FileRef() | FrameRef() | VoiceRef():
            return resolve(value)
        case tuple():
            return [_value(item, resolve) for item in value]
        case Mapping():
            return _mapping(value, resolve)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return value
