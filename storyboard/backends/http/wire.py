"""Requests over httpx, with what their failures prove: not sent, or not known."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

import httpx

from storyboard.backends.http.address import is_safe
from storyboard.backends.http.bounded import IDENTITY, MOST, whole
from storyboard.backends.http.key import Key
from storyboard.backends.http.network import Network
from storyboard.backends.http.reading import excerpt, well_formed
from storyboard.backends.http.route import Plain, Routed
from storyboard.provider import Fault

_AT_ONCE = 6
TIMEOUT = httpx.Timeout(60.0, connect=15.0, pool=None)
_LONGEST = 300.0
"""Seconds for a whole question and its answer: one that trickles in is ended."""

_LEAST_SPEED = 8192
"""Bytes a second that an upload must reach; it has so much more time than a question."""


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
        self, key: Key, addresses: HostsT_co, means: Network | httpx.AsyncBaseTransport
    ) -> None:
        """Open nothing yet. `means` is the network, or what stands in for it in tests."""
        self._addresses = addresses
        self._key = key
        self._means = means
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
                transport=Plain(self._transport(limits)),
                follow_redirects=False,
                trust_env=False,  # proxies and certificates are in `means`, and were looked at
            )
        return self._clients[use]

    def _transport(self, limits: httpx.Limits) -> httpx.AsyncBaseTransport:
        return Routed(self._means, limits) if isinstance(self._means, Network) else self._means

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
        try:
            built = client.build_request(
                request.method, request.url, content=request.content, headers=request.headers
            )
            usable = is_safe(request.url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            return NotReached(self.words(error))
        if not usable:
            told = self.scrub(request.url)
            return NotReached(f"{told} is not an address to which anything is sent")
        async with self._places:
            return await self._sent(client, built, request.most)

    async def _sent(self, client: httpx.AsyncClient, request: httpx.Request, most: int) -> Answer:
        size = int(request.headers.get("content-length", "0"))
        try:
            async with asyncio.timeout(_LONGEST + size / _LEAST_SPEED):
                got = await client.send(request, stream=True)
                try:
                    return await whole(got, most)
                finally:
                    await got.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            return NotReached(self.words(error))
        except Exception as error:  # noqa: BLE001 - see below
            # A read or write that failed, a broken answer or TLS record, a proxy's fault, or what
            # nobody has thought of: the server may have the whole request all the same. Only the
            # three above prove that it has not, so nothing else may look like them or end the run.
            return NoAnswer(self.words(error))

    def words(self, error: Exception) -> str:
        """Say what an error is, without the key."""
        said = well_formed(str(error)) or "no more was said"
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
