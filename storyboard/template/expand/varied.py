"""What `variations` says, read: rows, columns and the table they come from.

It loads nothing that reads tables: most storyboards have none.
"""

from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Related
from storyboard.source import Node, Scalar
from storyboard.template.table import Table
from storyboard.template.table.group import GROUP
from storyboard.template.table.row import Row, is_name

VARIATIONS = "variations"


@dataclass(frozen=True, slots=True)
class Varied:
    """What `variations` says. `table` is None without rows; `columns` has the matrix too."""

    rows: tuple[Row, ...]
    columns: frozenset[str]
    table: Table | None
    matrix: tuple[str, ...]
    where: Scalar | None
    name: Scalar | None
    group_by: Node | None
    problems: tuple[Diagnostic, ...]
    broken: bool

    @property
    def names(self) -> frozenset[str]:
        """Every name that rows give: columns, their slugs, `row` and `group`."""
        slugs = {slug for row in self.rows[:1] for slug in row.aliases}
        own = {"row"} if self.group_by is None else {"row", GROUP}
        return frozenset({one for one in self.columns if is_name(one)} | slugs | own)


def places_of_columns(table: Table) -> tuple[Related, ...]:
    """Point to where a table names its columns."""
    first = next(iter(table.columns.values()), None)
    return (Related("the table's columns", first),) if first is not None else ()


def header_of(varied: Varied | None) -> Related | None:
    """Return the place of the columns, for messages about those that are missing."""
    related = (
        places_of_columns(varied.table) if varied is not None and varied.table is not None else ()
    )
    return related[0] if related else None
