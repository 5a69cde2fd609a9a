"""Variations to their names: by a template, or by row and matrix; unique, and fit for files."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from storyboard.diagnostics import Diagnostic, Related, Severity, Span
from storyboard.model import as_on_disk, is_device
from storyboard.template.codes import NAME_NOT_FILE, SAME_NAME
from storyboard.template.expressions.value import Value, text_of
from storyboard.template.table.row import Row, name_slug

_NOT_FILE = re.compile(r"[^\w.@+-]+")
_MAX_LENGTH = 120
_MAX_BYTES = 160
"""An output's name, a suffix and a temporary file's come after it, and disks take 255."""


def file_name(text: str) -> str:
    """Make a name that every file system takes: letters of all languages, digits, `-`, `_`, `.`."""
    name = _NOT_FILE.sub("-", unicodedata.normalize("NFC", text)).strip("-.")[:_MAX_LENGTH]
    return name.encode()[:_MAX_BYTES].decode(errors="ignore").rstrip("-.")


def plain_name(row: Row, matrix: Iterable[str], rows: int) -> str:
    """Name a variation by its row's number and its values of the matrix: `row-07-de`."""
    number = [f"row-{row.number:0{len(str(rows))}}"] if rows else []
    values = [_short(row[name]) for name in matrix if name in row]
    return file_name("-".join((*number, *values))) or f"row-{row.number}"


def _short(value: Value) -> str:
    match value:
        case tuple():
            return "-".join(map(_short, value))
        case None | bool() | str() | int():
            return text_of(value)
        case _ if hasattr(value, "values"):
            return _short(next(iter(value.values()), ""))
        case _:
            return text_of(value)


def wrong_names(named: Sequence[tuple[str, Row]], at: Span) -> Iterator[Diagnostic]:
    """Find names that two variations share (in files, `A` and `a` are one), and empty ones."""
    first: dict[str, Row] = {}
    twice: list[tuple[str, Row, Row]] = []
    for name, row in named:
        if not name:
            yield Diagnostic(
                NAME_NOT_FILE,
                Severity.ERROR,
                f"row {row.number} has a name without a letter or digit",
                at,
                "put a column into `name` that is never empty",
                _cells(row),
            )
            continue
        if is_device(name):
            yield Diagnostic(
                NAME_NOT_FILE,
                Severity.ERROR,
                f"row {row.number} is called `{name}`, a name that Windows keeps for a device",
                at,
                "put something before it into `name`",
                _cells(row),
            )
            continue
        other = first.setdefault(as_on_disk(name), row)
        if other is not row:
            twice.append((name, other, row))
    if twice:
        name, one, other = twice[0]
        more = f"; {len(twice):,} names in all stand twice" if len(twice) > 1 else ""
        same = one.number == other.number
        rows = f"row {one.number} twice" if same else f"rows {one.number} and {other.number}"
        apart = next((key for key in one if one[key] != other.get(key)), None)
        shown = f"`{{{{ {name_slug(apart)} }}}}`" if apart else "`{{ sku }}-{{ locale }}`"
        yield Diagnostic(
            SAME_NAME,
            Severity.ERROR,
            f"two variations are called `{name}`: {rows}{more}",
            at,
            f"put into `name` what tells them apart, such as {shown}",
            (*_cells(one, apart), *_cells(other, apart)),
        )


def _cells(row: Row, name: str | None = None) -> tuple[Related, ...]:
    """Point to a row: to the cell of this name, else to its first."""
    first = name if name in row.cells else next(iter(row.cells), None)
    return () if first is None else (Related(f"row {row.number}", row.cells[first]),)
