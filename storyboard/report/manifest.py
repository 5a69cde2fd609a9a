"""The films of a run to a manifest: each with its row, file, length, cost share and captions.

`manifest.json` is for programs. `manifest.csv` is for people and for the bulk uploads of ad
platforms: one line a film, the fields below first and then the table's own columns, so that an
uploader finds both the file and the row it was made from.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

from storyboard.delivery import Delivered, Delivery
from storyboard.jobs import JobDigest
from storyboard.model import Usd, exact, rounded, total
from storyboard.report.rendering import Rendering
from storyboard.template import Row, Value, Variation, text_of
from storyboard.writing import atomic_write

COST, ESTIMATE = "cost_usd", "estimate_usd"
_UNPAID = frozenset({"animatic", "emulator"})
"""Backends that take no money."""
FIELDS = (
    "variation",
    "row",
    "output",
    "file",
    "state",
    "seconds",
    "width",
    "height",
    "backend",
    "captions",
    COST,
    "jobs",
)
"""The first columns of `manifest.csv`; the table's columns stand behind them as `row.NAME`.

Where nothing is paid, `estimate_usd` is in place of `cost_usd`.
"""

_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff\u200b]*[=+@\uff1d\uff0b\uff0d\uff20-]")
"""What a cell begins with that spreadsheets run; some take wide signs too, and pass over blanks."""

_PLACES = 4
Entry = dict[str, object]
Column: TypeAlias = "str | list[Column] | dict[str, Column]"
"""What a row has in a column: texts, also of numbers, that no program rounds; lists, maps."""


def manifest(rendering: Rendering, variations: Mapping[str | None, Variation]) -> list[Entry]:
    """Return an entry for every film that was to be made.

    A job's cost is shared out evenly over the films that use it, so that the entries of all
    films of a plan add up to what the plan costs in all. Where nothing is paid, it is an estimate
    of what the films cost when they are rendered, and says so.
    """
    uses = Counter(digest for one in rendering.films for digest in one.order.film.jobs)
    costs = {one.job.digest: one.cost for one in rendering.plan.jobs}
    names = {one.job.digest: str(one.job.id) for one in rendering.plan.jobs}
    parts = (_share(one, costs, uses) for one in rendering.films)
    shares = rounded(parts, total(costs[digest] for digest in uses), _PLACES)
    money = ESTIMATE if rendering.backend in _UNPAID else COST
    return [
        _entry(one, rendering.backend, {money: exact(share)}, names)
        | _of_row(variations.get(one.order.film.variation))
        for one, share in zip(rendering.films, shares, strict=True)
    ]


def _entry(
    one: Delivery, backend: str, money: Mapping[str, str], names: Mapping[JobDigest, str]
) -> Entry:
    order = one.order
    there = one if isinstance(one, Delivered) else None
    state = "failed" if there is None else "slates" if there.slates else "complete"
    return {
        "variation": order.film.variation,
        "output": order.output.name,
        "file": order.path.name,
        "state": state,
        "seconds": round(float(there.seconds), 3) if there else None,
        "width": there.size.width if there else None,
        "height": there.size.height if there else None,
        "backend": backend,
        "captions": [path.name for path in there.captions] if there else [],
        **money,
        "jobs": [names[digest] for digest in order.film.jobs],
    }


def _share(one: Delivery, costs: Mapping[JobDigest, Usd], uses: Counter[JobDigest]) -> Fraction:
    parts = (Fraction(costs[digest]) / uses[digest] for digest in one.order.film.jobs)
    return sum(parts, Fraction(0))


def _of_row(variation: Variation | None) -> Entry:
    row: Row | None = variation.row if variation else None
    if row is None:
        return {"row": None, "columns": {}}
    columns = {
        name: _column(value) for name, value in row.values_by_column.items() if not _group(value)
    }
    return {"row": row.number, "columns": columns}


def _group(value: Value) -> bool:
    """Tell the rows that a row was grouped from: they are no column of the table."""
    return isinstance(value, tuple) and any(isinstance(one, Row) for one in value)


def _column(value: Value) -> Column:
    match value:
        case None:
            return ""
        case tuple():
            return [_column(one) for one in value]
        case Mapping():
            return {key: _column(one) for key, one in value.items()}
        case _:
            return text_of(value)


def to_json(entries: list[Entry]) -> dict[str, object]:
    """Write a manifest, version 1."""
    return {"version": 1, "films": entries}


def to_csv(entries: list[Entry]) -> str:
    """Write a manifest as CSV (RFC 4180); lists are joined by `|`, cells never run as formulas."""
    names = dict.fromkeys(name for one in entries for name in _named(one))
    estimated = any(ESTIMATE in one for one in entries)
    fields = [ESTIMATE if estimated and name == COST else name for name in FIELDS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*fields, *(f"row.{name}" for name in names)])
    for one in entries:
        columns = _named(one)
        cells = [*(one[name] for name in fields), *(columns.get(name, "") for name in names)]
        writer.writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _named(one: Entry) -> Mapping[str, object]:
    columns = one["columns"]
    return columns if isinstance(columns, dict) else {}


def _cell(value: object) -> str:
    """Write a cell; what a spreadsheet would run as a formula gets an apostrophe before it."""
    text = "|".join(map(_flat, value)) if isinstance(value, list) else _flat(value)
    runs = isinstance(value, str | list) and _FORMULA.match(text)
    return f"'{text}" if runs else text


def _flat(value: object) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def write(folder: Path, name: str, text: str) -> Path:
    """Write a manifest's file in one step."""
    path = folder / name
    with atomic_write(path) as unfinished:
        unfinished.write_text(text, "utf-8", newline="")
    return path
