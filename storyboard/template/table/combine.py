"""Rows and a matrix to combinations, as CI matrices make them: product, exclude, include."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from storyboard.diagnostics import Span
from storyboard.template.expressions.value import Value, text_of
from storyboard.template.table.row import Row, aliases_of

Fields = Mapping[str, tuple[Value, Span]]
"""Values with their places: an item of `include` or `exclude`, or one choice of the matrix."""


Names: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """Combinations in order, each a row that has the matrix's values as columns too.

    `unused` are the places of `exclude` items that left nothing out.
    """

    rows: tuple[Row, ...]
    unused: tuple[int, ...]


def combine(
    rows: Sequence[Row] | None,
    matrix: Mapping[str, Sequence[tuple[Value, Span]]],
    exclude: Sequence[Fields],
    include: Sequence[Fields],
) -> Combined:
    """Multiply rows with the matrix, take out what `exclude` matches, and add `include`.

    An item of `include` is added to each combination whose own values it does not change; where
    there is none, it is a combination of its own.
    """
    base = list(_product(rows, matrix))
    every = _Rows(base)
    hits = [every.matching(one) for one in exclude]
    left_out = {place for places in hits for place in places}
    kept = [row for place, row in enumerate(base) if place not in left_out]
    unused = tuple(place for place, places in enumerate(hits) if not places)
    return Combined(tuple(_included(kept, include)), unused)


def _product(
    rows: Sequence[Row] | None, matrix: Mapping[str, Sequence[tuple[Value, Span]]]
) -> Iterator[Row]:
    if not matrix:
        yield from rows or ()
        return
    names = tuple(matrix)
    aliases = aliases_of((*(rows[0].values_by_column if rows else ()), *names))
    number = 0
    for row in rows if rows is not None else (_EMPTY,):
        for choice in product(*matrix.values()):
            number += 1
            values = {name: value for name, (value, _) in zip(names, choice, strict=True)}
            cells = {name: span for name, (_, span) in zip(names, choice, strict=True)}
            yield Row(
                row.number or number,
                {**row.values_by_column, **values},
                Joined(cells, row.cells),
                aliases,
            )


_EMPTY = Row(0, {}, {}, {})


class _Rows:
    """Rows that are found by their values without looking at all of them for every item."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Sort rows by the columns that they have: in a table, all have the same."""
        self._rows = rows
        self._kinds: dict[Names, list[int]] = {}
        self._known: dict[tuple[Names, Names], dict[object, list[int]]] = {}
        for place, row in enumerate(rows):
            self._kinds.setdefault(tuple(row.values_by_column), []).append(place)

    def matching(self, item: Fields) -> list[int]:
        """Return the rows that have all the values of an item."""
        return self._having(item, lambda here: here if len(here) == len(item) else None)

    def unchanged_by(self, item: Fields) -> list[int]:
        """Return the rows whose own values an item does not change."""
        return self._having(item, lambda here: here)

    def _having(self, item: Fields, choose: Callable[[Names], Names | None]) -> list[int]:
        """Return the rows that have an item's values in the columns that are chosen."""
        found: list[int] = []
        for columns, places in self._kinds.items():
            first = self._rows[places[0]]
            names = choose(tuple(name for name in item if name in first))
            if names is None:
                continue
            wanted = tuple(_as_text(item[name][0]) for name in names)
            if None in wanted:
                found += [place for place in places if _has(self._rows[place], item, names)]
            else:
                found += self._by_values(columns, names).get(wanted, ())
        return found

    def _by_values(self, columns: Names, names: Names) -> dict[object, list[int]]:
        """Return rows by their values as texts: a table's `10` is the storyboard's 10."""
        if (columns, names) not in self._known:
            known = self._known[columns, names] = {}
            for place in self._kinds[columns]:
                values = tuple(_as_text(self._rows[place][name]) for name in names)
                known.setdefault(values, []).append(place)
        return self._known[columns, names]


def _as_text(value: Value) -> str | None:
    """Return a value as it is compared, None for a list or a map."""
    return None if isinstance(value, Mapping | tuple) else text_of(value)


def _has(row: Row, item: Fields, names: Iterable[str]) -> bool:
    return all(_same(row[name], item[name][0]) for name in names)


def _same(one: Value, other: Value) -> bool:
    """Compare as people do: a table's `10` is the storyboard's 10."""
    if isinstance(one, Mapping | tuple) or isinstance(other, Mapping | tuple):
        return one == other
    return text_of(one) == text_of(other)


def _included(rows: list[Row], include: Sequence[Fields]) -> Iterable[Row]:
    if not include:
        return rows
    extra: list[dict[str, tuple[Value, Span]]] = [{} for _ in rows]
    alone: list[Fields] = []
    every = _Rows(rows)
    for item in include:
        hits = every.unchanged_by(item)
        if not hits:
            alone.append(item)
        for place in hits:
            extra[place] |= item
    further = [name for item in include for name in item]
    columns = dict.fromkeys((*(rows[0].values_by_column if rows else ()), *further))
    aliases = aliases_of(columns)
    grown = [_grown(row, more, aliases) for row, more in zip(rows, extra, strict=True)]
    last = max((row.number for row in rows), default=0)
    grown += [
        _grown(Row(last + place, {}, {}, {}), item, aliases) for place, item in enumerate(alone, 1)
    ]
    return grown


def _grown(row: Row, more: Fields, aliases: Mapping[str, str]) -> Row:
    if not more:
        return row
    own = {name: pair for name, pair in more.items() if name not in row.values_by_column}
    values = {**row.values_by_column, **{name: value for name, (value, _) in own.items()}}
    cells = {name: span for name, (_, span) in own.items()}
    return Row(row.number, values, Joined(cells, row.cells), aliases)


class Joined(Mapping[str, Span]):
    """Places of two mappings as one, without working out any that is not asked for."""

    __slots__ = ("_first", "_second")

    def __init__(self, first: Mapping[str, Span], second: Mapping[str, Span]) -> None:
        """Look in `first`, then in `second`."""
        self._first, self._second = first, second

    def __getitem__(self, key: str) -> Span:
        return self._first[key] if key in self._first else self._second[key]

    def __contains__(self, key: object) -> bool:
        return key in self._first or key in self._second

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from (key for key in self._second if key not in self._first)

    def __len__(self) -> int:
        return sum(1 for _ in self)
