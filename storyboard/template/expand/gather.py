"""Findings of each variation to findings of all: equal ones become one, with a count."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from unicodedata import category

from storyboard.diagnostics import Diagnostic, Related, Span
from storyboard.template.codes import EMPTY_CELL
from storyboard.template.expand.build import Use
from storyboard.template.expand.variation import Campaign, Variation
from storyboard.template.expressions.value import text_of
from storyboard.template.table.counted import in_how_many

_VALUES = re.compile(r"`[^`]*`|\d+(?:[.,:]\d+)*")
_MOST_CELLS = 3
_MOST_USES = 100
"""Scalars that are looked at within a place, for the few cells that are shown."""
_SHOWN = 40


@dataclass(slots=True)
class _Finding:
    """The first of equal diagnostics, and the variations that have it."""

    first: Diagnostic
    where: list[Variation]


def gather(found: Iterable[tuple[Variation, Iterable[Diagnostic]]]) -> tuple[Diagnostic, ...]:
    """Merge what variations share; point to the cells of the first rows that have it.

    Two findings are equal where code, severity and place are, and the messages but for the values
    in them. Where there is one variation without a row, everything stays as it is.
    """
    merged: dict[tuple[object, ...], _Finding] = {}
    count = 0
    for variation, diagnostics in found:
        count += 1
        here: dict[tuple[object, ...], int] = {}
        for one in diagnostics:
            shape = (one.code, one.severity, one.span, _shape(one))
            here[shape] = here.get(shape, 0) + 1
            finding = merged.setdefault((*shape, here[shape]), _Finding(one, []))
            finding.where.append(variation)
    places: dict[int, _Uses] = {}
    return tuple(_told(finding, count, places) for finding in merged.values())


def _shape(one: Diagnostic) -> str:
    """Return a message without the values in it; the name of an empty column is not a value."""
    return one.message if one.code == EMPTY_CELL else _VALUES.sub("", one.message)


@dataclass(frozen=True, slots=True)
class _Uses:
    """The scalars of a campaign that read names, sorted by their places."""

    uses: list[Use]
    starts: list[tuple[str, int, int]]

    @classmethod
    def of(cls, campaign: Campaign) -> "_Uses":
        uses = sorted(campaign.uses, key=lambda use: _start(use.span))
        return cls(uses, [_start(use.span) for use in uses])

    def around(self, span: Span) -> Iterator[Use]:
        """Return those that hold a place: scalars hold none of each other."""
        end = bisect_right(self.starts, _start(span))
        while end and _holds(self.uses[end - 1].span, span):
            end -= 1
            yield self.uses[end]

    def inside(self, span: Span) -> Iterator[Use]:
        """Return those that a place holds, the first of them."""
        begin = bisect_left(self.starts, _start(span))
        for use in self.uses[begin : begin + _MOST_USES]:
            if _holds(span, use.span):
                yield use


def _start(span: Span) -> tuple[str, int, int]:
    return span.file, span.line, span.column


def _told(finding: _Finding, count: int, places: dict[int, _Uses]) -> Diagnostic:
    first = finding.where[0]
    if first.row is None:
        return finding.first
    if id(first.campaign) not in places:
        places[id(first.campaign)] = _Uses.of(first.campaign)
    uses = places[id(first.campaign)]
    cells = tuple(_cells(finding.first, finding.where, uses))
    kept = tuple(one for one in finding.first.related if one.span not in {c.span for c in cells})
    message = f"{finding.first.message} ({_where(finding.where, count)})"
    return replace(finding.first, message=message, related=(*kept, *cells))


def _where(where: list[Variation], count: int) -> str:
    """Say in how many it is: `in 37 of 50 rows, first row 3`."""
    first = where[0]
    rows = bool(first.campaign.rows) and not first.campaign.matrix
    noun = "row" if rows else "variation"
    one = f"row {first.row.number}" if rows and first.row is not None else f"`{first.name}`"
    return in_how_many(len(where), count, one, noun)


def _cells(one: Diagnostic, where: list[Variation], uses: _Uses) -> Iterator[Related]:
    """Point to the cells whose values stand at a diagnostic's place.

    Those of a table go before the values of a matrix, which most rows share.
    """
    if one.span is None:
        return
    names = _names_at(one.span, uses)
    found = list(islice(_others(names, where, one.span.file), _MOST_CELLS))
    yield from found or islice(_others(names, where, None), _MOST_CELLS)


def _others(names: tuple[str, ...], where: list[Variation], file: str | None) -> Iterator[Related]:
    """Go through the cells of these names that are in another file than this one, each once."""
    seen: set[Span] = set()
    for variation in where:
        for name in names:
            for cell in variation.cells.get(name, ()):
                if cell not in seen and cell.file != file:
                    seen.add(cell)
                    yield Related(_says(name, variation), cell)


def _names_at(span: Span, uses: _Uses) -> tuple[str, ...]:
    """Return the names that the narrowest scalar around a place reads, or those within it."""
    found = [*uses.around(span)][::-1] or [*uses.inside(span)]
    return tuple(dict.fromkeys(name for use in found for name in use.names))


def _holds(outer: Span, inner: Span) -> bool:
    return (
        outer.file == inner.file
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    )


def _says(name: str, variation: Variation) -> str:
    """Tell what a cell holds: `row 3: offer is '2 for 1'`."""
    shown = name.partition(":")[2] or name
    row = variation.row
    if row is None:
        return f"`{shown}`"
    if len(variation.cells.get(name, ())) > 1:
        return f"row {row.number}: {shown} is made from it"
    value = row[shown] if row.column(shown) is not None else variation.values.get(shown)
    if value is not None and not isinstance(value, str | int | Decimal):
        return f"row {row.number}: {shown}"
    text = text_of(value)
    if not text:
        return f"row {row.number}: {shown} is empty"
    text = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f"row {row.number}: {shown} is {_quoted(text)}"


def _quoted(text: str) -> str:
    """Put a text in quotes; spaces of all kinds stay spaces, what cannot be seen is escaped."""
    sign = '"' if "'" in text and '"' not in text else "'"
    letters = (
        one
        if one.isprintable() or category(one) == "Zs"
        else one.encode("unicode_escape").decode("ascii")
        for one in text
    )
    return f"{sign}{''.join(letters)}{sign}"
