"""The texts of levels, parts, loudness and money to exact numbers."""

import re
from decimal import Decimal

from storyboard.check.reading import number, text
from storyboard.model import Usd, parse_usd
from storyboard.source import Node

_NUMBER = r"[-+]?[0-9]{1,7}(?:\.[0-9]{1,9})?"
_LEVEL = re.compile(rf"({_NUMBER})\s?dB")
_LOUDNESS = re.compile(rf"({_NUMBER})(?:\s?LUFS)?")
_PERCENT = re.compile(rf"({_NUMBER})\s?%")
_PLAIN = re.compile(_NUMBER)


def decibels(node: Node | None, default: Decimal) -> Decimal:
    """Read `-18dB` or a number."""
    found = _LEVEL.fullmatch(text(node) or "")
    value = number(node)
    return Decimal(found[1]) if found else default if value is None else value


def loudness(node: Node | None) -> Decimal | None:
    """Read `-14 LUFS`; None for `off` and where nothing stands."""
    value = number(node)
    found = _LOUDNESS.fullmatch(text(node) or "")
    return value if value is not None else Decimal(found[1]) if found else None


def part(node: Node | None, default: Decimal) -> Decimal:
    """Read `0.5` or `50%`; what is not between none and all, which is an error, is the default."""
    value = number(node)
    written = text(node) or ""
    if value is None and (found := _PERCENT.fullmatch(written)):
        value = Decimal(found[1]) / 100
    if value is None and _PLAIN.fullmatch(written):
        value = Decimal(written)
    return value if value is not None and 0 <= value <= 1 else default


def dollars(node: Node | None) -> Usd | None:
    """Read `25 USD`, `$25` or a number; None where it is no amount of US dollars."""
    value = number(node)
    if value is not None:
        return Usd(value) if value >= 0 else None
    return parse_usd(text(node) or "")
