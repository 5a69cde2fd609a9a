"""A table's rows to a title that stands above its header, as spreadsheets export it."""

from collections.abc import Sequence

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.source import Lines
from storyboard.template.codes import TITLE_ROW
from storyboard.template.table.cells import CANDIDATES, Cell, rows_of

_UNNAMED = 2
"""So many columns without a header are no slip: what stands there is no header."""


def title_in(
    grid: Sequence[Sequence[Cell]], delimiter: str, lines: Lines, start: int
) -> Diagnostic | None:
    """Find one cell alone above rows that have several; None where the first row is the header.

    A warning where the rows are parted by a sign that the first row has not told.
    """
    told = [cell for cell in grid[0] if cell.text]
    if len(told) != 1:
        return None
    severity, count = Severity.ERROR, _columns(grid)
    if count == 0 and len(grid[0]) == 1 and " " in told[0].text:
        severity, count = Severity.WARNING, _columns_by_another(lines.text, delimiter, start)
    if count == 0:
        return None
    return Diagnostic(
        TITLE_ROW,
        severity,
        f"the first row has one cell and the next one {count}: "
        "a title stands above the header, it seems",
        lines.span(told[0].start, told[0].end),
        "take it out, so that the first row names the columns; if it does, put each cell with a "
        "separator in it into double quotes",
    )


def _columns(grid: Sequence[Sequence[Cell]]) -> int:
    """Count the columns of the rows below a first one that has one cell; 0 where it may be theirs.

    One column without a header is a slip, told by itself.
    """
    first, below = grid[0], grid[1:]
    heads = [cell.text for cell in below[0] if cell.text]
    if len(first) == 1:
        wide = all(len(row) > 1 for row in below)
    else:
        wide = len(first) > _UNNAMED and len(heads) > 1 and len(set(heads)) == len(heads)
    return len(below[0]) if wide else 0


def _columns_by_another(text: str, delimiter: str, start: int) -> int:
    """Count the columns of the rows below with another sign between cells; 0 where it is none."""
    for sign in CANDIDATES.replace(delimiter, ""):
        below = [row for row in rows_of(text, sign, start) if any(cell.text for cell in row)][1:]
        if len(below) > 1 and len(below[0]) > 1 and len({len(row) for row in below}) == 1:
            return len(below[0])
    return 0
