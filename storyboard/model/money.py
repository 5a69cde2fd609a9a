"""Exact money: US dollars as decimals."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
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


def in_full(amount: Usd) -> str:
    """Write an amount that is agreed to, or held against another, for people: `1.568 USD`.

    In whole cents 1.344 would be less than what is paid, and no more than a bound of 1.34.
    """
    return f"{_plain(amount):,f} USD"


def _plain(amount: Usd) -> Decimal:
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    if isinstance(exponent, int) and exponent > _CENT_PLACES:
        plain = plain.quantize(_CENT)
    return plain


def dollars(amount: Usd) -> str:
    """Write an amount for people, in whole cents: `1.57 USD`."""
    return f"{in_cents(amount)} USD"


def in_cents(amount: Usd) -> str:
    """Write an amount for people where its unit is written above it, in whole cents: `1.57`."""
    return f"{amount.quantize(_CENT, ROUND_HALF_UP):,f}"
