"""Read prices as shops write them, each column of a table in one way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from storyboard.template.codes import DOUBTFUL_PRICE
from storyboard.template.expressions.arithmetic import Number, as_number
from storyboard.template.expressions.currency_signs import (
    codes_of,
    currency_in,
    has_thousandths,
    is_written_with_point,
)
from storyboard.template.expressions.failure import Failure
from storyboard.template.expressions.filters.arguments import failed, shown, words
from storyboard.template.expressions.numerals import Numeral, numerals_in, plain

_MINUS = ("-", "\u2212")
_PART = re.compile(r"[^\W\d_]+|[^\w\s.,·']|[_\s]")
_CENT_SIGNS = frozenset("¢￠")
_CENTS = 100
_POINTS = frozenset((".", ","))
_LONGEST = 80
"""Characters of a cell that may be a price; longer ones do not tell how a column writes."""
_MOST_SHOWN = 4
_THREE = 3
_EMPTY = frozenset[str]()


@dataclass(slots=True)
class _Habit:
    """How a column writes prices: the signs that begin decimals, in all cells and by currency.

    `thousandths`: some of them have three decimals.
    """

    points: set[str] = field(default_factory=set)
    by_currency: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    thousandths: bool = False

    def add(self, text: str) -> None:
        """Learn from a cell that is one price and can be read in one way only."""
        found = numerals_in(plain(text))
        if len(found) != 1 or (point := found[0].point) not in _POINTS:
            return
        self.points.add(point)
        self.thousandths |= found[0].decimals == _THREE
        self.by_currency.setdefault(codes_of(currency_in(text)), set()).add(point)

    def chosen(self, sign: str, codes: tuple[str, ...]) -> tuple[bool, bool]:
        """Tell whether a sign before three digits begins decimals, and whether that is sure."""
        three = any(map(has_thousandths, codes))
        same = self.by_currency.get(codes, _EMPTY) if codes else _EMPTY
        if len(same) == 1:
            return sign in same, sign not in same or three or self.thousandths
        if three:
            return True, self.points <= {sign}
        if len(self.points) == 1:
            return sign in self.points, sign not in self.points or self.thousandths
        point = sign == "." and bool(codes) and is_written_with_point(codes[0])
        return False, bool(codes) and not self.points and not point


class Prices:
    """Reads the prices of one storyboard. `doubts` are those that could be read in another way."""

    def __init__(self) -> None:
        """Begin without a table."""
        self.doubts: list[Failure] = []
        self._rows: list[Mapping[str, object]] = []
        self._columns: dict[str, set[str]] | None = None
        self._habits: dict[str, _Habit] = {}

    def learn(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Know the rows of a table. They are looked at when a price is in doubt."""
        self._rows += rows
        self._columns = None

    def price(self, value: object, decimal: object = None) -> Number:
        """Read a price as shops write it: `1.299,00 €`, `$1,299.00`, `1299 kr`.

        `decimal` says which sign begins the cents where a text could be read both ways (`1.299`).
        """
        number = as_number(value)
        if number is not None:
            return number
        text = words(value, "price")
        point = None if decimal is None else plain(words(decimal, "price"))
        if point is not None and point not in _POINTS:
            raise failed(f"`{shown(point)}` does not begin decimals", "`decimal` is `.` or `,`")
        one = single(text)
        amount = one.readings[0]
        if len(one.readings) > 1:
            sign = one.text[-1 - one.decimals]
            decimals = sign == point if point else self._decimals(text, one, sign)
            amount = one.readings[decimals]
        if not _CENT_SIGNS.isdisjoint(text):
            amount /= _CENTS
        return -amount if is_negative(text) else amount

    def _decimals(self, text: str, one: Numeral, sign: str) -> bool:
        """Decide between two readings; keep the doubt if there is one."""
        codes = codes_of(currency_in(text))
        telling = [habit for habit in self._of(text) if habit.points]
        votes = {habit.chosen(sign, codes) for habit in telling}
        decimals, sure = _Habit().chosen(sign, codes)
        if len({answer for answer, _ in votes}) == 1:
            decimals, sure = next(iter(votes))[0], any(sure for _, sure in votes)
        elif votes:
            sure = False
        if not sure:
            self.doubts.append(_doubt(one, sign, decimals=decimals))
        return decimals

    def _of(self, text: str) -> list[_Habit]:
        """Return how the columns write that have a text among their cells."""
        if self._columns is None:
            self._columns = _texts_by_column(self._rows)
            self._habits = {}
        return [self._habit(name, cells) for name, cells in self._columns.items() if text in cells]

    def _habit(self, name: str, cells: Iterable[str]) -> _Habit:
        if name not in self._habits:
            habit = self._habits[name] = _Habit()
            for cell in cells:
                habit.add(cell)
        return self._habits[name]


