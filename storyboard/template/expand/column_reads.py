"""Compare the columns that a storyboard reads with those of its table."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from storyboard.diagnostics import Diagnostic, Related, Severity
from storyboard.template.codes import HEADER_ROW
from storyboard.template.expand.build import Use
from storyboard.template.expand.scope import dependencies
from storyboard.template.expressions.reads import ROW
from storyboard.template.table import ColumnFinding, EarlyRow, Table
from storyboard.template.table.group import GROUP
from storyboard.template.table.row import Row, name_slug
from storyboard.template.table.title import row_option

_SHOWN = 5
_PLACES = 2


def told_of_columns(
    findings: Iterable[ColumnFinding], uses: Iterable[Use], row: Row | None, group_by: str | None
) -> Iterator[Diagnostic]:
    """Return findings of columns: those of columns that nothing reads are notes.

    What reads `row` or `group` as a whole may read any column.
    """
    names = {name for use in uses for name in use.names}
    everything = row is None or not names.isdisjoint((ROW, GROUP))
    read = {row.column(name.partition(":")[2] or name) for name in names} if row else set()
    read.add(group_by)
    for one in findings:
        known = everything or not read.isdisjoint(one.columns)
        warns = one.diagnostic.severity is Severity.WARNING
        yield (
            replace(one.diagnostic, severity=Severity.NOTE)
            if warns and not known
            else one.diagnostic
        )


def header_elsewhere(
    table: Table, uses: Iterable[Use], declared: Iterable[str]
) -> Diagnostic | None:
    """Find another row that has the columns which a storyboard reads and its table lacks."""
    reads = {
        one.column or one.name: use.span
        for use in uses
        for one in use.reads
        # An item of `each` is not among the names: those of its list are.
        if not one.guarded and not set(dependencies((one,))).isdisjoint(use.names)
    }
    wanted = reads.keys() - {ROW, GROUP, *declared}
    here = _names(tuple(table.columns))
    missing = wanted - here
    found = [(len(wanted & _names(one.cells)), one) for one in table.early]
    best, row = max(found, key=lambda pair: (pair[0], -pair[1].number), default=(0, None))
    if row is None or best <= len(wanted & here):
        return None
    there = sorted(missing & _names(row.cells))
    if 2 * len(there) < len(missing):
        return None
    places = [*dict.fromkeys(reads[one] for one in there)][:_PLACES]
    return _elsewhere(table, row, there, [Related("read here", one) for one in places])


def _names(cells: tuple[str, ...]) -> set[str]:
    return {name for cell in cells for name in (cell, name_slug(cell)) if name}


def _elsewhere(table: Table, row: EarlyRow, names: list[str], related: list[Related]) -> Diagnostic:
    shown = ", ".join(f"`{name}`" for name in names[:_SHOWN])
    more = ", …" if len(names) > _SHOWN else ""
    return Diagnostic(
        HEADER_ROW,
        Severity.ERROR,
        f"row {table.header} is read as the header, and row {row.number} looks like it: "
        f"it has {shown}{more}",
        row.span,
        f"say so with {row_option(row.number)}, or remove what is above it",
        tuple(related),
    )
