"""One film of a storyboard: its row, and the plain document that the row made."""

from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.diagnostics import Diagnostic, Span
from storyboard.source import Document
from storyboard.template.expand.build import Use
from storyboard.template.table.row import Row


@dataclass(frozen=True, slots=True)
class Campaign:
    """What all variations of a storyboard share: which scalars read which names.

    `count` is how many variations there are before `where`; `rows` how many rows the table gave,
    0 for none; `matrix` the names of the matrix.
    """

    uses: tuple[Use, ...]
    count: int
    rows: int
    matrix: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variation:
    """A plain document without `variables`, `variations`, `use`, `extends`, `when` and `each`.

    Nodes that read no name, or the same values, are the very same object in every variation.
    `name` and `row` are None where the storyboard has no variations; `number` counts from 1.
    `cells` are the places in tables that the values of names came from. `found` is what was wrong
    with this variation alone while it was made; `expand` tells it too, gathered over all.
    """

    name: str | None
    row: Row | None
    document: Document
    number: int
    cells: Mapping[str, tuple[Span, ...]]
    values: Mapping[str, object]
    campaign: Campaign
    found: tuple[Diagnostic, ...] = ()
