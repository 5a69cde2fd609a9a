"""An accepted request, by what it can be asked about, and what may come of it."""

from dataclasses import dataclass
from typing import NewType, TypeAlias

RequestId = NewType("RequestId", str)
"""The provider's name for one accepted request."""

Addresses: TypeAlias = tuple[tuple[str, str], ...]
"""Named texts, in the order in which a backend gave them; nobody else can read them."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An accepted request: its id, whose it is, and where it is asked about.

    `provider` is the provider's name; `account` the label that the user has given to the account
    that sent it, None where there is none.
    """

    request: RequestId
    provider: str
    account: str | None
    addresses: Addresses

    def address(self, name: str) -> str:
        """Return the address of a name; empty where the backend gave none."""
        return dict(self.addresses).get(name, "")


@dataclass(frozen=True, slots=True)
class Media:
    """A result to be downloaded."""

    url: str


@dataclass(frozen=True, slots=True)
class VoiceMade:
    """A result that is only a name: the voice's id at the provider."""

    id: str


Product: TypeAlias = Media | VoiceMade
