"""A call into who makes it, where it came in, and what goes wrong: what all routes share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.emulator.choose import Call
from storyboard.emulator.desk import Desk
from storyboard.emulator.entry import Entry, Json, Phase
from storyboard.emulator.mangle import REQUEST_ID
from storyboard.emulator.misbehave import Behaviour

MEDIA_OF_FAL = "https://v3.fal.media"
_HOSTS_OF_FAL = (".fal.run", ".fal.ai", ".fal.media")


@dataclass(frozen=True, slots=True)
class Door:
    """What every route has at hand. `media_url` is where files are fetched, without a key."""

    desk: Desk
    behaviour: Behaviour
    media_url: str

    async def answer(self, call: Call, act: Callable[[], Awaitable[Response]]) -> Response:
        """Have the effect of a call and answer it, unless a fault comes between."""
        return await self.behaviour.answer(self.desk.fault(call), act)

    async def phase(self, entry: Entry) -> Phase:
        """Tell where a request is now; one whose time is over has its clip drawn before."""
        if self.desk.is_due(entry):
            await run_in_threadpool(self.desk.draw, entry)
        return self.desk.phase(entry)

    def media(self, request: Request) -> str:
        """Return the base URL of files, for a caller who came in by this name of the host."""
        host = request.url.hostname or ""
        return MEDIA_OF_FAL if f".{host}".endswith(_HOSTS_OF_FAL) else self.media_url

    def note_key(self, request: Request) -> None:
        """Write down that a key came where none is needed: files are public, uploads signed.

        It is not refused, for fal's own older way to upload sends one; a program that is careful
        with its key leaves this file empty.
        """
        if request.headers.get("authorization", "").startswith("Key "):
            self.desk.keep.note_key(request.method, request.url.path)

    def stopped(self, request: Request) -> Response | None:
        """Return the answer to a caller who has no good key; None for one who has."""
        kind, _, key = request.headers.get("authorization", "").partition(" ")
        if kind == "Key" and key.strip() and key.strip() not in self.desk.scenario.bad_keys:
            return None
        return problem(401, "Cannot access application. Authentication is required.")


def problem(status: int, detail: str) -> Response:
    """Answer with a text of what is wrong."""
    return JSONResponse({"detail": detail}, status)


def here(request: Request) -> str:
    """Return the scheme and host that the caller used."""
    return f"{request.url.scheme}://{request.url.netloc}"


def named(body: Json, status: int, request_id: str) -> Response:
    """Answer with JSON under the request's id."""
    response = JSONResponse(dict(body), status)
    response.headers[REQUEST_ID] = request_id
    return response
