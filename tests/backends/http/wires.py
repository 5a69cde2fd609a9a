"""A wire to hosts that a handler stands in for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import httpx

from storyboard.backends.http import Hosts, Key, Wire

T = TypeVar("T")
Handler = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]
SECRET = "id-1234:s3cr3t-half"  # noqa: S105 - a key of no account
OURS = "https://ours.test"


@dataclass(frozen=True, slots=True)
class Ours:
    """One host, which may see the key."""

    def is_ours(self, url: str) -> bool:
        """Tell whether it is that one."""
        return url.startswith(f"{OURS}/")


def wired(handler: Handler, act: Callable[[Wire[Hosts]], Awaitable[T]]) -> T:
    """Run one act over a wire."""

    async def run() -> T:
        wire: Wire[Hosts] = Wire(Key(SECRET, "Key"), Ours(), httpx.MockTransport(handler))
        try:
            return await act(wire)
        finally:
            await wire.close()

    return asyncio.run(run())
