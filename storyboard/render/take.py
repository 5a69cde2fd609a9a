"""Record a request of the account's list for the one attempt that it may be of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storyboard.jobs import JobDigest
from storyboard.provider import Account, ProviderFacts, RequestId
from storyboard.provider.answer import Seen
from storyboard.render.ledger import Ledger
from storyboard.store import key_of
from storyboard.store.life import Accepted, Life, Unknown, order_of, provider_of, request_of
from storyboard.store.problem import Conflict


@dataclass(frozen=True, slots=True)
class BeingSent:
    """A request in the list fits, but one with an equal body is being answered right now."""


BEING_SENT = BeingSent()


@dataclass(frozen=True, slots=True)
class Taker:
    """Takes requests out of a list, each for one attempt.

    `taken` are requests of this account's provider that some attempt has, as far as this process
    knows; the journal knows what others took.
    """

    ledger: Ledger
    here: Account
    taken: set[RequestId]
    now: Callable[[], datetime]

    async def take(
        self, life: Unknown, find: Callable[[], Seen | None]
    ) -> Accepted | BeingSent | None:
        """Record what `find` finds as the attempt's own; None if it finds nothing.

        A request is in a list only if its intent was in the journal before. So one whose answer is
        still awaited, in whatever living run, is seen here, and is not mistaken for a lost one.

        Raises:
            Conflict: another run has gone on with the take.
        """
        order = order_of(life)
        while (seen := find()) is not None:
            if await self.ledger.read(lambda: self.ledger.store.is_being_sent(order)):
                return BEING_SENT
            self.taken.add(seen.request)
            step = Accepted(life, self.here.ticket(seen.request, seen.addresses), self.now())
            try:
                return await self.ledger.record(step)
            except Conflict:
                if await self.ledger.latest(key_of(order)) != life:
                    self.taken.discard(seen.request)
                    raise
                # Another attempt has that very request; perhaps there is one more.
        return None


def taken_requests(
    attempts: Mapping[JobDigest, Iterable[Life]], provider: ProviderFacts
) -> set[RequestId]:
    """Return the requests of a provider that attempts have; another one's ids are its own."""
    return {
        request
        for lives in attempts.values()
        for life in lives
        if (request := request_of(life)) is not None and _may_be_at(provider, provider_of(life))
    }


def _may_be_at(provider: ProviderFacts, name: str | None) -> bool:
    return name is None or provider.is_called(name)
