"""A number, or a text that says one, to an exact number."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from storyboard.template.expressions.arithmetic import Number, as_number
from storyboard.template.expressions.filters.arguments import (
    amount,
    failed,
    plain_number,
    shown,
    words,
)

if TYPE_CHECKING:
    from price_parser import Price

_MAX_PLACES = 20
_ARABIC_POINT = "\u066b"
_SIGNS = {
    **dict.fromkeys((0x2019, 0x02BC, 0x60, 0xB4), "'"),
    0x066C: "'",
    ord(_ARABIC_POINT): ".",
    0xFF0C: ",",
    0xFF0E: ".",
}
"""Signs between digits that say the same: those of Switzerland, of Arabic, and wide ones."""


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


def price(value: object, decimal: object = None) -> Number:
    """Read a price as shops write it: `1.299,00 €`, `$1,299.00`, `1299 kr`.

    `decimal` says which sign begins the cents where a text could be read both ways (`1.299`).
    """
    number = as_number(value)
    if number is not None:
        return number
    text = words(value, "price")
    sign = None if decimal is None else words(decimal, "price")
    found = _parsed(text, sign).amount if _has_digit(text) else None
    if found is None:
        what = f"`{shown(text)}`" if text.strip() else "an empty text"
        raise failed(f"{what} is no price", "leave such rows out with `where`, or mend the cell")
    exact = Decimal(found)
    return -exact if _is_negative(text) else exact


def currency(value: object) -> str:
    """Return the sign or code of a price's currency, as the text has it: `€`, `USD`, `kr`."""
    return str(_parsed(words(value, "currency"), None).currency or "")


def amount_in(text: str) -> Decimal | None:
    """Return the amount that a price states, without its sign; None where there is none."""
    found = _parsed(text, None).amount
    return None if found is None else Decimal(found)


def _parsed(text: str, sign: str | None) -> "Price":
    from price_parser import Price  # noqa: PLC0415 - 30 ms that storyboards without prices save

    point = "." if _ARABIC_POINT in text else None
    return Price.fromstring(text.translate(_SIGNS), decimal_separator=sign or point)


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _is_negative(text: str) -> bool:
    return text.strip().startswith(("-", "\u2212"))


__all__ = [
    "absolute",
    "amount_in",
    "currency",
    "integer",
    "number_of",
    "plain_number",
    "price",
    "rounded",
]
