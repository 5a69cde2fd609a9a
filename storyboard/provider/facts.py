"""What is true of a provider whatever it is asked, and whom of it a run asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

from storyboard.provider.ticket import Addresses, RequestId, Ticket

ACCOUNT = "STORYBOARD_ACCOUNT"


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What is true of a provider.

    `name` is how the journal calls it, for ever; `title` how people do. `former` is what earlier
    versions called it there: its address, `*` for any part of it. `dashboard` is the page on which
    the account sees its requests. `uploads_last` is how long an uploaded file is trusted to be
    there, `results_last` how long a result surely is. `longest_wait` is after how many seconds a
    request is lost where its endpoint does not say.
    """

    name: str
    title: str
    dashboard: str
    uploads_last: timedelta
    results_last: timedelta
    longest_wait: float
    former: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Tell whether a name in a journal is this provider's."""
        return name == self.name or any(fnmatchcase(name, one) for one in self.former)


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a run asks: a provider, and the label that the user has given to the account there."""

    facts: ProviderFacts
    label: str | None = None

    def has(self, provider: str, label: str | None) -> bool:
        """Tell whether what was recorded under a provider and a label can be asked for here.

        What was recorded without a label may be any account's. With a label it is that one's
        only: another key is told of nothing, which proves nothing.
        """
        return self.facts.is_called(provider) and label in {None, self.label}

    def ticket(self, request: RequestId, addresses: Addresses) -> Ticket:
        """Make the ticket of a request that was accepted, or found, here."""
        return Ticket(request, self.facts.name, self.label, addresses)


def account_label(environment: Mapping[str, str], project: str | None = None) -> str | None:
    """Return the label of the account in use: the environment's, else the project's."""
    return environment.get(ACCOUNT, "").strip() or project


def named(provider: str, label: str | None) -> str:
    """Name whose a request is, for people."""
    return f"account `{label}` at {provider}" if label else provider
