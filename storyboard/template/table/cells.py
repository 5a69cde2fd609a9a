"""The text of a CSV to cells that know their place: quotes, newlines in quotes, ragged rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.diagnostics import Code
from storyboard.template.codes import AFTER_QUOTE, QUOTE_OPEN

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_LINE = re.compile(r"[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, and from where to where it stands. `wrong` is what is wrong with it."""

    text: str
    start: int
    end: int
    wrong: Code | None = None


def rows_of(text: str, delimiter: str, start: int = 0) -> Iterator[list[Cell]]:
    """Split a text into rows of cells; an empty line is a row of one empty cell."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    at, row = start, list[Cell]()
    while True:
        cell = _cell(text, at, plain)
        row.append(cell)
        at = cell.end
        if text.startswith(delimiter, at):
            at += 1
            continue
        yield row
        if at >= len(text):
            return
        at += 2 if text.startswith("\r\n", at) else 1
        row = []
        if at >= len(text):
            return


def _cell(text: str, at: int, plain: re.Pattern[str]) -> Cell:
    spaces = 0
    if text.startswith(" ", at):
        spaces = len(text[at : at + 80]) - len(text[at : at + 80].lstrip(" "))
    if not text.startswith('"', at + spaces):
        end = _end(plain, text, at)
        return Cell(text[at:end].strip(), at, end)
    quoted = _QUOTED.match(text, at + spaces)
    if quoted is None:
        end = _end(_LINE, text, at)
        return Cell(text[at + spaces + 1 : end].strip(), at + spaces, end, QUOTE_OPEN)
    end = _end(plain, text, quoted.end())
    inner = quoted[1].replace('""', '"')
    rest = text[quoted.end() : end].strip()
    if rest:
        return Cell(inner + rest, at + spaces, end, AFTER_QUOTE)
    return Cell(inner, at + spaces, end)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
