"""Find the row of a table that names its columns, and what is above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.source import Lines
from storyboard.template.codes import HEADER_ROW
from storyboard.template.table.title import NumberedRow, row_option, title_in

_COMMENT = re.compile(r"#\S*\s")


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows from the headers on, and what is to be said about those above.

    There are no rows if the row that names the columns is not known, or not there.
    """

    rows: Sequence[NumberedRow]
    found: tuple[Diagnostic, ...] = ()


def heading(
    rows: Sequence[NumberedRow], told: int | None, delimiter: str, lines: Lines, start: int
) -> Heading:
    """Find the headers: in the row that is `told`, else in the first one that is not a comment."""
    if told is not None:
        from_there = [one for one in rows if one.number >= told]
        if from_there and from_there[0].number == told:
            return Heading(from_there)
        return Heading((), (_no_such(told, rows[-1], lines),) if rows else ())
    skipped = _comments(rows)
    below = rows[skipped:]
    found = [_note(rows[:skipped], below[0], lines)] if skipped and below else []
    title = title_in(below, delimiter, lines, start) if len(below) > 1 else None
    if title is not None:
        found.append(title)
    known = title is None or title.severity is not Severity.ERROR
    return Heading(below if known else (), tuple(found))


def _comments(rows: Sequence[NumberedRow]) -> int:
    """Count the rows at the head whose cells are comments."""
    below = next((row for row in rows if not _COMMENT.match(_texts(row)[0])), None)
    wide = None if below is None else _wide(below)
    for place, row in enumerate(rows):
        texts = _texts(row)
        whole = all(map(_COMMENT.match, texts))
        # In a line that is a comment, separators may part its words.
        line = _COMMENT.match(texts[0]) and _wide(row) != wide
        if not whole and not line:
            return place
    return len(rows)


def _texts(row: NumberedRow) -> list[str]:
    return [cell.text for cell in row.cells if cell.text]


def _wide(row: NumberedRow) -> int:
    return max(place for place, cell in enumerate(row.cells, 1) if cell.text)


def _note(skipped: Sequence[NumberedRow], header: NumberedRow, lines: Lines) -> Diagnostic:
    first, last = skipped[0].cells[0], skipped[-1].cells[-1]
    many = len(skipped) > 1
    what = (
        f"the first {len(skipped)} rows are comments and are"
        if many
        else (f"row {skipped[0].number} is a comment and is")
    )
    return Diagnostic(
        HEADER_ROW,
        Severity.NOTE,
        f"{what} skipped; row {header.number} names the columns",
        lines.span(first.start, last.end),
        f"to say so yourself, write {row_option(header.number)}",
    )


def _no_such(told: int, last: NumberedRow, lines: Lines) -> Diagnostic:
    cell = last.cells[0]
    message = f"`header: {told}` names no row with cells: the last one is row {last.number}"
    if told < last.number:
        message = f"`header: {told}` names an empty row"
    return Diagnostic(
        HEADER_ROW,
        Severity.ERROR,
        message,
        lines.span(cell.start, cell.end),
        "count the rows as a spreadsheet does: from 1, empty rows as well",
    )
