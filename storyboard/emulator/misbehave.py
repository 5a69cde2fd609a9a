"""A fault and a call's effect into an answer, or into what comes in an answer's place."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from storyboard.emulator.fault import (
    Drop,
    Error,
    Fault,
    Half,
    Kill,
    Page,
    Refuse,
    Silence,
    Slow,
    Spoilt,
    Status,
)

ABORT = "storyboard.abort"
"""The name in a scope's extensions of the function that kills the connection."""

REQUEST_ID = "x-fal-request-id"
Act: TypeAlias = Callable[[], Awaitable[Response]]
"""Has the effect of a call, and makes its answer."""

_HTML = "<!doctype html><title>Sign in</title><h1>Sign in to continue</h1>\n"


class Host(Protocol):
    """What can be done to the server itself."""

    async def refuse(self, seconds: float) -> None:
        """Refuse connections for so long, after the answers under way."""

    async def die(self, seconds: float) -> None:
        """Kill every connection now and be back after so long."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How faults reach the world: the server they happen to, and how fast its time goes."""

    host: Host
    speed: float

    async def answer(self, fault: Fault | None, act: Act) -> Response:
        """Have the effect of a call, and answer as the fault says."""
        match fault:
            case None | Error() | Spoilt() | Slow() | Half() | Refuse():
                return await self._late_or_last(fault, act)
            case Drop() | Silence() | Kill() | Status():
                done = await act() if fault.accepted else None
                return await self._instead(fault, done)
            case Page():
                return Response(_HTML, media_type="text/html")

    async def _late_or_last(self, fault: Fault | None, act: Act) -> Response:
        """Give the answer of the call itself, whatever happens to it on its way."""
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds / self.speed)
        response = await act()
        if isinstance(fault, Half):
            return Halved(response)
        if isinstance(fault, Refuse):
            response.headers["connection"] = "close"
            await self.host.refuse(fault.seconds / self.speed)
        return response

    async def _instead(
        self, fault: Drop | Silence | Kill | Status, done: Response | None
    ) -> Response:
        """Give something else in the answer's place; `done` is the answer, where it was made."""
        match fault:
            case Drop():
                return Dropped(0)
            case Silence(seconds):
                return Dropped(seconds / self.speed)
            case Kill(seconds):
                await self.host.die(seconds / self.speed)
                return Dropped(0)
            case Status():
                return _status(fault, done)


def _status(fault: Status, done: Response | None) -> Response:
    response = JSONResponse({"detail": fault.detail}, fault.status)
    if fault.retry_after is not None:
        response.headers["retry-after"] = f"{fault.retry_after:g}"
    if fault.request_id:
        # An id that nobody knows is what an error before acceptance carries.
        known = done.headers.get(REQUEST_ID) if done is not None else None
        response.headers[REQUEST_ID] = known or str(uuid.uuid4())
    return response


class Dropped(Response):
    """No answer: the connection is killed after so many seconds, or when the caller hangs up."""

    def __init__(self, seconds: float) -> None:
        """Make an answer that never comes."""
        super().__init__()
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 -- nothing is sent
        """Wait, then kill the connection."""
        if self._seconds:
            await _gone(receive, self._seconds)
        await abort(scope, receive)


class Halved(Response):
    """Half of an answer under the head of the whole, then the connection is killed."""

    def __init__(self, whole: Response) -> None:
        """Make a half of an answer."""
        super().__init__()
        self._whole = whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head and half of the body, then kill the connection."""
        body = bytes(self._whole.body)
        head = {"status": self._whole.status_code, "headers": self._whole.raw_headers}
        await send({"type": "http.response.start", **head})
        await send(
            {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
        )
        # The half has to leave before the connection dies: an abort throws away what is buffered.
        await asyncio.sleep(0.01)
        await abort(scope, receive)


async def abort(scope: Scope, receive: Receive) -> None:
    """Kill the connection of a call, and return when it is dead."""
    scope["extensions"][ABORT]()
    await _gone(receive, None)


async def _gone(receive: Receive, seconds: float | None) -> None:
    """Wait until the caller has hung up, at most so many seconds."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(watch(), seconds)
    except TimeoutError:
        return
