"""The text of a CSV or TSV to a table, and what is wrong with each of its rows."""

from collections.abc import Container, Iterable, Sequence
from unicodedata import normalize

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, counted, has_errors
from storyboard.source import Lines
from storyboard.template.codes import (
    AFTER_QUOTE,
    EMPTY_HEADER,
    EMPTY_TABLE,
    QUOTE_OPEN,
    SAME_HEADER,
    TOO_FEW_CELLS,
    TOO_MANY_CELLS,
)
from storyboard.template.table.cells import Cell, rows_of
from storyboard.template.table.counted import Tally
from storyboard.template.table.dirt import dirt_in
from storyboard.template.table.heading import heading
from storyboard.template.table.row import Row, aliases_of
from storyboard.template.table.separator import delimiter_of
from storyboard.template.table.table import Cells, ColumnFinding, EarlyRow, Reading, Table
from storyboard.template.table.title import NumberedRow

MAX_COLUMNS = 1_000
"""Each row has a value for each column, so that a table grows with their product."""
_EARLY = 20
"""Rows at the head of a file that are looked at for the header."""
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def read_delimited(text: str, file: str, reading: Reading) -> tuple[Table | None, list[Diagnostic]]:
    """Read rows under a row of headers; rows of empty cells alone are left out."""
    lines = Lines(file, text)
    sign, start = delimiter_of(text, file, reading.header or 1)
    sign = reading.delimiter or sign
    every = enumerate(rows_of(text, sign, start), 1)
    rows = [NumberedRow(n, cells) for n, cells in every if any(cell.text for cell in cells)]
    head = heading(rows, reading.header, sign, lines, start)
    found = [*head.found]
    grid = [one.cells for one in head.rows]
    early = tuple(_early(one, lines) for one in rows[:_EARLY])
    if has_errors(found) and reading.header is None:
        first = rows[0]
        columns = {cell.text: lines.span(cell.start, cell.end) for cell in first.cells}
        return Table(file, text, columns, (), (), first.number, early, misread=True), found
    if len(grid) < 2:  # noqa: PLR2004 - the headers and one row
        return None, found if has_errors(found) else [_empty(file, grid)]
    if len(grid[0]) > MAX_COLUMNS:
        return None, [_too_wide(grid[0], lines)]
    headers, of_headers = _headers(grid[0], grid[1:], lines)
    aliases = aliases_of(headers)
    tally = Tally()
    made = []
    for number, cells in enumerate(grid[1:], 1):
        _count_wrong(tally, cells, headers, number, lines)
        made.append(_row(cells, headers, number, aliases, lines))
    columns = {
        header: lines.span(cell.start, cell.end)
        for header, cell in zip(headers, grid[0], strict=True)
    }
    counted = list(tally.findings(len(made)))
    found += [one.diagnostic for one in counted if not one.columns]
    of_columns = (*of_headers, *(one for one in counted if one.columns))
    return Table(file, text, columns, tuple(made), of_columns, head.rows[0].number, early), found


def _empty(file: str, grid: Sequence[object]) -> Diagnostic:
    message = "this table has no rows" if grid else "this table is empty"
    help_text = "the first line names the columns; each further line is a film"
    return Diagnostic(EMPTY_TABLE, Severity.ERROR, message, Span(file, 1, 1, 1, 1), help_text)


def _early(row: NumberedRow, lines: Lines) -> EarlyRow:
    texts = tuple(_header_text(cell) for cell in row.cells[:MAX_COLUMNS])
    first = row.cells[0]
    return EarlyRow(row.number, texts, lines.span(first.start, first.end))


def _headers(
    cells: Sequence[Cell], rows: Sequence[Sequence[Cell]], lines: Lines
) -> tuple[list[str], list[ColumnFinding]]:
    """Name every column; a second one of a name gets a number."""
    written = [_header_text(cell) for cell in cells]
    filled = frozenset[int]() if all(written) else _filled(rows)
    names: dict[str, Cell] = {}
    numbers: dict[str, int] = {}
    found: list[ColumnFinding] = []
    for place, (own, cell) in enumerate(zip(written, cells, strict=True)):
        span = lines.span(cell.start, cell.end)
        asked = own or f"column {place + 1}"
        name = _numbered(asked, names, numbers) if asked in names else asked
        if not own and place in filled:
            found.append(ColumnFinding(frozenset((name,)), _empty_header(name, span)))
        elif own and name != own:
            first = lines.span(names[own].start, names[own].end)
            same = _same_header(own, name, span, first)
            found.append(ColumnFinding(frozenset((own, name)), same))
        names[name] = cell
    return [*names], found


