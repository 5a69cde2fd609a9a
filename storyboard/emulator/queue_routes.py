"""Calls to the queue into answers: submit, status, status stream, result and cancel."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from storyboard.emulator.choose import Call
from storyboard.emulator.desk import Full, Invalid, prompts, token
from storyboard.emulator.door import Door, here, named, problem
from storyboard.emulator.entry import (
    Cancelled,
    Done,
    Entry,
    Expired,
    Failure,
    Phase,
    Queued,
    RequestId,
    Running,
    Video,
    Voice,
)
from storyboard.emulator.errors import body_of
from storyboard.emulator.fault import On
from storyboard.emulator.ledger import iso
from storyboard.emulator.terms import LONGEST_QUEUE, terms_of

RUN_HOST = "fal.run"
"""The host at which a call waits for its result instead of going into the queue."""

_STREAM_STEP = 0.05
_CANCELLED = body_of("client_cancelled")
_EXPIRED = body_of("request_timeout")
_BY_USER = {"x-fal-request-timeout-type": "user"}
"""Tells that it was the caller's own time that ran out: fal's clients then do not send again."""


async def submit(door: Door, request: Request) -> Response:
    """Take a request into the queue."""
    name = request.path_params["endpoint"]
    if (stop := door.stopped(request)) is not None:
        return stop
    endpoint = door.desk.endpoint(name)
    if endpoint is None:
        return problem(404, f"Application '{name}' not found")
    try:
        body = _body(await request.body())
        terms = terms_of(request.headers, request.query_params)
    except TypeError as error:
        return problem(422, str(error))
    except ValueError as error:
        return JSONResponse({"detail": str(error), "error_type": "bad_request"}, 400)

    async def act() -> Response:
        entry = door.desk.submit(endpoint, body, terms)
        if not isinstance(entry, Entry):
            return _refused(entry)
        phase = door.desk.phase(entry)
        position = phase.position if isinstance(phase, Queued) else 0
        state = {"status": "IN_QUEUE", "request_id": entry.id}
        return named({**state, **_urls(entry, request), "queue_position": position}, 200, entry.id)

    async def at_once() -> Response:
        entry = door.desk.submit(endpoint, body, terms)
        if not isinstance(entry, Entry):
            return _refused(entry)
        # The phase is a function of the clock: there is no event to wait for.
        while isinstance(phase := await door.phase(entry), Queued | Running):  # noqa: ASYNC110
            await asyncio.sleep(_STREAM_STEP)
        return _ended(door, entry, phase, request)

    queued = request.url.hostname != RUN_HOST
    return await door.answer(Call(On.SUBMIT, name, prompts(body)), act if queued else at_once)


def _body(data: bytes) -> dict[str, Any]:
    """Read the body of a request.

    Raises:
        TypeError: it is not an object.
        ValueError: it is not JSON.
    """
    try:
        body = json.loads(data)
    except ValueError as error:
        raise ValueError("The body is not JSON.") from error
    if not isinstance(body, dict):
        raise TypeError("The body is not a JSON object.")
    return body


async def status(door: Door, request: Request) -> Response:
    """Tell where a request is."""

    async def act(entry: Entry) -> Response:
        body = _status(await door.phase(entry), entry, request)
        return named(body, 200 if body["status"] == "COMPLETED" else 202, entry.id)

    return await _of_request(door, request, On.STATUS, act)


async def stream(door: Door, request: Request) -> Response:
    """Tell where a request is, again at every change, until it has ended."""

    async def act(entry: Entry) -> Response:
        async def events() -> AsyncIterator[str]:
            last: dict[str, Any] = {}
            while last.get("status") != "COMPLETED":
                now = _status(await door.phase(entry), entry, request)
                if now != last:
                    yield f"data: {json.dumps(now)}\n\n"
                last = now
                await asyncio.sleep(_STREAM_STEP)

        return StreamingResponse(events(), media_type="text/event-stream")

    return await _of_request(door, request, On.STATUS, act)


async def result(door: Door, request: Request) -> Response:
    """Give what a request ended with."""

    async def act(entry: Entry) -> Response:
        match await door.phase(entry):
            case Queued() | Running():
                return named({"detail": "Request is still in progress"}, 400, entry.id)
            case Cancelled() | Expired() | Done() as phase:
                return _ended(door, entry, phase, request)

    return await _of_request(door, request, On.RESULT, act)


async def cancel(door: Door, request: Request) -> Response:
    """Take a request out of the queue, or ask that one that has begun be stopped."""

    async def act(entry: Entry) -> Response:
        match door.desk.cancel(entry):
            case Queued() | Running():
                return named({"status": "CANCELLATION_REQUESTED"}, 202, entry.id)
            case Done() | Cancelled() | Expired():
                return named({"status": "ALREADY_COMPLETED"}, 400, entry.id)

    return await _of_request(door, request, On.CANCEL, act)


async def _of_request(
    door: Door, request: Request, on: On, act: Callable[[Entry], Awaitable[Response]]
) -> Response:
    if (stop := door.stopped(request)) is not None:
        return stop
    entry = door.desk.account.entries.get(RequestId(request.path_params["id"]))
    if entry is None or request.path_params["app"] not in (entry.endpoint, app_of(entry.endpoint)):
        return JSONResponse({"detail": "Request not found", "status": "NOT_FOUND"}, 404)

    async def effect() -> Response:
        return await act(entry)

    return await door.answer(Call(on, entry.endpoint, prompts(entry.body)), effect)


def app_of(endpoint: str) -> str:
    """Return the owner and app of an endpoint, which is all that a request's URLs hold."""
    return "/".join(endpoint.split("/")[:2])


