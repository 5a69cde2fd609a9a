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
    Kill,
    Page,
    Redirect,
    Refuse,
    Silence,
    Slow,
    Spoilt,
    Status,
)
from storyboard.emulator.mangle import REQUEST_ID, abort, gone, mangled

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
            case None | Error() | Spoilt() | Slow() | Refuse():
                return await self._late_or_last(fault, act)
            case Drop() | Silence() | Kill() | Status() | Redirect():
                done = await act() if fault.accepted else None
                return await self._instead(fault, done)
            case Page(content_type):
                return Response(_HTML, media_type=content_type)
            case _:
                return mangled(fault, await act(), self.speed)

    async def _late_or_last(self, fault: Fault | None, act: Act) -> Response:
        """Give the answer of the call itself, whatever happens to it on its way."""
        if isinstance(fault, Slow):
            await asyncio.sleep(fault.seconds / self.speed)
        response = await act()
        if isinstance(fault, Refuse):
            response.headers["connection"] = "close"
            await self.host.refuse(fault.seconds / self.speed)
        return response

    async def _instead(
        self, fault: Drop | Silence | Kill | Status | Redirect, done: Response | None
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
            case Redirect():
                # As it is: a header may hold any byte, and an address may be none.
                response = Response(status_code=fault.status)
                response.raw_headers.append((b"location", fault.location.encode()))
                return response
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
            await gone(receive, self._seconds)
        await abort(scope, receive)
