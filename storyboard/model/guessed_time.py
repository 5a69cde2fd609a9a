"""Guess the time that a text of another form was meant to say: `2 s`, `2,5s`, `1:30`, `4 sec`."""

import re
from fractions import Fraction

from storyboard.model.time import clock, parse_time

_NUMBER = r"[0-9]{1,7}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9}"
_UNITS = {
    "ms": r"ms|msecs?|millis|milliseconds?",
    "m": r"m|mins?|minutes?|\u2032|'",
    "s": r"s|secs?|seconds?|sek|sekunden?|\u2033|\"",
    "f": r"f|fr|frames?|bilder",
}
_PART = re.compile(
    rf"(?P<number>{_NUMBER})\s*"
    "(?:"
    + "|".join(f"(?P<{unit}>(?:{words})(?![a-z]))" for unit, words in _UNITS.items())
    + r")\.?\s*(?:and|,)?\s*",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:0{1,2}:)?(?P<minutes>[0-9]{1,2}):(?P<seconds>[0-5]?[0-9](?:[.,][0-9]{1,9})?)"
)

_LEADING_ZERO = re.compile(r"^0(?=[0-9])")


def meant_time(text: str) -> str | None:
    """Return the text as a storyboard writes a time; None if nothing is likely to be meant."""
    text = text.strip()
    if told := _CLOCK.fullmatch(text):
        minutes = int(told["minutes"])
        return _known((f"{minutes}m" if minutes else "") + _number(told["seconds"]) + "s")
    if re.fullmatch(_NUMBER, text):
        return _known(f"{_number(text)}s")
    place, parts = 0, []
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            return None
        parts.append(_part(_number(part["number"]), part.lastgroup or ""))
        place = part.end()
    return _known("".join(parts))


def _part(number: str, unit: str) -> str:
    """Write a number with its unit; parts of a minute are seconds."""
    return clock(Fraction(number) * 60) if unit == "m" and "." in number else number + unit


def _number(text: str) -> str:
    """Write a number with a point, and a digit before it."""
    text = text.replace(",", ".")
    return f"0{text}" if text.startswith(".") else text


def _known(text: str) -> str | None:
    plain = _LEADING_ZERO.sub("", text)
    return plain if parse_time(plain, Fraction(1)) is not None else None
