"""A plain scalar's text to its value, by the core rules of YAML 1.2."""

import re
from collections.abc import Callable
from decimal import Decimal

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_FIRST_OF_NUMBERS = frozenset("0123456789.+-")
_MOST_DIGITS = 40
"""More than any number here needs, and few enough that none takes time or memory to work with."""


class TooLargeError(ValueError):
    """A number that is infinite, no number, or has more digits than anything here needs."""


def resolve(text: str) -> str | int | Decimal | bool | None:
    """Return what a plain scalar means; TooLargeError for `.inf`, `.nan` and `1e999`."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _FIRST_OF_NUMBERS:
        return text
    for pattern, convert in _NUMBERS:
        if pattern.fullmatch(text):
            return convert(text)
    return text


def meant_truth(text: str) -> str | None:
    """Return `true` or `false` for a word that other programs, and YAML 1.1, take for it."""
    word = text.strip().lower()
    if word in {"true", "yes", "on", "y"}:
        return "true"
    return "false" if word in {"false", "no", "off", "n"} else None


def _whole(text: str) -> int:
    return _integer(text, 10)


def _octal(text: str) -> int:
    return _integer(text[2:], 8)


def _hexadecimal(text: str) -> int:
    return _integer(text[2:], 16)


def _not_finite(text: str) -> int:
    raise TooLargeError(text)


def _integer(digits: str, base: int) -> int:
    if len(digits) > _MOST_DIGITS:
        raise TooLargeError(digits)
    return int(digits, base)


def _decimal(text: str) -> Decimal:
    """Read a decimal exactly; a long exponent is refused before anything expands it."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _MOST_DIGITS or abs(_integer(exponent or "0", 10)) > _MOST_DIGITS:
        raise TooLargeError(text)
    return Decimal(text)


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], int | Decimal]], ...] = (
    (re.compile(r"[-+]?[0-9]+"), _whole),
    (re.compile(r"0o[0-7]+"), _octal),
    (re.compile(r"0x[0-9a-fA-F]+"), _hexadecimal),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), _decimal),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), _not_finite),
)