def single(text: str) -> Numeral:
    """Return the one number of a price; RenderError where there is none, or several."""
    found = numerals_in(plain(text))
    if len(found) > 1:
        every = ", ".join(f"`{one.text}`" for one in found[:_MOST_SHOWN])
        more = ", …" if len(found) > _MOST_SHOWN else ""
        raise failed(
            f"`{shown(text)}` has several numbers: {every}{more}",
            "leave one of them in the cell, or read a part of it: "
            f"`{{{{ price | split('{_between(plain(text), *found[:2])}') | first | price }}}}`",
        )
    if not found or not found[0].readings:
        what = f"`{shown(text)}`" if text.strip() else "an empty text"
        raise failed(f"{what} is no price", "leave such rows out with `where`, or mend the cell")
    return found[0]


def _between(text: str, one: Numeral, other: Numeral) -> str:
    """Return what parts two numbers: rather a dash or a word than a currency or a space."""
    parts = _PART.findall(text[one.start + len(one.text) : other.start])
    telling = [part for part in parts if len(numerals_in(text.partition(part)[0])) == 1]
    return min(telling, key=lambda part: (part.isspace(), bool(codes_of(part))), default="-")


def amount_in(text: str) -> Decimal | None:
    """Return the amount that a price states, without its sign; None where there is none."""
    found = [one for one in numerals_in(plain(text)) if one.readings]
    return found[0].readings[0] if found else None


def amounts_of(text: str) -> tuple[Decimal, ...]:
    """Return what a text that is one number can mean: both readings of `1.299`; else none."""
    found = numerals_in(plain(text))
    return found[0].readings if len(found) == 1 and found[0].text == plain(text).strip() else ()


def is_negative(text: str) -> bool:
    """Tell whether a minus is before a price, between its currency and the number, or at its end.

    At its end it needs cents before it: in `19,-` and `19-` it stands for none.
    """
    written = plain(text).strip()
    if written.startswith(_MINUS):
        return True
    if not any(sign in written for sign in _MINUS):
        return False
    one = numerals_in(written)[0]
    before, behind = written[: one.start].rstrip(), written[one.start + len(one.text) :]
    if behind.strip() in _MINUS:
        return one.decimals > 0
    return before.endswith(_MINUS) and bool(codes_of(before[:-1]))


def _texts_by_column(rows: Iterable[Mapping[str, object]]) -> dict[str, set[str]]:
    columns: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, str) and len(value) <= _LONGEST:
                columns.setdefault(name, set()).add(value)
    return columns


def _doubt(one: Numeral, sign: str, *, decimals: bool) -> Failure:
    larger, smaller = (f"`{reading:f}`" for reading in one.readings)
    taken, other = (smaller, larger) if decimals else (larger, smaller)
    another = "," if sign == "." else "."
    return Failure(
        DOUBTFUL_PRICE,
        f"`{one.text}` can be {taken} or {other}; it is read as {taken}",
        f'say which sign begins the decimals: `price(decimal="{sign}")` reads {smaller}, '
        f'`price(decimal="{another}")` reads {larger}',
    )
