"""Turn the answer of a call into what its caller gets: half, zipped, late, or no answer."""

import asyncio
import gzip
import json
from collections.abc import Callable
from typing import assert_never

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from storyboard.emulator.fault import (
    BadId,
    Digits,
    Garbage,
    Half,
    IdKind,
    Mangling,
    Partial,
    Surrogate,
    Trickle,
    Zipped,
)

ABORT = "storyboard.abort"
"""The name in a scope's extensions of the function that kills the connection."""

SPOIL = "storyboard.spoil"
"""The name in a scope's extensions of the function that writes bytes below HTTP and TLS."""

REQUEST_ID = "x-fal-request-id"
_HALF = "\ud83d"
_PIECES = 64
_DIGITS = int("9" * 400)
_FOR_PROGRAMS = frozenset(
    {"request_id", "status", "error_type", "type", "url", "json_input", "sent_at", "endpoint_id"}
)
_IDS: dict[IdKind, object] = {
    IdKind.EMPTY: "",
    IdKind.LONG: "x" * 100_000,
    IdKind.CONTROL: "a\x1b[2J\nb",
    IdKind.NUMBER: 7,
    IdKind.SURROGATE: f"a{_HALF}b",
}


def mangled(  # noqa: PLR0911 - a return per fault
    fault: Mangling, response: Response, speed: float
) -> Response:
    """Return what comes in place of an answer."""
    match fault:
        case Half():
            return Halved(response)
        case Zipped():
            zipped = gzip.compress(bytes(response.body))
            return _with_body(response, zipped, {"content-encoding": "gzip"})
        case Partial():
            return _partial(response)
        case Trickle(seconds):
            return Dripped(response, seconds / speed)
        case Surrogate():
            return _with_json(response, _each(_json(response), _haunted))
        case Digits():
            return _with_json(response, _each(_json(response), _enlarged))
        case BadId(kind):
            said = _json(response)
            if isinstance(said, dict) and "request_id" in said:
                response = _with_json(response, {**said, "request_id": _IDS[kind]})
                del response.headers[REQUEST_ID]
            return response
        case Garbage():
            return Garbled()
    assert_never(fault)


def _json(response: Response) -> object:
    try:
        found: object = json.loads(bytes(response.body))
    except ValueError:
        return None
    return found


def _with_json(response: Response, said: object) -> Response:
    # Pure ASCII: half a pair can be spelled in JSON, and in no encoding.
    return response if said is None else _with_body(response, json.dumps(said).encode(), {})


def _with_body(response: Response, body: bytes, more: dict[str, str]) -> Response:
    kept = {
        name: value
        for name, value in response.headers.items()
        if name not in {"content-length", "content-range", "etag", *more}
    }
    return Response(body, response.status_code, {**kept, **more})


def _partial(response: Response) -> Response:
    if response.status_code != 200:  # noqa: PLR2004 - a part, or an error: there is no half of it
        return response
    return _with_body(response, bytes(response.body)[: len(response.body) // 2], {})


def _each(said: object, change: Callable[[object], object]) -> object:
    """Change each value that people read, wherever it stands."""
    match said:
        case list():
            return [_each(one, change) for one in said]
        case dict():
            return {
                name: one if name in _FOR_PROGRAMS or name.endswith("_url") else _each(one, change)
                for name, one in said.items()
            }
        case _:
            return change(said)


def _haunted(said: object) -> object:
    return said + _HALF if isinstance(said, str) else said


def _enlarged(said: object) -> object:
    return _DIGITS if type(said) in {int, float} else said


class Halved(Response):
    """Half of an answer under the head of the whole, then the connection is killed."""

    def __init__(self, whole: Response) -> None:
        """Make a half of an answer."""
        super().__init__()
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and half of the body, then kill the connection."""
        body = bytes(self._whole.body)
        await send(_head(self._whole))
        await send(
            {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
        )
        # The half has to leave before the connection dies: an abort throws away what is buffered.
        await asyncio.sleep(0.01)
        await abort(scope, receive)


class Dripped(Response):
    """An answer that comes in many pieces."""

    def __init__(self, whole: Response, seconds: float) -> None:
        """Make an answer that takes so long."""
        super().__init__()
        self._whole = whole
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- all is sent
        """Send piece after piece."""
        body = bytes(self._whole.body)
        size = max(1, -(-len(body) // _PIECES))
        await send(_head(self._whole))
        for at in range(0, len(body), size):
            await asyncio.sleep(self._seconds / _PIECES)
            piece = body[at : at + size]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class Garbled(Response):
    """Bytes that are no answer, then the connection is killed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- not in HTTP
        """Write them below everything."""
        scope["extensions"][SPOIL](b"\x17\x03\x03\x00\x20this is no record, and no answer")
        await asyncio.sleep(0.01)
        await abort(scope, receive)


def _head(whole: Response) -> dict[str, object]:
    head = {"status": whole.status_code, "headers": whole.raw_headers}
    return {"type": "http.response.start", **head}


async def abort(scope: Scope, receive: Receive) -> None:
    """Kill the connection of a call, and return when it is dead."""
    scope["extensions"][ABORT]()
    await gone(receive, None)


async def gone(receive: Receive, seconds: float | None) -> None:
    """Wait until the caller has hung up, at most so many seconds."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(watch(), seconds)
    except TimeoutError:
        return