def _header_text(cell: Cell) -> str:
    return " ".join(normalize("NFC", cell.text).translate(_INVISIBLE).split())


def _filled(rows: Iterable[Sequence[Cell]]) -> frozenset[int]:
    """Return the places of the columns that have a text in some row."""
    return frozenset(place for row in rows for place, cell in enumerate(row) if cell.text)


def _numbered(name: str, taken: Container[str], numbers: dict[str, int]) -> str:
    """Return the name with the first number that is free; `numbers` are the last ones by name."""
    number = numbers.get(name, 1) + 1
    while f"{name} {number}" in taken:
        number += 1
    numbers[name] = number
    return f"{name} {number}"


def _row(
    cells: Sequence[Cell],
    headers: Sequence[str],
    number: int,
    aliases: dict[str, str],
    lines: Lines,
) -> Row:
    end = cells[-1].end
    values = {
        header: cells[place].text if place < len(cells) else ""
        for place, header in enumerate(headers)
    }
    stretches = {
        header: (cells[place].start, cells[place].end) if place < len(cells) else (end, end)
        for place, header in enumerate(headers)
    }
    return Row(number, values, Cells(lines, stretches), aliases)


def _count_wrong(
    tally: Tally, cells: Sequence[Cell], headers: Sequence[str], number: int, lines: Lines
) -> None:
    """Count what is wrong with a row: in its cells by column, and with their number."""
    for place, cell in enumerate(cells):
        dirt = dirt_in(cell.text)
        if cell.wrong is None and dirt is None:
            continue
        of, span = headers[place : place + 1], lines.span(cell.start, cell.end)
        if cell.wrong is not None:
            one = _quote(cell.wrong, span)
            tally.add((one.code, *of), number, one)
        if dirt is not None:
            one = Diagnostic(dirt.code, Severity.WARNING, dirt.message, span, dirt.help)
            tally.add((one.code, *of), number, one, *of)
    if len(cells) > len(headers):
        extra = lines.span(cells[len(headers)].start, cells[-1].end)
        columns = counted(len(headers), "column")
        are = "is" if len(headers) == 1 else "are"
        message = f"row {number} has {len(cells)} cells, and there {are} {columns}"
        help_text = "put a cell with the separator or a newline in it into double quotes"
        one = Diagnostic(TOO_MANY_CELLS, Severity.ERROR, message, extra, help_text)
        tally.add(one.code, number, one)
    if len(cells) < len(headers):
        whole = lines.span(cells[0].start, cells[-1].end)
        missing = headers[len(cells) :]
        message = f"row {number} ends early: it has no {', '.join(map(_ticked, missing[:5]))}"
        help_text = "what is missing counts as empty"
        one = Diagnostic(TOO_FEW_CELLS, Severity.WARNING, message, whole, help_text)
        tally.add(one.code, number, one, *missing)


def _ticked(name: str) -> str:
    return f"`{name}`"


def _quote(code: Code, span: Span) -> Diagnostic:
    if code == QUOTE_OPEN:
        message = "a double quote begins here and does not end"
        return Diagnostic(
            QUOTE_OPEN, Severity.ERROR, message, span, 'end it; a quote inside is written `""`'
        )
    message = "text stands after the closing double quote"
    help_text = 'a double quote inside quotes is written twice: `"5"" pipe"`'
    return Diagnostic(AFTER_QUOTE, Severity.ERROR, message, span, help_text)


def _too_wide(cells: Sequence[Cell], lines: Lines) -> Diagnostic:
    first = cells[MAX_COLUMNS]
    return Diagnostic(
        TOO_MANY_CELLS,
        Severity.ERROR,
        f"this table has {len(cells):,} columns; {MAX_COLUMNS:,} is the most",
        lines.span(first.start, first.end),
        "leave out the columns that the storyboard does not read",
    )


def _empty_header(name: str, span: Span) -> Diagnostic:
    return Diagnostic(
        EMPTY_HEADER,
        Severity.WARNING,
        f"this column has cells and no header; it is called `{name}`",
        span,
        "give it a header, or take it out",
    )


def _same_header(name: str, new: str, span: Span, first: Span) -> Diagnostic:
    return Diagnostic(
        SAME_HEADER,
        Severity.WARNING,
        f"two columns are called `{name}`; this one is called `{new}`",
        span,
        "give each column a header of its own",
        (Related("the first one", first),),
    )
