"""Rows of a product feed, several a product, to one row a product."""

from collections.abc import Callable, Iterable, Sequence

from storyboard.template.expressions.value import Value
from storyboard.template.table.row import Row

GROUP = "group"


def grouped(
    rows: Iterable[Row], column: str, key_of: Callable[[Row], Value] | None = None
) -> tuple[Row, ...]:
    """Put rows with the same value of a column together; an empty value goes on with the last one.

    `key_of` stands for the column's value where it is given. A group has each column's first value
    that is not empty, and its rows as the list `group`.
    """
    groups: dict[str, list[Row]] = {}
    key = ""
    for row in rows:
        value = row[column] if key_of is None else key_of(row)
        key = key if value is None or value == "" else str(value)
        groups.setdefault(key, []).append(row)
    return tuple(_one(members, column) for members in groups.values())


def _one(members: Sequence[Row], column: str) -> Row:
    first = members[0]
    values: dict[str, Value] = {}
    cells = {}
    for name in first.values_by_column:
        row = next((one for one in members if one[name] not in ("", None)), first)
        values[name] = row[name]
        if name in row.cells:
            cells[name] = row.cells[name]
    values[GROUP] = tuple(members)
    cells[GROUP] = first.cells[column]
    return Row(first.number, values, cells, first.aliases)
