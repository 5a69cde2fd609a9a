"""What is wrong with each variation to a table: variations down, checks across, ok, warn or red."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from storyboard.diagnostics import Code, Column, Diagnostic, Severity
from storyboard.template.codes import (
    DOUBTFUL_PRICE,
    EMPTY_CELL,
    PERCENT_DIFFERS,
    PRICE_DIFFERS,
    SAME_NAME,
)
from storyboard.template.expand.variation import Variation


class Level(StrEnum):
    """What a check says of a variation."""

    OK = "ok"
    WARN = "warn"
    RED = "red"


CHECKS: Mapping[str, frozenset[Code]] = {
    Column.CELLS: frozenset((EMPTY_CELL,)),
    Column.PRICES: frozenset((PRICE_DIFFERS, PERCENT_DIFFERS, DOUBTFUL_PRICE)),
    Column.NAMES: frozenset((SAME_NAME,)),
}
"""Which codes belong to which check of this room; the shell adds those of other rooms."""


@dataclass(frozen=True, slots=True)
class Line:
    """One variation: its name, its row's number (None without a row), a level for each check.

    `why` are the messages behind the levels that are not ok, by check.
    """

    name: str
    row: int | None
    levels: tuple[Level, ...]
    why: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CheckTable:
    """All variations against all checks; the last check is `other`: every code in no check."""

    checks: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def red(self) -> int:
        """Count the variations with a red cell."""
        return sum(Level.RED in line.levels for line in self.lines)

    @property
    def worst(self) -> tuple[Level, ...]:
        """Return each check's worst level over all variations."""
        columns = zip(*(line.levels for line in self.lines), strict=True)
        return tuple(max(column, key=_ORDER.index) for column in columns)


_ORDER = (Level.OK, Level.WARN, Level.RED)


def check_table(
    found: Iterable[tuple[Variation, Iterable[Diagnostic]]],
    checks: Mapping[str, frozenset[Code]] = CHECKS,
) -> CheckTable:
    """Sort what was found of each variation into checks; notes are no warnings."""
    of_code = {code: name for name, codes in checks.items() for code in codes}
    names = (*checks, Column.OTHER)
    lines = []
    for variation, diagnostics in found:
        levels = dict.fromkeys(names, Level.OK)
        why: dict[str, list[str]] = {}
        for one in diagnostics:
            level = _LEVELS.get(one.severity)
            if level is None:
                continue
            check = of_code.get(one.code, Column.OTHER)
            levels[check] = max(levels[check], level, key=_ORDER.index)
            why.setdefault(check, []).append(one.message)
        reasons = {check: tuple(dict.fromkeys(some)) for check, some in why.items()}
        row = variation.row.number if variation.row is not None else None
        lines.append(Line(variation.name or "", row, tuple(levels.values()), reasons))
    return CheckTable(names, tuple(lines))


_LEVELS = {Severity.ERROR: Level.RED, Severity.WARNING: Level.WARN}


def table_json(table: CheckTable) -> dict[str, object]:
    """Write the table for programs, version 1."""
    return {
        "version": 1,
        "checks": list(table.checks),
        "variations": [
            {
                "name": line.name,
                "row": line.row,
                "levels": {
                    check: level.value
                    for check, level in zip(table.checks, line.levels, strict=True)
                },
                "why": {check: list(some) for check, some in line.why.items()},
            }
            for line in table.lines
        ],
    }
