"""Words on a command line to a choice of variations: by values, or by rows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyboard.template.expand.variation import Variation
from storyboard.template.expressions.value import text_of

_MOST_SHOWN = 10


class NoChoice(ValueError):  # noqa: N818 -- it is told to users as what they asked for
    """The words do not say which variations are meant; the text tells why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which variations to take: all that have one of the values for each name, in these rows.

    `rows` are spans of row numbers, from 1, both ends in. Nothing chosen takes all.
    """

    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[tuple[int, int], ...] = ()

    def takes(self, one: Variation) -> bool:
        """Tell whether a variation is chosen.

        Raises:
            NoChoice: where a name is none of the variation's, or there are no rows to choose from.
        """
        if self.rows and not any(first <= _row(one) <= last for first, last in self.rows):
            return False
        return all(_value(one, name) in texts for name, texts in self.values)


ALL = Choice()
"""Every variation."""


def read_choice(only: Iterable[str], rows: str | None) -> Choice:
    """Read `sku=A12,locale=de` (several texts add values) and `1-10,15`.

    Raises:
        NoChoice: where the words are of no such form.
    """
    values: dict[str, tuple[str, ...]] = {}
    for text in only:
        for part in _parts(text, "--only"):
            name, sign, value = (one.strip() for one in part.partition("="))
            if not sign or not name:
                raise NoChoice(f"'{part}' is not of the form name=value")
            values[name] = (*values.get(name, ()), value)
    return Choice(tuple(values.items()), () if rows is None else tuple(_spans(rows)))


def why_none(choice: Choice, variations: Sequence[Variation]) -> str:
    """Say why a choice takes none of the variations there are, and what it could take."""
    for name, texts in choice.values:
        there = dict.fromkeys(_value(one, name) for one in variations)
        if not any(text in there for text in texts):
            asked = " or ".join(f"{name}={text}" for text in texts)
            return f"no variation is left: none has {asked}; there are {_some(there)}"
    rows = dict.fromkeys(_row(one) for one in variations) if choice.rows else {}
    if rows and not any(first <= row <= last for row in rows for first, last in choice.rows):
        return f"no variation is left: the films' rows are {min(rows)} to {max(rows)}"
    return "no variation is left: --only and --rows together leave all out"


def _some(values: Collection[str]) -> str:
    shown = ", ".join([one or "(empty)" for one in values][:_MOST_SHOWN])
    return shown if len(values) <= _MOST_SHOWN else f"{shown}, … ({len(values):,} in all)"


def _parts(text: str, option: str) -> list[str]:
    """Split at commas; what holds nothing, as of a variable that is not set, would choose all."""
    parts = [one for one in (one.strip() for one in text.split(",")) if one]
    if not parts:
        raise NoChoice(f"{option} says nothing")
    return parts


def _spans(text: str) -> Iterable[tuple[int, int]]:
    for part in _parts(text, "--rows"):
        first, sign, last = part.partition("-")
        try:
            yield int(first), int(last) if sign else int(first)
        except ValueError:
            raise NoChoice(f"'{part}' is no row and no span of rows, such as 3 or 1-10") from None


def _row(one: Variation) -> int:
    if one.row is None:
        raise NoChoice("--rows chooses from a table, and this storyboard has none")
    return one.row.number


def _value(one: Variation, name: str) -> str:
    if name == "name":
        return one.name or ""
    row = one.row
    column = row.column(name) if row is not None else None
    if row is not None and column is not None:
        return _text(row[column])
    if name not in one.values:
        known = ", ".join(sorted(set(one.values) | {"name"}))
        raise NoChoice(f"there is no column or variable '{name}'; there are {known}")
    return _text(one.values[name])


def _text(value: object) -> str:
    """Write a value as the table has it; lists and maps are no values to choose by."""
    match value:
        case None | bool() | int() | str() | Decimal():
            return text_of(value)
        case _:
            raise NoChoice("a list or a map cannot be chosen by")
