"""Requests over httpx, with what their failures prove: not sent, or not known."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

import httpx

from storyboard.backends.http.bounded import IDENTITY, MOST, whole
from storyboard.backends.http.key import Key
from storyboard.backends.http.reading import excerpt
from storyboard.provider import Fault

_AT_ONCE = 6
BROKEN = (httpx.HTTPError, httpx.InvalidURL, OSError)
"""What a connection raises that was there: httpx lets an `ssl.SSLError` of a broken record by."""

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


class Hosts(Protocol):
    """Where a provider is."""

    def is_ours(self, url: str) -> bool:
        """Tell whether the key may go to an address."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent, and how many bytes of the answer are read."""

    method: str
    url: str
    content: str | bytes | None
    headers: Mapping[str, str]
    most: int = MOST


HostsT_co = TypeVar("HostsT_co", bound=Hosts, covariant=True)


class Wire(Generic[HostsT_co]):
    """Connections to a provider. The key goes to its own hosts only, and follows no redirect."""

    def __init__(
        self, key: Key, addresses: HostsT_co, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._addresses = addresses
        self._key = key
        self._transport = transport
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._gate()

    def _gate(self) -> None:
        # httpx walks its whole queue and every connection at each step: few of both cost little,
        # and thousands wait better here than there.
        self._places = asyncio.Semaphore(_AT_ONCE)

    @property
    def addresses(self) -> HostsT_co:
        """Where the provider is."""
        return self._addresses

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
                headers={"User-Agent": "storyboard-compiler", **IDENTITY},
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

    async def keyed(
        self, method: str, url: str, content: str | None = None, most: int = MOST
    ) -> Answer:
        """Send one request with the key; the address is refused if it is not the provider's.

        `most` is how many bytes of the answer are read.
        """
        if not self.addresses.is_ours(url):
            return _foreign(url)
        own = {"Content-Type": "application/json"} if content is not None else {}
        headers = {**own, **self._key.header}
        return await self._send(self.pool, _Request(method, url, content, headers, most))

    async def submit(self, url: str, content: str, headers: Mapping[str, str]) -> Answer:
        """Send a paid request, with the key, over a connection of its own."""
        if not self.addresses.is_ours(url):
            return _foreign(url)
        every = {"Content-Type": "application/json", **headers, **self._key.header}
        return await self._send(self.single, _Request("POST", url, content, every))

    async def plain(
        self, method: str, url: str, content: bytes, headers: Mapping[str, str]
    ) -> Answer:
        """Send one request without the key."""
        return await self._send(self.pool, _Request(method, url, content, headers))

    async def _send(self, client: httpx.AsyncClient, request: _Request) -> Answer:
        async with self._places:
            try:
                asked = client.build_request(
                    request.method, request.url, content=request.content, headers=request.headers
                )
                got = await client.send(asked, stream=True)
                try:
                    return await whole(got, request.most)
                finally:
                    await got.aclose()
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
                return NotReached(self.words(error))
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                return NotReached(self.words(error))
            except BROKEN as error:
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

    def excerpt(self, response: httpx.Response) -> str:
        """Say what an unexpected answer was, in one line, without the key."""
        return excerpt(self._key, response)

    def clean(self, fault: Fault) -> Fault:
        """Take the key out of a fault: it is told, and kept in the journal."""
        return replace(fault, message=self.scrub(fault.message))


def _foreign(url: str) -> NotReached:
    return NotReached(f"{url} is not an address of the provider, and the key does not go there")
