"""What the engine asks of a backend that renders for money, and how a run comes to one."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from storyboard.catalogue import Catalogue, EndpointId
from storyboard.model import FileDigest
from storyboard.provider import answer
from storyboard.provider.facts import ProviderFacts
from storyboard.provider.ticket import Ticket


class Provider(Protocol):
    """A backend that renders for money. Each call is one try, and no call raises for bad luck."""

    @property
    def facts(self) -> ProviderFacts:
        """What is true of it; uploads and requests of one provider are unknown to another."""

    async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
        """Put a file's bytes where the provider can read them."""

    async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
        """Send exactly this JSON text, once."""

    async def status(self, ticket: Ticket) -> answer.Status:
        """Ask how a request stands."""

    async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
        """Ask for the result of a completed request."""

    async def download(
        self, url: str, to: Path, told: Callable[[float | None], None]
    ) -> answer.Download:
        """Write what stands at a public address to `to`."""

    async def sent(self, endpoint: EndpointId, since: datetime) -> answer.Listing:
        """List what the account sent to an endpoint."""

    async def cancel(self, ticket: Ticket) -> answer.Stopped:
        """Ask to cancel a request; asking again does no harm."""

    async def close(self) -> None:
        """Let go of connections; a later call opens new ones."""

    def longest_wait(self, endpoint: EndpointId) -> float:
        """Return how many seconds a request may take before it counts as lost."""


class NotReady(Exception):  # noqa: N818 -- told to users with exit code 7
    """A provider cannot be asked as the environment is. `code` has a page."""

    def __init__(self, code: str, message: str, help: str) -> None:  # noqa: A002 -- what it is everywhere else
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Access:
    """How a run comes to a provider: the door of its folder in `backends/` offers it as `ACCESS`.

    `check` raises `NotReady` unless the environment has a key, and addresses it may go to. `open`
    gives the provider until the block ends, for the requests of a catalogue; nothing is sent by it.
    """

    check: Callable[[Mapping[str, str]], None]
    open: Callable[[Mapping[str, str], Catalogue], AbstractAsyncContextManager[Provider]]
