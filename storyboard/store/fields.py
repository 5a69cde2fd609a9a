"""Read the fields of a journal row, and refuse what they may not be.

A journal comes with a project, so it may have been written by anyone. What is read from it becomes
names of files, amounts of money and words on a terminal, so each field is checked here. Fields that
are not asked for are left alone: a later version may have written them.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from storyboard.model import Usd

Fields: TypeAlias = Mapping[str, Any]

UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What reading a field raises if it is not what it must be."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_ATTEMPT = re.compile(r"[0-9a-f]{1,64}")
_KIND = re.compile(r"[a-z][a-z-]{0,31}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_MOST = 10**9
_FINEST = -100
_LONGEST = 64
"""Digits of a fraction; a longer one takes time and room, and no clip has it."""


def object_of(text: str) -> Fields:
    """Read a JSON object."""
    data = json.loads(text)
    if not isinstance(data, dict):
        raise TypeError("it is not a JSON object")
    return data


def nested(data: Fields, name: str) -> Fields:
    """Read an object in an object."""
    found = data[name]
    if not isinstance(found, dict):
        raise TypeError(f"{name} is not an object")
    return found


def text(data: Fields, name: str) -> str:
    """Read a text."""
    found = data[name]
    if not isinstance(found, str):
        raise TypeError(f"{name} is not a text")
    return found


def text_or_none(data: Fields, name: str) -> str | None:
    """Read a text that may be missing or null."""
    return None if data.get(name) is None else text(data, name)


def texts(data: Fields, name: str) -> tuple[str, ...]:
    """Read a list of texts."""
    found = data[name]
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError(f"{name} is not a list of texts")
    return tuple(found)


def addresses(data: Fields, name: str) -> tuple[tuple[str, str], ...]:
    """Read named texts, in their order."""
    found = nested(data, name)
    return tuple((key, text(found, key)) for key in found)


def json_text(data: Fields, name: str) -> str:
    """Read a text that is a JSON object itself."""
    found = text(data, name)
    object_of(found)
    return found


def whole(data: Fields, name: str) -> int:
    """Read a number that counts something."""
    found = data[name]
    if isinstance(found, bool) or not isinstance(found, int) or found < 0:
        raise TypeError(f"{name} is not a number of things")
    return found


def ordinal(data: Fields, name: str) -> int:
    """Read a place in a row, counted from 1."""
    found = whole(data, name)
    if not found:
        raise ValueError(f"{name} is counted from 1")
    return found


def flag(data: Fields, name: str) -> bool:
    """Read a yes or no."""
    found = data[name]
    if not isinstance(found, bool):
        raise TypeError(f"{name} is not true or false")
    return found


def usd(data: Fields, name: str) -> Usd:
    """Read an amount of money: finite, not negative, and of a sane size."""
    amount = Decimal(text(data, name))
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _FINEST or not 0 <= amount < _MOST:
        raise ValueError(f"{name} is not an amount: {amount}")
    return Usd(amount)


def usd_or_none(data: Fields, name: str) -> Usd | None:
    """Read an amount that may be missing."""
    return None if data.get(name) is None else usd(data, name)


def fraction(data: Fields, name: str) -> Fraction:
    """Read a fraction that is not negative, like `24000/1001`."""
    return _fraction(text(data, name), name)


def fractions(data: Fields, name: str) -> tuple[Fraction, ...]:
    """Read a list of such fractions."""
    return tuple(_fraction(one, name) for one in texts(data, name))


def _fraction(found: str, name: str) -> Fraction:
    if len(found) > _LONGEST or "e" in found.lower() or (value := Fraction(found)) < 0:
        raise ValueError(f"{name} is not a fraction that can be")
    return value


def digest(data: Fields, name: str) -> str:
    """Read the SHA-256 of a file: 64 lower-case hex digits. It becomes a file's name."""
    return checked_digest(text(data, name))


def digests(data: Fields, name: str) -> tuple[str, ...]:
    """Read a list of SHA-256 digests."""
    return tuple(checked_digest(one) for one in texts(data, name))


def suffix(data: Fields, name: str) -> str:
    """Read a file's suffix, which becomes a part of its name."""
    found = text(data, name)
    if not _SUFFIX.fullmatch(found):
        raise ValueError(f"{name} is not a file's suffix: {found!r}")
    return found


def checked_digest(found: str) -> str:
    """Return a digest; 64 lower-case hex digits, or it is none."""
    if not _DIGEST.fullmatch(found):
        raise ValueError(f"{found!r} is not a digest")
    return found


def checked_attempt(found: str) -> str:
    """Return an attempt's id, lower-case hex digits. It becomes a file's name."""
    if not _ATTEMPT.fullmatch(found):
        raise ValueError(f"{found!r} is not the id of an attempt")
    return found


def checked_kind(found: str) -> str:
    """Return a kind of row: a word or several, which may be shown on a terminal."""
    if not _KIND.fullmatch(found):
        raise ValueError(f"{found!r} is not a kind of row")
    return found


def time(found: str) -> datetime:
    """Read a point of time; one without a zone cannot be compared with others."""
    at = datetime.fromisoformat(found)
    if at.tzinfo is None:
        raise ValueError(f"the time {found!r} has no zone")
    return at
