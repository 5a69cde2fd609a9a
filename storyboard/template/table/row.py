"""A row of a table as a value that expressions read: columns by header, and by slug."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storyboard.diagnostics import Span
from storyboard.template.expressions.value import Value

_NOT_NAME = re.compile(r"\W+")
_JINJA_WORDS = frozenset(
    [
        "and",
        "else",
        "false",
        "False",
        "if",
        "in",
        "is",
        "none",
        "None",
        "not",
        "or",
        "recursive",
        "true",
        "True",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Row(Mapping[str, Value]):
    """One row: its number from 1, its values by column, and the cell each value stands in.

    `aliases` leads from a column's slug (`variant_price`) to its header (`Variant Price`).
    """

    number: int
    values_by_column: Mapping[str, Value]
    cells: Mapping[str, Span]
    aliases: Mapping[str, str]

    def __getitem__(self, key: str) -> Value:
        if key in self.values_by_column:
            return self.values_by_column[key]
        return self.values_by_column[self.aliases[key]]

    def __contains__(self, key: object) -> bool:
        return key in self.values_by_column or self.aliases.get(str(key)) in self.values_by_column

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_column)

    def __len__(self) -> int:
        return len(self.values_by_column)

    def column(self, name: str) -> str | None:
        """Return the header that a name means, or None."""
        if name in self.values_by_column:
            return name
        alias = self.aliases.get(name)
        return alias if alias in self.values_by_column else None


def name_slug(header: str) -> str:
    """Turn a header into a name that an expression can use: `Variant Price` to `variant_price`."""
    slug = _NOT_NAME.sub("_", header.strip().lower()).strip("_")
    return f"_{slug}" if slug[:1].isdigit() else slug


def is_name(text: str) -> bool:
    """Tell whether an expression can use the text as a name."""
    return text.isidentifier() and text not in _JINJA_WORDS


def aliases_of(columns: Iterable[str]) -> dict[str, str]:
    """Lead from slugs to headers; the first column of a slug wins, a header wins over a slug."""
    headers = dict.fromkeys(columns)
    found: dict[str, str] = {}
    for header in headers:
        slug = name_slug(header)
        if slug and slug not in headers:
            found.setdefault(slug, header)
    return found
