"""Write numbers of things and decimals as people read them."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction


def counted(count: int, noun: str, nouns: str | None = None) -> str:
    """Write a number with its noun: `1 byte`, `2,000 bytes`. `nouns` is a plural without `s`."""
    return f"{count:,} {noun if count == 1 else nouns or f'{noun}s'}"


def decimal(value: Fraction | Decimal | int, *, above: int | None = None) -> str:
    """Write a number with at most one decimal, a half rounded up: 17.25 is `17.3`, 17 is `17`.

    A value over `above`, a limit, is never written like the limit itself: 17.01 is `17.1`.
    """
    exact = Fraction(value)
    tenths = _rounded(exact, ROUND_HALF_UP)
    if above is not None and exact > above >= tenths:
        tenths = _rounded(exact, ROUND_CEILING)
    return f"{tenths.normalize():f}"


def _rounded(value: Fraction, rounding: str) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), rounding=rounding)
