"""Values to the terminal: diagnostics, money, JSON; with colour only where there is a terminal."""

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence

from storyboard.cli.fitted import by_row, fitted
from storyboard.cli.terminal import write, write_json
from storyboard.diagnostics import (
    ANSI,
    PLAIN,
    Diagnostic,
    counted,
    print_text,
    to_github,
    to_json,
    to_sarif,
)

_NARROWEST = 60
_USUAL = 80


def coloured(stream: object = None) -> bool:
    """Tell whether to colour what goes to a stream: a terminal that can, and no `NO_COLOR`."""
    stream = stream or sys.stdout
    isatty = getattr(stream, "isatty", None)
    if os.environ.get("NO_COLOR"):
        return False
    able = os.environ.get("TERM") != "dumb"
    return bool(os.environ.get("FORCE_COLOR")) or bool(able and isatty and isatty())


def interactive() -> bool:
    """Tell whether somebody can answer a question."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def plural(count: int, word: str) -> str:
    """Write a count with its word: `1 job`, `2 jobs`."""
    return counted(count, word)


def table(
    rows: Sequence[Sequence[str]], right: Iterable[str] = (), below: Collection[str] = ()
) -> list[str]:
    """Align rows in columns that fit the terminal; columns of these heads stand to the right.

    Where it is too narrow, columns of the heads in `below` stand below each row.
    """
    return fitted(rows, right, width(), below)


def table_by_row(
    rows: Sequence[Sequence[str]], right: Iterable[str] = (), indent: int = 0
) -> list[list[str]]:
    """Align rows as `table` does, each indented, and return the lines of each."""
    lines = by_row(rows, right, width() - indent)
    return [[" " * indent + line for line in row] for row in lines]


def width() -> int:
    """Return how many cells a line has: the terminal's, or 80 where there is none."""
    return max(_NARROWEST, shutil.get_terminal_size((_USUAL, 24)).columns)


def minutes(seconds: float) -> str:
    """Write a length of work roughly: `40 s`, `12 min`, `3 h 10 min`."""
    if seconds < 90:  # noqa: PLR2004 -- below that, minutes are too rough
        return f"{round(seconds)} s"
    whole = round(seconds / 60)
    return f"{whole} min" if whole < 60 else f"{whole // 60} h {whole % 60} min"  # noqa: PLR2004


def without_empty(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Leave out columns that say nothing below their head."""
    said = [any(row[n] for row in rows[1:]) for n in range(len(rows[0]))]
    return [[cell for cell, keep in zip(row, said, strict=True) if keep] for row in rows]


def diagnostics(
    found: Sequence[Diagnostic], texts: Mapping[str, str], form: str, *, err: bool = True
) -> None:
    """Print diagnostics: text on standard error; JSON, GitHub or SARIF on standard output."""
    match form:
        case "json":
            write_json(to_json(found))
        case "github":
            if text := to_github(found):
                write(text + "\n")
        case "sarif":
            from importlib.metadata import version  # noqa: PLC0415 -- only this form needs it

            write_json(to_sarif(found, version("storyboard-compiler")))
        case _:
            stream = sys.stderr if err else sys.stdout
            palette = ANSI if coloured(stream) else PLAIN
            wide = max(_NARROWEST, shutil.get_terminal_size((100, 24)).columns)
            if text := print_text(found, texts, palette=palette, width=wide):
                write(text + "\n", err=err)
