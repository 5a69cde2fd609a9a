"""Variations to lines for people: the table of checks, and what each column costs."""

from collections.abc import Iterable, Iterator

import click

from storyboard.check import columns
from storyboard.cli import show
from storyboard.diagnostics import Code, Column, codes
from storyboard.model import dollars
from storyboard.pipeline import Compiled
from storyboard.plan import Plan, sharing
from storyboard.template import (
    CHECKS,
    Charge,
    CheckTable,
    ColumnCost,
    Level,
    check_table,
    column_costs,
    lines_of,
)

_MOST_LINES = 30
_COLORS = {Level.OK: "green", Level.WARN: "yellow", Level.RED: "red"}
_ROOMS = {Column.MODELS: "SB4", Column.TITLES: "SB75"}
"""What the codes of other rooms begin with: of requests, and of titles in their fonts."""


def checks() -> dict[str, frozenset[Code]]:
    """Return which codes make which column of the table of checks."""
    rules, every = columns(), codes()
    return {
        column: CHECKS.get(column, frozenset())
        | rules.get(column, frozenset())
        | _of_room(_ROOMS.get(column), every)
        for column in Column
        if column not in (Column.OTHER, Column.STORYBOARD)
    }


def _of_room(start: str | None, every: Iterable[Code]) -> frozenset[Code]:
    return frozenset(one for one in every if start is not None and one.startswith(start))


def table_of(result: Compiled) -> CheckTable:
    """Sort what was found in each variation into the columns of a table."""
    return check_table(result.findings, checks())


def table_lines(table: CheckTable, failed: bool) -> Iterator[str]:  # noqa: FBT001 -- a fact
    """Write the variations that are not all well, worst cells in red, and count the others.

    Where the whole `failed` and no variation by itself has a finding, there is nothing to count.
    """
    bad = [line for line in table.lines if any(one is not Level.OK for one in line.levels)]
    well = len(table.lines) - len(bad)
    if bad:
        worst = [n for n, one in enumerate(table.worst) if one is not Level.OK]
        head = ("variation", "row", *(table.checks[n] for n in worst))
        rows = [
            (line.name, str(line.row or ""), *(line.levels[n].value for n in worst))
            for line in bad[:_MOST_LINES]
        ]
        yield from (_colored(line) for line in show.table([head, *rows], right=("row",)))
        if len(bad) > _MOST_LINES:
            yield f"… and {len(bad) - _MOST_LINES:,} more; --format json has all"
    if bad or not failed:
        yield f"{well:,} of {show.plural(len(table.lines), 'variation')} without a finding"


def _colored(line: str) -> str:
    if not show.coloured():
        return line
    for level, color in _COLORS.items():
        line = line.replace(f" {level.value}", " " + click.style(level.value, fg=color))
    return line


def costs_of(result: Compiled) -> tuple[ColumnCost, ...]:
    """Work out what each column of the table costs."""
    charges: dict[str | None, list[Charge]] = {one.name: [] for one, _ in result.findings}
    for film in result.wanted:
        charges[film.variation] += [
            Charge(f"{job.id} {film.outputs}", job.digest, job.whole_cost) for job in film.jobs
        ]
    variations = [one for one, _ in result.findings]
    return column_costs(variations, [charges[one.name] for one in variations])


def sharing_lines(result: Compiled, plan: Plan) -> Iterator[str]:
    """Write what is saved by rendering shared jobs once, and what each column costs."""
    shared = sharing(result.wanted, plan)
    if shared.without != shared.with_:
        yield (
            f"shared: {show.plural(shared.jobs, 'job')} are "
            f"{show.plural(shared.distinct, 'distinct one')}; "
            f"{dollars(shared.without)} without sharing"
        )
    costs = lines_of(costs_of(result)) if len(result.findings) > 1 else ()
    yield from (f"  {line}" for line in costs)
