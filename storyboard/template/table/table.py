"""A table, read: its columns, its rows, and its text for excerpts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Span
from storyboard.source import Lines
from storyboard.template.table.row import Row


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read, where the file does not tell: `encoding`, `delimiter`, `kind`.

    `header` is the number of the row that names the columns, from 1, empty rows counted; None for
    the first one that is neither empty nor a comment.
    """

    encoding: str | None = None
    delimiter: str | None = None
    kind: str | None = None
    header: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """What is wrong in some columns. It does not concern a storyboard that reads none of them."""

    columns: frozenset[str]
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class EarlyRow:
    """A row near the head of a file: it may be the one with the headers. `number` is from 1."""

    number: int
    cells: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the file. `columns` leads from each header to its place.

    `findings` are what is wrong in single columns. `header` is the number of the row that names the
    columns, and `early` are the first rows of the file; both only for CSV and TSV. One that is
    `misread` has a title in the place of its headers, and no rows.
    """

    file: str
    text: str
    columns: Mapping[str, Span]
    rows: tuple[Row, ...]
    findings: tuple[ColumnFinding, ...] = ()
    header: int | None = None
    early: tuple[EarlyRow, ...] = ()
    misread: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cells(Mapping[str, Span]):
    """Places of a row's cells, worked out when asked for: most are never looked at."""

    lines: Lines
    stretches: Mapping[str, tuple[int, int]]

    def __getitem__(self, column: str) -> Span:
        return self.lines.span(*self.stretches[column])

    def __iter__(self) -> Iterator[str]:
        return iter(self.stretches)

    def __len__(self) -> int:
        return len(self.stretches)
