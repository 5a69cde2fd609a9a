"""Two values and a comparison to a truth value; a text and a number do not compare."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from storyboard.template.codes import FAILED
from storyboard.template.expressions.arithmetic import as_number
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.value import a_kind, token

_SIGNS = {
    "==": "eq", "equalto": "eq", "!=": "ne", "<": "lt", "lessthan": "lt", "<=": "lteq",
    "le": "lteq", ">": "gt", "greaterthan": "gt", ">=": "gteq", "ge": "gteq",
}  # fmt: skip
_SHOWN = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def compared(value: object, *steps: object) -> bool:
    """Compare a chain: a value, then a comparison's name and the next value, in turn."""
    here = value
    for name, other in zip(steps[::2], steps[1::2], strict=True):
        if not compare(str(name), here, other):
            return False
        here = other
    return True


def compare(name: str, one: object, other: object) -> bool:
    """Compare by Jinja's name of the comparison (`eq`, `lteq`, `in`, …)."""
    match name:
        case "in":
            return _holds(other, one)
        case "notin":
            return not _holds(other, one)
        case "eq":
            return _equal(name, one, other)
        case "ne":
            return not _equal(name, one, other)
        case _:
            return _ordered(name, one, other)


def holds(test: str, one: object, other: object) -> bool:
    """Tell whether a value passes a test by name or sign: `true`, `==`, `in`, `>`."""
    if test == "true":
        return bool(one)
    name = _SIGNS.get(test, test)
    if name not in (*_SHOWN, "in", "notin"):
        raise RenderError(Failure(FAILED, f"`{test}` is no test", "use ==, !=, <, <=, > or >="))
    return compare(name, one, other)


def _equal(name: str, one: object, other: object) -> bool:
    left, right = as_number(one), as_number(other)
    if left is not None and right is not None:
        return left == right
    if (isinstance(one, str) and right is not None) or (
        isinstance(other, str) and left is not None
    ):
        raise _mixed(name, one, other)
    return token(one) == token(other)


def _ordered(name: str, one: object, other: object) -> bool:
    left, right = as_number(one), as_number(other)
    if left is not None and right is not None:
        return _ORDERS[name](left, right)
    if isinstance(one, str) and isinstance(other, str):
        return _ORDERS[name](one, other)
    raise _mixed(name, one, other)


def _holds(whole: object, part: object) -> bool:
    match whole:
        case str() if isinstance(part, str):
            return part in whole
        case Mapping():
            return part in whole
        case tuple() | list():
            return any(token(item) == token(part) for item in whole)
        case _:
            str(whole)  # raises in its own words where the value is missing
            raise RenderError(Failure(FAILED, f"{a_kind(part)} cannot be in {a_kind(whole)}"))


def _mixed(name: str, one: object, other: object) -> RenderError:
    for value in (one, other):
        str(value)  # raises in its own words where the value is missing
    return RenderError(
        Failure(
            FAILED,
            f"`{_SHOWN[name]}` does not compare {a_kind(one)} with {a_kind(other)}",
            "a column of a CSV is text: declare a variable of its name with `type: number`, or "
            "read it with `| price` or `| number_of`",
        )
    )
