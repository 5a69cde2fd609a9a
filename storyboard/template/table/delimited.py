"""The text of a CSV or TSV to a table, and what is wrong with each of its rows."""

from collections.abc import Container, Iterable, Iterator, Sequence
from unicodedata import normalize

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, counted
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
from storyboard.template.table.cells import Cell, delimiter_of, rows_of
from storyboard.template.table.dirt import dirt_in
from storyboard.template.table.row import Row, aliases_of
from storyboard.template.table.table import Cells, Table
from storyboard.template.table.title import title_in

MAX_COLUMNS = 1_000
"""Each row has a value for each column, so that a table grows with their product."""
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def read_delimited(
    text: str, file: str, delimiter: str | None
) -> tuple[Table | None, list[Diagnostic]]:
    """Read rows under a line of headers; rows of empty cells alone are left out."""
    lines = Lines(file, text)
    sign, start = delimiter_of(text, file)
    rows_found = rows_of(text, delimiter or sign, start)
    grid = [cells for cells in rows_found if any(cell.text for cell in cells)]
    if len(grid) < 2:  # noqa: PLR2004 - the headers and one row
        span = Span(file, 1, 1, 1, 1)
        message = "this table has no rows" if grid else "this table is empty"
        help_text = "the first line names the columns; each further line is a film"
        return None, [Diagnostic(EMPTY_TABLE, Severity.ERROR, message, span, help_text)]
    title = title_in(grid, delimiter or sign, lines, start)
    if title is not None and title.severity is Severity.ERROR:
        return None, [title]
    if len(grid[0]) > MAX_COLUMNS:
        return None, [_too_wide(grid[0], lines)]
    headers, found = _headers(grid[0], grid[1:], lines)
    if title is not None:
        found.append(title)
    aliases = aliases_of(headers)
    rows = []
    for number, cells in enumerate(grid[1:], 1):
        found += _wrong(cells, headers, number, lines)
        rows.append(_row(cells, headers, number, aliases, lines))
    columns = {
        header: lines.span(cell.start, cell.end)
        for header, cell in zip(headers, grid[0], strict=True)
    }
    return Table(file, text, columns, tuple(rows)), found


def _headers(
    cells: Sequence[Cell], rows: Sequence[Sequence[Cell]], lines: Lines
) -> tuple[list[str], list[Diagnostic]]:
    """Name every column; a second one of a name gets a number."""
    written = [
        " ".join(normalize("NFC", cell.text).translate(_INVISIBLE).split()) for cell in cells
    ]
    filled = frozenset[int]() if all(written) else _filled(rows)
    names: dict[str, Cell] = {}
    numbers: dict[str, int] = {}
    found: list[Diagnostic] = []
    for place, (own, cell) in enumerate(zip(written, cells, strict=True)):
        span = lines.span(cell.start, cell.end)
        asked = own or f"column {place + 1}"
        name = _numbered(asked, names, numbers) if asked in names else asked
        if not own and place in filled:
            found.append(_empty_header(name, span))
        elif own and name != own:
            first = lines.span(names[own].start, names[own].end)
            found.append(_same_header(own, name, span, first))
        names[name] = cell
    return [*names], found


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


def _wrong(
    cells: Sequence[Cell], headers: Sequence[str], number: int, lines: Lines
) -> Iterator[Diagnostic]:
    for cell in cells:
        if cell.wrong is not None:
            yield _quote(cell.wrong, lines.span(cell.start, cell.end))
        if (dirt := dirt_in(cell.text)) is not None:
            yield Diagnostic(
                dirt.code,
                Severity.WARNING,
                dirt.message,
                lines.span(cell.start, cell.end),
                dirt.help,
            )
    whole = lines.span(cells[0].start, cells[-1].end)
    if len(cells) > len(headers):
        extra = lines.span(cells[len(headers)].start, cells[-1].end)
        columns = counted(len(headers), "column")
        are = "is" if len(headers) == 1 else "are"
        message = f"row {number} has {len(cells)} cells, and there {are} {columns}"
        help_text = "put a cell with the separator or a newline in it into double quotes"
        yield Diagnostic(TOO_MANY_CELLS, Severity.ERROR, message, extra, help_text)
    if len(cells) < len(headers):
        missing = ", ".join(f"`{name}`" for name in headers[len(cells) :][:5])
        message = f"row {number} ends early: it has no {missing}"
        help_text = "what is missing counts as empty"
        yield Diagnostic(TOO_FEW_CELLS, Severity.WARNING, message, whole, help_text)


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
