"""A row and the declared variables to the names that expressions read, of one variation."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from storyboard.diagnostics import Span
from storyboard.template.expressions.reads import ROW, Read

ABSENT: Final = ("absent",)
"""Stands in a key for a name that has no value here."""
_BROKEN = "broken"


def broken(value: Hashable) -> Hashable:
    """Return the token of a variable whose value is wrong: what follows from it is not told."""
    return (_BROKEN, value)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one variation, or of one item of an `each`.

    `tokens` tell values apart and have entries for single columns too (`row:Price`); `cells` are
    the places in tables that a name's value came from.
    """

    values: Mapping[str, object]
    tokens: Mapping[str, Hashable]
    cells: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def key(self, names: Iterable[str]) -> tuple[Hashable, ...]:
        """Return what tells this scope from others as far as these names go."""
        tokens = self.tokens
        return tuple([tokens.get(name, ABSENT) for name in names])

    def follows(self, names: Iterable[str]) -> bool:
        """Tell whether a failure with these names only follows from a value told as wrong."""
        found = (self.tokens.get(name) for name in names)
        return any(isinstance(one, tuple) and one[:1] == (_BROKEN,) for one in found)

    def inside(
        self, names: Mapping[str, tuple[object, Hashable]], cells: tuple[Span, ...]
    ) -> "Scope":
        """Return this scope with more names: those of an item."""
        return Scope(
            {**self.values, **{name: value for name, (value, _) in names.items()}},
            {**self.tokens, **{name: token for name, (_, token) in names.items()}},
            {**self.cells, **dict.fromkeys(names, cells)},
        )

    def cells_of(self, names: Iterable[str]) -> tuple[Span, ...]:
        """Return the cells that values of these names came from, each once."""
        if not self.cells:
            return ()
        found = (cell for name in names for cell in self.cells.get(name, ()))
        return tuple(dict.fromkeys(found))


def column_name(column: str) -> str:
    """Name a column of `row` in keys and dependencies."""
    return f"{ROW}:{column}"


def dependencies(reads: Iterable[Read]) -> tuple[str, ...]:
    """List what a text depends on: names, and single columns of `row` where they are constant."""
    return tuple(
        sorted({column_name(one.column) if one.column is not None else one.name for one in reads})
    )
