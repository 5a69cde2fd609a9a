"""fal behind the engine's port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx

from storyboard.backends.fal import queue, requests, storage
from storyboard.backends.fal.address import Addresses, FalWire, addresses_of
from storyboard.backends.fal.facts import facts_at
from storyboard.backends.fal.key import key_of
from storyboard.backends.http import Key, Network, Wanted, Wire, download, network_of
from storyboard.catalogue import Catalogue, EndpointId
from storyboard.model import FileDigest
from storyboard.provider import Access, ProviderFacts, Ticket, answer

_DOWNLOADS = 6
_UPLOADS = 4


class Fal:
    """The paid backend. See `provider.Provider` for what each call promises."""

    def __init__(
        self, wire: FalWire, waits: Mapping[EndpointId, float], facts: ProviderFacts
    ) -> None:
        self._wire = wire
        self._facts = facts
        self._waits = waits
        self._gates()

    def _gates(self) -> None:
        self._downloads = asyncio.Semaphore(_DOWNLOADS)
        self._uploads = asyncio.Semaphore(_UPLOADS)

    @property
    def facts(self) -> ProviderFacts:
        """What is true of fal, or of the stand-in that it sends to."""
        return self._facts

    async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
        """Put a file's bytes at fal."""
        async with self._uploads:
            return await storage.upload(self._wire, file, digest)

    async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
        """Send a paid request, once."""
        return await queue.submit(self._wire, endpoint, body)

    async def status(self, ticket: Ticket) -> answer.Status:
        """Ask how a request stands."""
        return await queue.status(self._wire, ticket)

    async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
        """Fetch the result of a completed request."""
        return await queue.result(self._wire, ticket, ended)

    async def download(
        self, url: str, to: Path, told: Callable[[float | None], None]
    ) -> answer.Download:
        """Write what stands at a public address to a file, without the key."""
        return await download(self._wire, url, Wanted(to, told), self._downloads)

    async def sent(self, endpoint: EndpointId, since: datetime) -> answer.Listing:
        """List what the account sent to an endpoint."""
        return await requests.sent(self._wire, endpoint, since)

    async def cancel(self, ticket: Ticket) -> answer.Stopped:
        """Ask to cancel a request."""
        return await queue.cancel(self._wire, ticket)

    async def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        await self._wire.close()
        self._gates()  # they belong to the event loop that waited at them

    def longest_wait(self, endpoint: EndpointId) -> float:
        """Return how many seconds a request may take before it counts as lost."""
        return self._waits.get(endpoint, self._facts.longest_wait)


@asynccontextmanager
async def open_fal(
    environment: Mapping[str, str], catalogue: Catalogue, facts: ProviderFacts | None = None
) -> AsyncIterator[Fal]:
    """Open fal with the key and the addresses of an environment. Nothing is sent by this.

    `facts` None are those of the queue that the environment names.

    Raises:
        MissingKey: where there is no key.
        BadAddress: where an address is not https and not on this machine.
        BadNetwork: where a proxy or certificates that it names cannot be used.
    """
    key, addresses, network = settings_of(environment)
    provider = connect(key, addresses, catalogue, network, facts)
    try:
        yield provider
    finally:
        await provider.close()


def settings_of(environment: Mapping[str, str]) -> tuple[Key, Addresses, Network]:
    """Read all that fal is reached with, so that nothing of it fails once something was sent.

    Raises:
        MissingKey: where there is no key.
        BadAddress: where an address is not https and not on this machine.
        BadNetwork: where a proxy or certificates that it names cannot be used.
    """
    return key_of(environment), addresses_of(environment), network_of(environment)


def connect(
    key: Key,
    addresses: Addresses,
    catalogue: Catalogue,
    means: Network | httpx.AsyncBaseTransport,
    facts: ProviderFacts | None = None,
) -> Fal:
    """Make the backend; `close` it when done. `means` is the network, or stands in for it."""
    waits = {one.id: float(one.longest_wait) for one in catalogue.endpoints}
    return Fal(Wire(key, addresses, means), waits, facts or facts_at(addresses.queue))


def check(environment: Mapping[str, str]) -> None:
    """Make sure that there is a key, that it may go where the environment says, and can.

    Raises:
        MissingKey: where there is no key.
        BadAddress: where an address is not https and not on this machine.
        BadNetwork: where a proxy or certificates that it names cannot be used.
    """
    settings_of(environment)


ACCESS = Access(check, open_fal)
