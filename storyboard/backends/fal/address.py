"""Where fal is, and which addresses may see the key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from storyboard.backends.fal.facts import OTHER_QUEUES
from storyboard.backends.http import Wire, is_safe
from storyboard.diagnostics import Code
from storyboard.provider import NotReady

QUEUE_URL = "STORYBOARD_FAL_QUEUE_URL"
REST_URL = "STORYBOARD_FAL_REST_URL"
API_URL = "STORYBOARD_FAL_API_URL"
BAD_ADDRESS = Code("SB816")

_QUEUE = "https://queue.fal.run"
_REST = "https://rest.fal.ai"
_API = "https://api.fal.ai"


class BadAddress(NotReady):
    """An address in the environment to which nothing is sent."""

    def __init__(self, name: str, address: str) -> None:
        super().__init__(
            BAD_ADDRESS,
            f"{name} is {address!r}: not an https address, nor one of this machine",
            f"unset {name}, or give it an address that begins with https://",
        )


@dataclass(frozen=True, slots=True)
class Addresses:
    """The bases of fal's queue, storage and platform API, without a slash at the end."""

    queue: str = _QUEUE
    rest: str = _REST
    api: str = _API

    def is_ours(self, url: str) -> bool:
        """Tell whether the key may go to an address: only to the three bases and fal's queues."""
        if not is_safe(url):
            return False
        host = urlsplit(url).netloc.lower()
        bases = {urlsplit(base).netloc.lower() for base in (self.queue, self.rest, self.api)}
        return host in bases or (self.queue == _QUEUE and host in OTHER_QUEUES)

    def to_queue(self, url: str) -> str:
        """Return an address that the queue gave; one of another host is asked for at the queue.

        An answer that names a foreign host must not lead the key there, and what was paid for
        must not be lost over it.
        """
        if self.is_ours(url):
            return url
        base, given = urlsplit(self.queue), urlsplit(url)
        path = base.path.rstrip("/") + given.path
        return urlunsplit((base.scheme, base.netloc, path, given.query, ""))

    def request(self, endpoint: str, request: str) -> str:
        """Build the address of a request whose own addresses were lost with the answer.

        It carries only owner and app, not the whole endpoint id.
        """
        app = "/".join(endpoint.split("/")[:2])
        return f"{self.queue}/{app}/requests/{quote(request, safe='')}"


FalWire: TypeAlias = Wire[Addresses]


def addresses_of(environment: Mapping[str, str]) -> Addresses:
    """Read the bases; fal's own where none is given.

    Raises:
        BadAddress: where one is not https and not on this machine.
    """
    found = {}
    for field, name, default in (
        ("queue", QUEUE_URL, _QUEUE),
        ("rest", REST_URL, _REST),
        ("api", API_URL, _API),
    ):
        address = (environment.get(name) or default).rstrip("/")
        if not is_safe(address):
            raise BadAddress(name, address)
        found[field] = address
    return Addresses(**found)
