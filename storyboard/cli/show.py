"""Values to the terminal: diagnostics, money, JSON; with colour only where there is a terminal."""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence

from storyboard.cli.terminal import write, write_json
from storyboard.diagnostics import (
    ANSI,
    PLAIN,
    Diagnostic,
    cells,
    counted,
    harmless,
    print_text,
    to_github,
    to_json,
    to_sarif,
)

_NARROWEST = 60


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


def table(rows: Sequence[Sequence[str]], right: Iterable[str] = ()) -> list[str]:
    """Align rows in columns, two blanks between; columns of these heads stand to the right."""
    if not rows:
        return []
    rows = [[harmless(cell) for cell in row] for row in rows]
    aligned = {n for n, head in enumerate(rows[0]) if head in set(right)}
    widths = [max(cells(row[n]).width for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            _padded(cell, width, right=n in aligned)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def without_empty(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Leave out columns that say nothing below their head."""
    said = [any(row[n] for row in rows[1:]) for n in range(len(rows[0]))]
    return [[cell for cell, keep in zip(row, said, strict=True) if keep] for row in rows]


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - cells(cell).width)
    return blanks + cell if right else cell + blanks


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
            width = max(_NARROWEST, shutil.get_terminal_size((100, 24)).columns)
            if text := print_text(found, texts, palette=palette, width=width):
                write(text + "\n", err=err)
