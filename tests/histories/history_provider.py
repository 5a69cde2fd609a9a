"""A provider that charges by the second and keeps a ledger of what was asked in which words."""

import json
import sys
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "render"))

from history_board import A_SECOND
from render_fakes import FakeFal, Sent

from storyboard.catalogue import EndpointId
from storyboard.provider import Charge, Ticket


@dataclass(frozen=True, slots=True)
class Charged:
    """A request that was charged, or may have been, and what it was for, shot by shot.

    `clip` is the digest of what came back, None if nothing did.
    """

    request: str
    asked: tuple[tuple[str, int], ...]
    price: Decimal
    clip: str | None


class Provider(FakeFal):
    """A provider for histories: the clip of a request is as long as its shots together."""

    def _accept(self, endpoint: EndpointId, body: str, word: str) -> Ticket:
        ticket = FakeFal._accept(self, endpoint, body, word)  # noqa: SLF001 -- its own
        sent = self.requests[ticket.request]
        sent.seconds = str(sum(seconds for _, seconds in asked_in(sent.text)))
        return ticket

    @property
    def ledger(self) -> tuple[Charged, ...]:
        """Everything that was charged, or may have been, in the order in which it was accepted."""
        return tuple(
            _charged(one)
            for one in self.requests.values()
            if one.fault is None or one.fault.charge is not Charge.NONE
        )


def asked_in(body: str) -> tuple[tuple[str, int], ...]:
    """Return the words and seconds of each shot that a request asks for."""
    fields = json.loads(body)
    parts = fields.get("multi_prompt") or [fields]
    return tuple((one["prompt"], int(one["duration"])) for one in parts)


def _charged(sent: Sent) -> Charged:
    asked = asked_in(sent.text)
    clip = b"clip %s of %s" % (sent.seconds.encode(), sent.id.encode())
    price = A_SECOND * sum(seconds for _, seconds in asked)
    return Charged(sent.id, asked, price, sha256(clip).hexdigest() if sent.fault is None else None)
