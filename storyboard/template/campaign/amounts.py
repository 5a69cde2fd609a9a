"""A text to the prices and percentages that it states, number words among them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from text_to_num.lang import LANG
from text_to_num.transforms import alpha2digit

_NUMBER = r"\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_SIGN = r"€|\$|£|¥|￥|₹|zł|\bkr\b|\bUSD\b|\bEUR\b|\bGBP\b|\bCHF\b|\bSEK\b|\bJPY\b"
_WORD = r"euros?|dollars?|pounds?|francs?|franken|dólares|libras|kronor|reais|рубл\w*|bucks?"
_AND = r"(?:\s*(?:and|und|et|con|com|e|y|и)\s+|\s+)?"
_PERCENT = re.compile(
    rf"({_NUMBER})\s*(?:%|per\s?cent\b|percent\b|prozent\b|pour\s(?:cent|100)\b"
    r"|por\s?(?:ciento|cento|100)\b|per\s(?:cento|100)\b|pro[cs]ent\b|процент\w*)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:{_SIGN})\s?({_NUMBER})", re.IGNORECASE)
_BEHIND = re.compile(
    rf"({_NUMBER})\s?(?:{_SIGN}|(?:{_WORD})\b)(?:{_AND}(\d{{2}})(?!\d|\s*[%\d]))?", re.IGNORECASE
)
_SPOKEN = re.compile(r"(?<![\d.,])(\d{1,4}) (\d{2})(?!\d|%|[.,]\d)")
_LONGEST = 2_000
"""Characters of a text that are looked at: runs of digits take the square of their length."""
_ENDINGS = frozenset(("99", "95", "90", "98", "89", "79", "49", "50"))
"""How prices end: `twenty twenty-four` is a year, `nineteen ninety-nine` is none."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Prices and percentages, exact, each with the words that state it."""

    prices: tuple[tuple[Decimal, str], ...] = ()
    percents: tuple[tuple[Decimal, str], ...] = ()


@lru_cache(maxsize=20_000)
def amounts_in(text: str, language: str) -> Amounts:
    """Find what a text states; `language` is that of its number words (`de`, `en`, …)."""
    plain = _digits(text[:_LONGEST], language)
    percents = tuple((_read(found[1]), found[0].strip()) for found in _PERCENT.finditer(plain))
    prices = [(_read(found[1]), found[0].strip()) for found in _BEFORE.finditer(plain)]
    for found in _BEHIND.finditer(plain):
        cents = Decimal(f"0.{found[2]}") if found[2] and "." not in found[1] else Decimal(0)
        prices.append((_read(found[1]) + cents, found[0].strip()))
    if plain != text and not prices:
        spoken = ((found[1], found[2]) for found in _SPOKEN.finditer(plain))
        prices += [
            (Decimal(f"{whole}.{cents}"), f"{whole}.{cents}")
            for whole, cents in spoken
            if cents in _ENDINGS
        ]
    return Amounts(tuple(prices), percents)


def _digits(text: str, language: str) -> str:
    """Write number words as digits, where the language is one that is known."""
    short = language.replace("_", "-").partition("-")[0].lower()
    if short not in LANG:
        return text
    return str(alpha2digit(text, short))


def _read(text: str) -> Decimal:
    # With it come Babel and Jinja, and most films state no amount.
    from storyboard.template.expressions.filters.prices import (  # noqa: PLC0415 -- the reason is above
        amount_in,
    )

    return amount_in(text) or Decimal(0)
