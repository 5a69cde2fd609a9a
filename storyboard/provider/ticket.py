"""An accepted request, by what it can be asked about, and what may come of it."""

from dataclasses import dataclass
from typing import NewType, TypeAlias

RequestId = NewType("RequestId", str)
"""The provider's name for one accepted request."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """An accepted request: its id, whose it is, and where it is asked about.

    `provider` is the provider's name; `account` the label that the user has given to the account
    that sent it, None where there is none. `addresses` are named texts, in the order in which the
    backend gave them; nobody else can read them.
    """

    request: RequestId
    provider: str
    account: str | None
    addresses: tuple[tuple[str, str], ...]

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
