"""Two values and an operator to a value: decimal arithmetic that stays small.

Jinja reads `0.9` as a float; `19.99 * 0.9` is asked for prices and has to be exact.
"""

import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, DecimalException, localcontext
from typing import Any, TypeAlias

from storyboard.template.codes import FAILED, TOO_MUCH
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.meter import MAX_DIGITS, bounded
from storyboard.template.expressions.value import a_kind

Number: TypeAlias = int | Decimal

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
}
_PRECISE = Context(prec=50)
_MAX_EXPONENT = 64


def calculate(sign: str, left: object, right: object) -> str | Number | tuple[object, ...]:
    """Work out `left sign right`; RenderError where it has no value, or one without bounds."""
    if isinstance(left, str) and isinstance(right, str) and sign == "+":
        return bounded(left + right)
    if isinstance(left, tuple | list) and isinstance(right, tuple | list) and sign == "+":
        return (*left, *right)
    one, other = as_number(left), as_number(right)
    if one is None or other is None:
        raise _not_numbers(sign, left, right)
    if sign == "**" and not -_MAX_EXPONENT <= other <= _MAX_EXPONENT:
        raise RenderError(
            Failure(TOO_MUCH, f"{other} is too high a power; {_MAX_EXPONENT} is the most")
        )
    if sign == "/" and isinstance(one, int) and isinstance(other, int):
        one = Decimal(one)
    try:
        with localcontext(_PRECISE):
            result: Number = _OPERATORS[sign](one, other)
    except (ZeroDivisionError, DecimalException, OverflowError) as error:
        if not other:
            raise RenderError(Failure(FAILED, f"`{one} {sign} 0` has no value")) from error
        raise RenderError(Failure(FAILED, f"`{one} {sign} {other}` has no value")) from error
    return _small(result)


def as_number(value: object) -> Number | None:
    """Return the exact number that a value is; a text or a truth value is none."""
    match value:
        case bool():
            return None
        case int() | Decimal():
            return value
        case float():
            return Decimal(repr(value))
        case _:
            return None


def _small(number: Number) -> Number:
    digits = number.bit_length() // 3 if isinstance(number, int) else abs(number.adjusted())
    if digits > MAX_DIGITS:
        raise RenderError(Failure(TOO_MUCH, f"a number of more than {MAX_DIGITS:,} digits"))
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number


def _not_numbers(sign: str, left: object, right: object) -> RenderError:
    texts = isinstance(left, str) or isinstance(right, str)
    return RenderError(
        Failure(
            FAILED,
            f"`{sign}` does not work on {a_kind(left)} and {a_kind(right)}",
            "a column of a CSV is text: declare a variable of its name with `type: number`, or "
            "read it with `| price` or `| number_of`; join texts with `~`"
            if texts
            else None,
        )
    )
