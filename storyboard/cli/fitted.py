"""Fit a table into the width of a terminal: long cells go on in further lines of their row."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from storyboard.diagnostics import cells, harmless

BETWEEN = "  "
_INDENT = "    "
_BESIDE = " \u00b7 "
_LEAST = 8
"""Cells that a column keeps, if it has as many."""
_PIECE = re.compile(r"\s+|[^\s/_-]*[/_-]+|[^\s/_-]+")
"""Where a line may be broken: at blanks, and behind what joins the words of a name."""


def fitted(
    rows: Sequence[Sequence[str]],
    right: Iterable[str],
    width: int,
    below: Collection[str] = (),
) -> list[str]:
    """Align rows in columns, two blanks between, in lines of at most `width` cells.

    Columns of the heads in `right` are numbers: they stand to the right, and are never broken. Only
    if these alone are too wide are the lines as well. Columns of the heads in `below` are prose:
    where the table is too wide, what they say of a row stands below it.
    """
    rows = [[harmless(cell) for cell in row] for row in rows]
    prose = [n for n, head in enumerate(rows[0]) if head in below] if rows else []
    if not prose or sum(_natural(rows)) <= width - _gaps(rows):
        return [line for lines in _laid_out(rows, right, width) for line in lines]
    short = [[cell for n, cell in enumerate(row) if n not in prose] for row in rows]
    head, *others = rows
    told = [[], *([f"{head[n]}: {row[n]}" for n in prose if row[n]] for row in others)]
    return [
        line
        for lines, texts in zip(_laid_out(short, right, width), told, strict=True)
        for line in (*lines, *_indented(texts, width))
    ]


def by_row(rows: Sequence[Sequence[str]], right: Iterable[str], width: int) -> list[list[str]]:
    """Align rows as `fitted` does, and return the lines of each row."""
    return [*_laid_out([[harmless(cell) for cell in row] for row in rows], right, width)]


def _laid_out(
    rows: Sequence[Sequence[str]], right: Iterable[str], width: int
) -> Iterator[list[str]]:
    """Lay out rows: the lines of each."""
    numbers = {n for n, head in enumerate(rows[0]) if head in set(right)} if rows else set()
    widths = _shrunk(_natural(rows), numbers, width - _gaps(rows))
    yield from (list(_row(row, widths, numbers)) for row in rows)


def _natural(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(_wide, column)) for column in zip(*rows, strict=True)]


def _gaps(rows: Sequence[Sequence[str]]) -> int:
    return len(BETWEEN) * (len(rows[0]) - 1) if rows else 0


def _indented(texts: Sequence[str], width: int) -> Iterator[str]:
    """Put texts on one line if they fit, else each on lines of its own."""
    room = width - len(_INDENT)
    one = _BESIDE.join(texts)
    for text in (one,) if one and _wide(one) <= room else texts:
        yield from (_INDENT + line for line in wrapped(text, room))


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells, between words where that can be."""
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line and _wide((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _pieces(text: str, width: int) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        laid = cells(piece)
        if laid.width <= width:
            yield piece
            continue
        begin = 0
        for place in range(1, len(piece)):
            # What takes no cell stays with the character that it belongs to.
            wide = laid.starts[place + 1] > laid.starts[place]
            if wide and laid.starts[place + 1] - laid.starts[begin] > width:
                yield piece[begin:place]
                begin = place
        yield piece[begin:]


def _shrunk(natural: Sequence[int], numbers: set[int], room: int) -> list[int]:
    """Take from the widest column, as long as all together are too wide."""
    widths = list(natural)
    able = [n for n, width in enumerate(widths) if n not in numbers and width > _LEAST]
    while able and sum(widths) > room:
        widest = max(able, key=widths.__getitem__)
        widths[widest] -= 1
        able = [n for n in able if widths[n] > _LEAST]
    return widths


def _row(row: Sequence[str], widths: Sequence[int], numbers: set[int]) -> Iterator[str]:
    parts = [wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    for n in range(max(map(len, parts))):
        lines = [part[n] if n < len(part) else "" for part in parts]
        yield BETWEEN.join(
            _padded(line, width, right=column in numbers)
            for column, (line, width) in enumerate(zip(lines, widths, strict=True))
        ).rstrip()


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _wide(cell))
    return blanks + cell if right else cell + blanks


def _wide(text: str) -> int:
    return cells(text).width
