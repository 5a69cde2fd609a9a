"""A variation's titles, speech and cells to the prices and percentages that do not agree."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span
from storyboard.source import Mapping, Node, Scalar, Sequence
from storyboard.template.campaign.amounts import Amounts, amounts_in
from storyboard.template.codes import PERCENT_DIFFERS, PRICE_DIFFERS
from storyboard.template.expand.variation import Variation
from storyboard.template.expressions.value import text_of
from storyboard.template.table.group import GROUP
from storyboard.template.table.row import Row

_PRICE = re.compile(
    r"price|preis|prix|precio|prezzo|prijs|pre[cç]o|cena|amount|cost", re.IGNORECASE
)
_PERCENT = re.compile(
    r"percent|prozent|discount|rabatt|remise|descuento|sconto|korting|desconto|%", re.IGNORECASE
)
_PLACES = {
    "scenes": "",
    "shots": "",
    "titles": "title",
    "say": "line of speech",
    "caption": "caption",
}
_LONGEST_CELL = 80
_LANGUAGES = ("locale", "language", "lang")


@dataclass(frozen=True, slots=True)
class Stated:
    """A text that a viewer reads or hears, and what it states. `made`: a row's value is in it."""

    place: str
    span: Span
    made: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class _Kind:
    """Prices or percentages: which amounts, and what to call them."""

    code: Code
    noun: str

    def of(self, amounts: Amounts) -> tuple[tuple[Decimal, str], ...]:
        """Return this kind's amounts."""
        return amounts.prices if self.code == PRICE_DIFFERS else amounts.percents


_KINDS = (_Kind(PRICE_DIFFERS, "price"), _Kind(PERCENT_DIFFERS, "percentage"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Looks at one variation after the other; what nodes and cells state is found once."""

    _scenes: dict[tuple[int, str], tuple[Stated, ...]] = field(default_factory=dict)
    _cells: dict[tuple[str, object], Amounts] = field(default_factory=dict)

    def disagreements(self, variation: Variation) -> tuple[Diagnostic, ...]:
        """Find prices and percentages that stand in one place of a film and in no other.

        What is spoken has to stand in a title or in a cell; what a title states without a row's
        value has to stand in a cell, where the row has any. Number words count as numbers. The
        documents of variations seen before must still be there: nodes are known by identity.
        """
        language = _language(variation.row)
        stated = tuple(self._stated(variation.document.root, language))
        if not stated:
            return ()
        cells = self._of_cells(variation.row) if variation.row is not None else Amounts()
        return tuple(one for kind in _KINDS for one in _differing(kind, stated, cells))

    def _stated(self, root: Mapping, language: str) -> Iterator[Stated]:
        scenes = root.get("scenes")
        for scene in scenes.items if isinstance(scenes, Sequence) else ():
            key = (id(scene), language)
            if key not in self._scenes:
                self._scenes[key] = tuple(_stated(scene, language))
            yield from self._scenes[key]

    def _of_cells(self, row: Row) -> Amounts:
        """Read the amounts of a row: by signs in the cells, and by the columns' names."""
        prices: list[tuple[Decimal, str]] = []
        percents: list[tuple[Decimal, str]] = []
        for column, value in _values(row):
            if not isinstance(value, str | int | Decimal) or isinstance(value, bool):
                continue
            key = (column, value)
            found = self._cells.get(key)
            if found is None:
                found = self._cells[key] = _of_cell(column, text_of(value))
            prices += found.prices
            percents += found.percents
        return Amounts(tuple(prices), tuple(percents))


def _differing(kind: _Kind, stated: tuple[Stated, ...], cells: Amounts) -> Iterator[Diagnostic]:
    in_cells = {amount for amount, _ in kind.of(cells)}
    shown = [one for one in stated if one.place == "title"]
    in_titles = {amount for one in shown for amount, _ in kind.of(one.amounts)}
    spoken = {a for one in stated if one.place != "title" for a, _ in kind.of(one.amounts)}
    for one in stated:
        known = in_cells | in_titles if one.place != "title" else in_cells or spoken
        if not known or (one.place == "title" and one.made):
            continue
        for amount, words in kind.of(one.amounts):
            if amount not in known:
                yield _wrong(kind, one, words, known, shown)


def _wrong(
    kind: _Kind, one: Stated, words: str, known: Iterable[Decimal], shown: Iterable[Stated]
) -> Diagnostic:
    others = ", ".join(f"`{text_of(amount)}`" for amount in sorted(known))
    verb = "says" if one.place != "title" else "shows"
    related = tuple(
        Related("shown here", other.span)
        for other in shown
        if kind.of(other.amounts) and other is not one
    )
    return Diagnostic(
        kind.code,
        Severity.WARNING,
        f"this {one.place} {verb} `{words}`, and the {kind.noun} elsewhere is {others}",
        one.span,
        f"take the {kind.noun} from the table in every place",
        related[:2],
    )


def _stated(node: Node, language: str, place: str | None = None) -> Iterator[Stated]:
    """Go through scenes and shots for what is read or heard."""
    match node:
        case Scalar() if place is not None and isinstance(node.value, str):
            found = amounts_in(node.value, language)
            if found.prices or found.percents:
                yield Stated(place, node.span, bool(node.cells), found)
        case Sequence():
            for item in node.items:
                yield from _stated(item, language, place)
        case Mapping():
            for entry in node.entries:
                inner = _place(str(entry.key.value), place)
                if inner is not None:
                    yield from _stated(entry.value, language, inner or None)


def _place(key: str, place: str | None) -> str | None:
    """Say what a key's texts are; empty for a key to look into, None for one to pass by."""
    if place == "line of speech":
        return place
    if place == "title":
        return place if key == "text" else None
    return _PLACES.get(key)


def _values(row: Row) -> Iterator[tuple[str, object]]:
    """Go through a row's values, and those of the rows it was grouped from."""
    yield from row.values_by_column.items()
    members = row.values_by_column.get(GROUP)
    for member in members if isinstance(members, tuple) else ():
        if isinstance(member, Row):
            yield from member.values_by_column.items()


def _of_cell(column: str, text: str) -> Amounts:
    if len(text) > _LONGEST_CELL or not any(letter.isdigit() for letter in text):
        return Amounts()
    # With these come Babel and Jinja, and most films have no table.
    from storyboard.template.expressions.filters.arguments import (  # noqa: PLC0415 -- the reason is above
        plain_number,
    )
    from storyboard.template.expressions.filters.prices import (  # noqa: PLC0415 -- the same
        amounts_of,
    )

    found = amounts_in(text, "")
    number = plain_number(text.replace(",", "."))
    percents = () if number is None else ((Decimal(number), text),)
    prices = tuple((amount, text) for amount in amounts_of(text))
    return Amounts(
        found.prices + (prices if _PRICE.search(column) else ()),
        found.percents + (percents if _PERCENT.search(column) else ()),
    )


def _language(row: Row | None) -> str:
    if row is None:
        return "en"
    found = next((row[name] for name in _LANGUAGES if name in row), "en")
    if isinstance(found, str):
        return found
    return "en"
