"""Calls to the platform's API into answers: what an account has sent, and what endpoints cost."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.catalogue import (
    Endpoint,
    FirstThenPerSecond,
    NumberField,
    PerCall,
    PerSecond,
    VideoEndpoint,
)
from storyboard.emulator.choose import Call
from storyboard.emulator.door import Door, problem
from storyboard.emulator.entry import (
    Cancelled,
    Done,
    Entry,
    Expired,
    Failure,
    Phase,
    Queued,
    Running,
)
from storyboard.emulator.fault import On
from storyboard.emulator.ledger import iso

_PAGE = 50
_LONGEST_PAGE = 100


async def requests(door: Door, request: Request) -> Response:
    """List the requests of an endpoint, newest first, a page at a time."""
    if (stop := door.stopped(request)) is not None:
        return stop
    asked = request.query_params
    endpoints = set(asked.getlist("endpoint_id"))
    if not endpoints:
        return problem(422, "Give endpoint_id.")
    try:
        start, end = _time(asked.get("start")), _time(asked.get("end"))
        limit = min(int(asked.get("limit", _PAGE)), _LONGEST_PAGE)
        skip = int(asked.get("cursor") or 0)
    except ValueError:
        return problem(422, "start and end are times, limit and cursor numbers.")

    async def act() -> Response:
        door.desk.settle()
        found = [
            entry
            for entry in _listed(door)
            if entry.endpoint in endpoints
            and (start is None or entry.sent_at >= start)
            and (end is None or entry.sent_at <= end)
        ]
        page, more = found[skip : skip + limit], len(found) > skip + limit
        payloads = "payloads" in asked.getlist("expand")
        items = [_item(door, entry, payloads=payloads) for entry in page]
        cursor = str(skip + limit) if more else None
        return JSONResponse({"items": items, "next_cursor": cursor, "has_more": more})

    return await door.answer(Call(On.LIST, asked["endpoint_id"]), act)


async def pricing(door: Door, request: Request) -> Response:
    """Tell what endpoints cost."""
    if (stop := door.stopped(request)) is not None:
        return stop
    names = request.query_params.getlist("endpoint_id")
    asked = [name for joined in names for name in joined.split(",")]

    async def act() -> Response:
        found = [one for name in asked if (one := door.desk.endpoint(name)) is not None]
        if not found:
            return problem(404, "No such endpoint.")
        prices = [_price(one) for one in found]
        return JSONResponse({"prices": prices, "next_cursor": None, "has_more": False})

    return await door.answer(Call(On.PRICING, asked[0] if asked else ""), act)


def _listed(door: Door) -> Iterator[Entry]:
    """Go through the requests that the list shows by now."""
    listing, now = door.desk.scenario.listing, door.desk.clock()
    late = listing.delay / door.desk.settings.speed
    for entry in door.desk.account.newest_first():
        ended = isinstance(door.desk.phase(entry), Done | Cancelled | Expired)
        if entry.sent_at + late <= now and (ended or listing.running):
            yield entry


def _item(door: Door, entry: Entry, *, payloads: bool) -> dict[str, Any]:
    phase = door.desk.phase(entry)
    begun, ended = _times(phase)
    item: dict[str, Any] = {
        "request_id": entry.id,
        "endpoint_id": entry.endpoint,
        "sent_at": iso(entry.sent_at),
        "started_at": begun and iso(begun),
        "ended_at": ended and iso(ended),
        "status": _state(phase),
        "status_code": _code(entry, phase),
        "duration": ended - begun if begun and ended else None,
    }
    if payloads:
        body = dict(entry.body)
        if door.desk.scenario.listing.defaults:
            body = {**_defaults(door.desk.endpoint(entry.endpoint)), **body}
        item["json_input"] = body
    return item


def _state(phase: Phase) -> str:
    match phase:
        case Queued():
            return "IN_QUEUE"
        case Running():
            return "IN_PROGRESS"
        case Done() | Cancelled() | Expired():
            return "COMPLETED"


def _times(phase: Phase) -> tuple[float | None, float | None]:
    match phase:
        case Queued():
            return None, None
        case Running(begun):
            return begun, None
        case Done(begun, ended):
            return begun, ended
        case Cancelled(at) | Expired(at):
            return None, at


def _code(entry: Entry, phase: Phase) -> int | None:
    match phase:
        case Queued() | Running():
            return None
        case Cancelled():
            return 499
        case Expired():
            return 504
        case Done():
            return entry.outcome.status if isinstance(entry.outcome, Failure) else 200


def _defaults(endpoint: Endpoint | None) -> dict[str, Any]:
    if not isinstance(endpoint, VideoEndpoint):
        return {}
    filled: dict[str, Any] = {}
    if endpoint.audio:
        filled[endpoint.audio.name] = endpoint.audio.default
    for field in endpoint.settings.values():
        if isinstance(field, NumberField):
            filled[field.name] = float(field.default)
        elif field.default is not None:
            filled[field.name] = field.default
    return filled


def _price(endpoint: Endpoint) -> dict[str, Any]:
    match endpoint.price:
        case PerSecond(rates):
            amount, unit = min(rates.values()), "second"
        case FirstThenPerSecond(rate=rate):
            amount, unit = rate, "second"
        case PerCall(amount=once):
            amount, unit = once, "call"
    return {
        "endpoint_id": endpoint.id,
        "unit_price": float(amount),
        "unit": unit,
        "currency": "USD",
    }


def _time(text: str | None) -> float | None:
    return None if text is None else datetime.fromisoformat(text).timestamp()
