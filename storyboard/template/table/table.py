"""A table, read: its columns, its rows, and its text for excerpts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storyboard.diagnostics import Span
from storyboard.source import Lines
from storyboard.template.table.row import Row


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is to be read, where the file does not tell: `encoding`, `delimiter`, `kind`."""

    encoding: str | None = None
    delimiter: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the file. `columns` leads from each header to its place."""

    file: str
    text: str
    columns: Mapping[str, Span]
    rows: tuple[Row, ...]


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
