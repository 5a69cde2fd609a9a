"""List what was spent, from the journal: by attempt, and summed by day, scene and film."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from storyboard.jobs import JobDigest, JobId
from storyboard.model import NOTHING, Usd
from storyboard.provider import Charge, RequestId
from storyboard.store.life import (
    Accepted,
    Finished,
    Life,
    amount_of,
    charge_of,
    order_of,
    request_of,
    start_of,
    units_of,
)

_NO_UNITS = 10**9

VOICES = "voices"
"""Stands where a scene would, for voices that were created."""


@dataclass(frozen=True, slots=True)
class Spent:
    """One attempt at a take of a job that cost something, or may have.

    `estimate` is the price it was sent at, `amount` what counts: the same, unless its end says
    that another amount was or may have been charged. `units` is what the provider says it billed,
    mostly seconds; `seconds` what was asked for, 0 for a voice. `open` tells that it is in flight.
    """

    job: JobId
    take: int
    day: date
    scene: str
    films: tuple[str, ...]
    charge: Charge
    estimate: Usd
    amount: Usd
    seconds: int
    units: Decimal | None
    request: RequestId | None
    open: bool

    @property
    def billed(self) -> Usd | None:
        """What the billed units come to at the price a second that it was sent at."""
        if self.units is None or not self.seconds:
            return None
        return Usd(self.estimate * self.units / self.seconds)


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of many attempts: paid or in flight, and what may have been paid besides."""

    paid: Usd
    possible: Usd


def spent(attempts: Mapping[JobDigest, Iterable[Life]]) -> tuple[Spent, ...]:
    """List all that cost something, or may have, in the order in which it was sent.

    What was adopted cost nothing here.
    """
    lives = [life for lives in attempts.values() for life in lives]
    lives.sort(key=lambda life: start_of(life).at)
    return tuple(_spent(life) for life in lives if charge_of(life) is not Charge.NONE)


def _spent(life: Life) -> Spent:
    order = order_of(life)
    return Spent(
        job=order.id,
        take=order.take,
        day=start_of(life).at.date(),
        scene=order.shots[0].partition("/")[0] if order.shots else VOICES,
        films=order.films,
        charge=charge_of(life),
        estimate=order.cost,
        amount=amount_of(life),
        seconds=order.seconds,
        units=_number(units_of(life)),
        request=request_of(life),
        open=isinstance(life, Accepted | Finished),
    )


def _number(text: str | None) -> Decimal | None:
    """Read what the provider said as it said it; None where it is no number of units."""
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    if number is None or not number.is_finite() or not 0 <= number < _NO_UNITS:
        return None
    return number


def summed(rows: Iterable[Spent], names: Callable[[Spent], tuple[str, ...]]) -> Mapping[str, Sum]:
    """Add up by name; what has several names is shared out equally among them."""
    paid: dict[str, Fraction] = {}
    possible: dict[str, Fraction] = {}
    for row in rows:
        among = names(row) or ("",)
        share = Fraction(row.amount) / len(among)
        for name in among:
            into = paid if row.charge is Charge.PAID else possible
            into[name] = into.get(name, Fraction(0)) + share
            (possible if into is paid else paid).setdefault(name, Fraction(0))
    return {name: Sum(_usd(paid[name]), _usd(possible[name])) for name in sorted(paid)}


def whole(rows: Iterable[Spent]) -> Sum:
    """Add up everything."""
    return summed(rows, lambda _row: ("all",)).get("all", Sum(NOTHING, NOTHING))


def _usd(amount: Fraction) -> Usd:
    return Usd(Decimal(amount.numerator) / Decimal(amount.denominator))
