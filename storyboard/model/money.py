"""Exact money: US dollars as decimals."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NewType

Usd = NewType("Usd", Decimal)
"""US dollars, exact: 4 s at 0.392 are 1.568."""

NOTHING = Usd(Decimal(0))
# Digits are counted: a text of a million of them would take minutes to become a number.
_AMOUNT = r"([0-9]{1,8}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})"
_MONEY = re.compile(
    rf"\s*(?:(?:US)?\$\s?{_AMOUNT}(?:\s?USD)?|USD\s?{_AMOUNT}|{_AMOUNT}\s?(?:USD|US\$|\$)?)\s*",
    re.IGNORECASE,
)
_CENT = Decimal("0.01")
_CENT_PLACES = -2


def parse_usd(text: str) -> Usd | None:
    """Read `25 USD`, `$25`, `25`; None where it is no amount of US dollars."""
    found = _MONEY.fullmatch(text)
    if found is None:
        return None
    return Usd(Decimal(next(one for one in found.groups() if one).replace(",", "")))


def total(amounts: Iterable[Usd]) -> Usd:
    """Add up."""
    return Usd(sum(amounts, Decimal(0)))


def exact(amount: Usd) -> str:
    """Write an amount for programs: every digit that counts, at least two: `0.70`, `1.568`."""
    return f"{_plain(amount):f}"


def dollars(amount: Usd) -> str:
    """Write an amount for people, exactly: `1.568 USD`.

    In whole cents 1.344 would be less than what is paid, and no more than a bound of 1.34; and
    rounded amounts would not add up to their rounded sum.
    """
    return f"{_plain(amount):,f} USD"


def figures(amounts: Iterable[Usd]) -> tuple[str, ...]:
    """Write a column of amounts for people, its unit above it, exactly: `1.568`, `0.420`.

    All have the places after the point that the most exact one needs, at least two.
    """
    every = tuple(map(_plain, amounts))
    places = max(map(_places, every), default=2)
    return tuple(f"{one:,.{places}f}" for one in every)


def rounded(
    parts: Iterable[Usd | Fraction], whole: Usd, places: int = -_CENT_PLACES
) -> tuple[Usd, ...]:
    """Round amounts that add up to `whole` so that the rounded ones add up to it as well.

    They have `places` after the point, or as many as `whole` has. No amount is rounded by more
    than one unit of the last place.
    """
    unit = Fraction(1, 10 ** max(places, _places(_plain(whole))))
    every = [Fraction(one) / unit for one in parts]
    units = [floor(one) for one in every]
    missing = round(Fraction(whole) / unit) - sum(units)
    nearest = sorted(range(len(every)), key=lambda n: units[n] - every[n])
    for n in nearest[: max(0, missing)]:
        units[n] += 1
    return tuple(Usd(Decimal(one) * unit.numerator / unit.denominator) for one in units)


def _plain(amount: Usd) -> Decimal:
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    if isinstance(exponent, int) and exponent > _CENT_PLACES:
        plain = plain.quantize(_CENT)
    return plain


def _places(plain: Decimal) -> int:
    exponent = plain.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else -_CENT_PLACES
