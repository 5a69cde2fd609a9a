"""Find a title above a table's header, as spreadsheets export it."""

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.source import Lines
from storyboard.template.codes import HEADER_ROW
from storyboard.template.table.cells import Cell, rows_of
from storyboard.template.table.separator import CANDIDATES

_UNNAMED = 2
"""So many columns without a header are no slip: what stands there is no header."""


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """A row that is not empty, and its number in the file, from 1."""

    number: int
    cells: Sequence[Cell]


def row_option(number: int) -> str:
    """Return how a storyboard names the row with the headers."""
    return f"`rows: {{file: …, header: {number}}}`"


def title_in(
    rows: Sequence[NumberedRow], delimiter: str, lines: Lines, start: int
) -> Diagnostic | None:
    """Find one cell alone above rows that have several; None where the first row is the header.

    A warning where the rows are parted by a sign that the first row has not told.
    """
    told = _told(rows[0])
    if len(told) != 1:
        return None
    place = lines.span(told[0].start, told[0].end)
    header = _below(rows)
    if header is not None:
        return Diagnostic(
            HEADER_ROW,
            Severity.ERROR,
            f"row {rows[0].number} has one cell and row {header.number} has {len(header.cells)}: "
            f"a title stands above the header, and row {header.number} looks like the header",
            place,
            f"say so with {row_option(header.number)}, or remove what is above it; if the first "
            "row is the header, put each cell with a separator in it into double quotes",
        )
    if len(rows[0].cells) > 1 or " " not in told[0].text:
        return None
    sign, count = _by_another(lines.text, delimiter, start)
    if count == 0:
        return None
    return Diagnostic(
        HEADER_ROW,
        Severity.WARNING,
        f"the first row has one cell, and the next ones have {count} if `{sign}` parts them: "
        "a title stands above the header, it seems",
        place,
        "remove it, so that the first row names the columns; if it does, put each cell with a "
        "separator in it into double quotes",
    )


def _told(row: NumberedRow) -> list[Cell]:
    return [cell for cell in row.cells if cell.text]


def _below(rows: Sequence[NumberedRow]) -> NumberedRow | None:
    """Return the row below titles that looks like the header; None where the first one may be it.

    One column without a header is a slip, told by itself.
    """
    first = rows[0].cells
    titles = next((n for n, row in enumerate(rows) if len(_told(row)) > 1), len(rows))
    if titles == len(rows):
        return None
    header = rows[titles]
    if len(first) == 1:
        return header if all(len(row.cells) > 1 for row in rows[titles:]) else None
    heads = [cell.text for cell in _told(header)]
    return header if len(first) > _UNNAMED and len(set(heads)) == len(heads) else None


def _by_another(text: str, delimiter: str, start: int) -> tuple[str, int]:
    """Find another sign that parts the rows below into cells, and how many; 0 where it is none."""
    for sign in CANDIDATES.replace(delimiter, ""):
        below = [row for row in rows_of(text, sign, start) if any(cell.text for cell in row)][1:]
        if len(below) > 1 and len(below[0]) > 1 and len({len(row) for row in below}) == 1:
            return sign, len(below[0])
    return "", 0
