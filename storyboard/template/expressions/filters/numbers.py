"""A number, or a text that says one, to an exact number; a price to its currency."""

from decimal import ROUND_HALF_UP, Decimal

from storyboard.template.expressions.arithmetic import Number
from storyboard.template.expressions.currency_signs import currency_in
from storyboard.template.expressions.filters.arguments import amount, failed, plain_number, words

_MAX_PLACES = 20


def absolute(value: object) -> Number:
    """Return the number without its sign."""
    number = amount(value, "abs")
    return -number if number < 0 else number


def integer(value: object) -> int:
    """Return the whole number, cut off at the point."""
    return int(amount(value, "int"))


def number_of(value: object) -> Number:
    """Read a plain number: `42`, `19.99`, `20 %`."""
    return amount(value, "number_of")


def rounded(value: object, places: object = 0) -> Number:
    """Round to so many places, half up."""
    number, wanted = amount(value, "round"), int(amount(places, "round"))
    if abs(wanted) > _MAX_PLACES:
        raise failed(f"`round` takes at most {_MAX_PLACES} places")
    result = Decimal(number).quantize(Decimal(1).scaleb(-wanted), ROUND_HALF_UP)
    return int(result) if wanted <= 0 else result


def currency(value: object) -> str:
    """Return the sign or code of a price's currency, as the text has it: `€`, `USD`, `kr`."""
    text = words(value, "currency")
    return currency_in(text) or _rare_sign(text)


def _rare_sign(text: str) -> str:
    from price_parser import Price  # noqa: PLC0415 - 30 ms that storyboards without prices save

    return str(Price.fromstring(text).currency or "")


__all__ = [
    "absolute",
    "currency",
    "integer",
    "number_of",
    "plain_number",
    "rounded",
]
