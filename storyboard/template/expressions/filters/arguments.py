"""What a filter is given to the value it works on, or an error in the user's words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from storyboard.template.codes import FAILED
from storyboard.template.expressions.arithmetic import Number, as_number
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.value import a_kind, text_of

_SHOWN = 40
_MAX_DIGITS = 100


def failed(message: str, help_text: str | None = None) -> RenderError:
    """Return the error of a filter that has no answer."""
    return RenderError(Failure(FAILED, message, help_text))


def words(value: object, name: str) -> str:
    """Return the text that a filter works on: a text or a number; RenderError for others."""
    if isinstance(value, str):
        return value
    number = as_number(value)
    if number is not None:
        return text_of(number)
    str(value)  # raises in its own words where the value is missing
    raise failed(f"`{name}` works on a text, and this is {a_kind(value)}")


def amount(value: object, name: str) -> Number:
    """Return the exact number that a filter works on; a text is read when it is a plain number."""
    number = as_number(value)
    if number is not None:
        return number
    if isinstance(value, str):
        found = plain_number(value)
        if found is not None:
            return found
        what = f"`{shown(value)}` is none" if value.strip() else "this text is empty"
        raise failed(
            f"`{name}` works on a number, and {what}",
            "read prices as shops write them with `| price`",
        )
    str(value)  # raises in its own words where the value is missing
    raise failed(f"`{name}` works on a number, and this is {a_kind(value)}")


def plain_number(text: str) -> Number | None:
    """Read `42`, `-3`, `19.99`, `20 %`; None for anything else."""
    text = text.strip().removesuffix("%").strip()
    digits = text.removeprefix("-").removeprefix("+")
    if not digits or not digits.replace(".", "", 1).isdecimal() or len(digits) > _MAX_DIGITS:
        return None
    return int(text) if digits.isdecimal() else Decimal(text)


def items(value: object, name: str) -> tuple[object, ...]:
    """Return the items that a filter works on; RenderError for what is no list."""
    match value:
        case str():
            raise failed(
                f"`{name}` works on a list, and this is a string",
                'make a list of it: `| split(";")`',
            )
        case Mapping() | Iterable():
            return tuple(value)
        case _:
            str(value)
            raise failed(f"`{name}` works on a list, and this is {a_kind(value)}")


def shown(text: str) -> str:
    """Cut a text short for a message."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