def _urls(entry: Entry, request: Request) -> dict[str, str]:
    response = f"{here(request)}/{app_of(entry.endpoint)}/requests/{entry.id}"
    return {
        "response_url": response,
        "status_url": f"{response}/status",
        "cancel_url": f"{response}/cancel",
    }


def _status(phase: Phase, entry: Entry, request: Request) -> dict[str, Any]:
    asked = request.query_params.get("logs", "0").lower() in ("1", "true")
    common = {"request_id": entry.id, **_urls(entry, request)}
    logs = _logs(entry, phase) if asked else None
    match phase:
        case Queued(position):
            return {"status": "IN_QUEUE", "queue_position": position, **common}
        case Running():
            return {"status": "IN_PROGRESS", "logs": logs, **common}
        case Done(begun, ended):
            metrics = {"inference_time": round(ended - begun, 3)}
            ending = {"status": "COMPLETED", "logs": logs, "metrics": metrics, **common}
            return {**ending, **_error(entry)}
        case Cancelled() | Expired():
            said = _CANCELLED if isinstance(phase, Cancelled) else _EXPIRED
            error = {"error": said["detail"], "error_type": said["error_type"]}
            return {"status": "COMPLETED", "logs": logs, "metrics": {}, **common, **error}


def _error(entry: Entry) -> dict[str, str]:
    if not isinstance(entry.outcome, Failure):
        return {}
    detail = entry.outcome.body["detail"]
    message = detail if isinstance(detail, str) else str(detail[0]["msg"])
    return {"error": message, "error_type": entry.outcome.type}


def _logs(entry: Entry, phase: Phase) -> list[dict[str, Any]]:
    lines = []
    if isinstance(phase, Running | Done):
        lines.append((phase.begun, f"Rendering {entry.endpoint}"))
    if isinstance(phase, Done):
        lines.append((phase.ended, "Done"))
    return [
        {"timestamp": iso(at), "message": text, "level": "INFO", "source": "USER"}
        for at, text in lines
    ]


def _refused(why: Invalid | Full) -> Response:
    match why:
        case Invalid(findings):
            return JSONResponse({"detail": list(findings)}, 422)
        case Full(waiting):
            return problem(429, f"{waiting} requests are waiting, more than {LONGEST_QUEUE}.")


def _ended(
    door: Door, entry: Entry, phase: Done | Cancelled | Expired, request: Request
) -> Response:
    match phase:
        case Done():
            return _result(door, entry, request)
        case Cancelled():
            return _wrong(named(_CANCELLED, 499, entry.id), "client_cancelled", retryable=False)
        case Expired():
            response = named(_EXPIRED, 504, entry.id)
            response.headers.update(_BY_USER)
            return _wrong(response, "request_timeout", retryable=False)


def _result(door: Door, entry: Entry, request: Request) -> Response:
    match entry.outcome:
        case Video(charge=charge):
            url = f"{door.media(request)}/files/clips/{entry.id}/{token(entry)}_output.mp4"
            file = {"content_type": "video/mp4", "file_name": "output.mp4"}
            video = {"url": url, **file, "file_size": door.desk.clips.size(entry.id)}
            response = named({"video": video}, 200, entry.id)
            response.headers["x-fal-billable-units"] = str(charge.units)
        case Voice(voice, charge):
            response = named({"voice_id": voice}, 200, entry.id)
            response.headers["x-fal-billable-units"] = str(charge.units)
        case Failure(code, kind, body, retryable):
            response = _wrong(named(body, code, entry.id), kind, retryable=retryable)
    return response


def _wrong(response: Response, kind: str, *, retryable: bool) -> Response:
    """Say in an answer's headers what went wrong, and by both names whether to send again."""
    response.headers["x-fal-error-type"] = kind
    response.headers["x-fal-retryable"] = "true" if retryable else "false"
    response.headers["x-fal-needs-retry"] = "1" if retryable else "0"
    return response
