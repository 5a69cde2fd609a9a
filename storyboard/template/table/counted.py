"""Say in how many rows something is: `in 37 of 50 rows, first row 3`."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace

from storyboard.diagnostics import Diagnostic, Related
from storyboard.template.table.table import ColumnFinding

_MOST_PLACES = 3


def in_how_many(hits: int, total: int, first: str, noun: str = "row") -> str:
    """Count hits among all; `first` names the first of them: `row 3`."""
    if total == 1:
        return f"in {first}"
    if hits == total:
        return f"in all {total:,} {noun}s"
    if hits == 1:
        return f"in 1 of {total:,} {noun}s: {first}"
    return f"in {hits:,} of {total:,} {noun}s, first {first}"


@dataclass(slots=True)
class _Counted:
    """The first finding of a kind, its row, where others are, and in how many rows there are."""

    first: Diagnostic
    row: int
    columns: set[str]
    places: list[Related] = field(default_factory=list)
    last: int = 0
    hits: int = 0


class Tally:
    """Counts findings of rows: one of each kind is kept, with the places of a few more."""

    def __init__(self) -> None:
        """Begin without a finding."""
        self._kinds: dict[Hashable, _Counted] = {}

    def add(self, kind: Hashable, row: int, one: Diagnostic, *columns: str) -> None:
        """Count a finding of a row, numbered from 1; it may concern single columns alone."""
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = _Counted(one, row, set())
        elif len(known.places) < _MOST_PLACES - 1 and one.span is not None:
            known.places.append(Related(f"row {row}", one.span))
        known.columns.update(columns)
        known.hits += row != known.last
        known.last = row

    def findings(self, rows: int) -> Iterator[ColumnFinding]:
        """Return one finding of each kind, with the number of rows that have it."""
        for known in self._kinds.values():
            one = known.first
            if known.hits > 1:
                where = in_how_many(known.hits, rows, f"row {known.row}")
                related = (*one.related, *known.places)
                one = replace(one, message=f"{one.message} ({where})", related=related)
            yield ColumnFinding(frozenset(known.columns), one)
