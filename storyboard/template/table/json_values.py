"""JSON text to values, with the place of each key's value in the outermost objects."""

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from storyboard.source import find_half
from storyboard.template.expressions.value import Value

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_WORD = re.compile(r"true|false|null")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}
_MAX_DEPTH = 50
_MAX_DIGITS = 1000


class JsonError(ValueError):
    """The text is not JSON; `index` is where it stops to be."""

    def __init__(self, message: str, index: int) -> None:
        """Say what was expected, and where."""
        super().__init__(message)
        self.index = index


@dataclass(frozen=True, slots=True)
class Placed:
    """A value, and where it stands; `inner` are an object's values or a list's items."""

    value: Value
    start: int
    end: int
    inner: tuple[tuple[str, "Placed"], ...] = ()


def parse(text: str, start: int = 0) -> Placed:
    """Read one JSON value that ends where the text ends; JsonError where there is none."""
    found = _value(text, _skip(text, start), 0)
    end = _skip(text, found.end)
    if end < len(text):
        raise JsonError("something stands after the end", end)
    return found


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, depth: int) -> Placed:
    if depth > _MAX_DEPTH:
        raise JsonError("this is nested too deep", at)
    match text[at : at + 1]:
        case "{":
            return _object(text, at, depth)
        case "[":
            return _list(text, at, depth)
        case '"':
            return _string(text, at)
        case _:
            return _plain(text, at)


def _string(text: str, at: int) -> Placed:
    found = _STRING.match(text, at)
    if found is None:
        raise JsonError("this text does not end, or has an escape that JSON has not", at)
    value = json.loads(found[0])
    if find_half(value):
        raise JsonError("an escape in this text stands for half a character", at)
    return Placed(value, at, found.end())


def _plain(text: str, at: int) -> Placed:
    if word := _WORD.match(text, at):
        return Placed(_WORDS[word[0]], at, word.end())
    number = _NUMBER.match(text, at)
    if number is None:
        raise JsonError("a value is expected here", at)
    if len(number[0]) > _MAX_DIGITS:
        raise JsonError("this number is too long", at)
    whole = number[0].lstrip("-").isdecimal()
    try:
        return Placed(int(number[0]) if whole else Decimal(number[0]), at, number.end())
    except InvalidOperation:
        raise JsonError("this is no number to work with", at) from None


def _list(text: str, at: int, depth: int) -> Placed:
    items: list[Placed] = []
    here = _skip(text, at + 1)
    while text[here : here + 1] != "]":
        if items:
            here = _after(text, here, ",")
        items.append(_value(text, here, depth + 1))
        here = _skip(text, items[-1].end)
    inner = tuple(("", item) for item in items)
    return Placed(tuple(item.value for item in items), at, here + 1, inner)


def _object(text: str, at: int, depth: int) -> Placed:
    entries: dict[str, Placed] = {}
    here = _skip(text, at + 1)
    while text[here : here + 1] != "}":
        if entries:
            here = _after(text, here, ",")
        if text[here : here + 1] != '"':
            raise JsonError("a key in double quotes is expected here", here)
        key = _string(text, here)
        name = str(key.value)
        if name in entries:
            raise JsonError(f"the key `{name}` stands twice", here)
        here = _after(text, _skip(text, key.end), ":")
        entries[name] = _value(text, here, depth + 1)
        here = _skip(text, entries[name].end)
    values = {name: one.value for name, one in entries.items()}
    return Placed(values, at, here + 1, tuple(entries.items()))


def _after(text: str, at: int, sign: str) -> int:
    if text[at : at + 1] != sign:
        raise JsonError(f"`{sign}` is expected here", at)
    return _skip(text, at + 1)
