"""Requests over httpx, with what their failures prove: not sent, or not known."""

import asyncio
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

import httpx

from storyboard.backends.fal.address import Addresses
from storyboard.backends.fal.key import Key
from storyboard.clock import utc_now
from storyboard.store.life import Fault

_AT_ONCE = 6
_LONGEST_WAIT = 300.0
_EXCERPT = 200
TIMEOUT = httpx.Timeout(60.0, connect=15.0, pool=None)


@dataclass(frozen=True, slots=True)
class NotReached:
    """Nothing was sent: no connection came about."""

    detail: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Something may have been sent, and no whole answer came."""

    detail: str


Answer: TypeAlias = httpx.Response | NotReached | NoAnswer


class Wire:
    """Connections to fal. Requests with the key go to fal's hosts only, and follow no redirect."""

    def __init__(
        self, key: Key, addresses: Addresses, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self.addresses = addresses
        self._key = key
        self._transport = transport
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._gate()

    def _gate(self) -> None:
        # httpx walks its whole queue and every connection at each step: few of both cost little,
        # and thousands wait better here than there.
        self._places = asyncio.Semaphore(_AT_ONCE)

    @property
    def pool(self) -> httpx.AsyncClient:
        """Return the connections for questions, opened at their first use."""
        return self._client("questions", httpx.Limits())

    @property
    def media(self) -> httpx.AsyncClient:
        """Return the connections for downloads."""
        return self._client("media", httpx.Limits())

    @property
    def single(self) -> httpx.AsyncClient:
        """Return a client that makes a new connection for each request.

        A kept one may be closed by the server at the very moment of a submit; then nobody would
        know whether that arrived, though it mostly did not.
        """
        return self._client("submits", httpx.Limits(max_keepalive_connections=0))

    def _client(self, use: str, limits: httpx.Limits) -> httpx.AsyncClient:
        if use not in self._clients:
            self._clients[use] = httpx.AsyncClient(
                timeout=TIMEOUT,
                headers={"User-Agent": "storyboard-compiler"},
                limits=limits,
                transport=self._transport,
                follow_redirects=False,
            )
        return self._clients[use]

    async def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        clients, self._clients = self._clients, {}
        self._gate()  # it belongs to the event loop that waited at it
        for client in clients.values():
            await client.aclose()

    async def keyed(self, method: str, url: str, content: str | None = None) -> Answer:
        """Send one request with the key; the address is refused if it is not fal's."""
        if not self.addresses.is_ours(url):
            return _foreign(url)
        own = {"Content-Type": "application/json"} if content is not None else {}
        headers = {**own, **self._key.header}
        return await self._send(self.pool, method, url, content, headers)

    async def submit(self, url: str, content: str, headers: Mapping[str, str]) -> Answer:
        """Send a paid request, with the key, over a connection of its own."""
        if not self.addresses.is_ours(url):
            return _foreign(url)
        every = {"Content-Type": "application/json", **headers, **self._key.header}
        return await self._send(self.single, "POST", url, content, every)

    async def plain(
        self, method: str, url: str, content: bytes, headers: Mapping[str, str]
    ) -> Answer:
        """Send one request without the key."""
        return await self._send(self.pool, method, url, content, headers)

    async def _send(
        self,
        client: httpx.AsyncClient,
        method: str,
        url: str,
        content: str | bytes | None,
        headers: Mapping[str, str],
    ) -> Answer:
        async with self._places:
            try:
                return await client.request(method, url, content=content, headers=headers)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
                return NotReached(self.words(error))
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                return NotReached(self.words(error))
            except httpx.HTTPError as error:
                # A read or write that failed, a broken answer, a proxy's fault: the server may
                # have the whole request all the same.
                return NoAnswer(self.words(error))

    def words(self, error: Exception) -> str:
        """Say what an error is, without the key."""
        said = str(error) or "no more was said"
        return self._key.scrub(f"{type(error).__name__}: {said}")

    def scrub(self, text: str) -> str:
        """Take the key out of a text that came over the wire."""
        return self._key.scrub(text)

    def clean(self, fault: Fault) -> Fault:
        """Take the key out of a fault: it is told, and kept in the journal."""
        return replace(fault, message=self.scrub(fault.message))


def retry_after(response: httpx.Response) -> float | None:
    """Read how long to wait: seconds or a date, within reason."""
    text = response.headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(text) - utc_now()).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), _LONGEST_WAIT) if math.isfinite(seconds) else None


def date_of(response: httpx.Response) -> datetime | None:
    """Read the server's clock; a second exact."""
    try:
        at = parsedate_to_datetime(response.headers.get("date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return at if at.tzinfo else None


def _foreign(url: str) -> NotReached:
    return NotReached(f"{url} is not an address of fal, and the key does not go there")


def parsed(data: bytes | str) -> Any:  # noqa: ANN401 - whatever JSON there is
    """Read JSON as it came; None where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def excerpt(wire: Wire, response: httpx.Response) -> str:
    """Say what an unexpected answer was, in one line."""
    # As UTF-8 whatever it calls itself: the name of an encoding is the server's to invent.
    # Scrubbed before it is cut: half of a key is no key to be found, and still half of one.
    text = wire.scrub(" ".join(response.content.decode("utf-8", "replace").split()))[:_EXCERPT]
    return f"it answered {response.status_code}" + (f": {text}" if text else "")
