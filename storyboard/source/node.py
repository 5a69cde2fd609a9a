"""The nodes of a storyboard file: values that know where they stand."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from storyboard.diagnostics import Span

Route: TypeAlias = tuple[str | int, ...]
"""The way from a document's root to a node: keys and places in lists."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, truth value or null, by the rules of YAML 1.2.

    `text` is what stands in the file, `value` what it means: a number is an `int` or an exact
    `Decimal`. `cells` are the places in tables whose values were put into it, if any. `comment` is
    what begins with `#` where an empty value would be: it may have been meant as the value.
    """

    value: str | int | Decimal | bool | None
    text: str
    span: Span
    quoted: bool = False
    cells: tuple[Span, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what stands behind it."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> "Node | None":
        """Return what stands behind `key`, or None."""
        for entry in self.entries:
            if entry.key.value == key:
                return entry.value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its root, its name as the user gave it, and its lines for excerpts.

    `texts` holds the text of every file whose nodes stand in the document (`use`, `extends`,
    tables), by the name that spans use, the main file's among them.
    """

    file: str
    root: Mapping
    texts: tuple[tuple[str, str], ...]


def at(node: Node, route: Route) -> Node | None:
    """Follow a route from a node; None where it leads nowhere."""
    here: Node | None = node
    for step in route:
        match here, step:
            case Mapping(), str():
                here = here.get(step)
            case Sequence(), int() if 0 <= step < len(here.items):
                here = here.items[step]
            case _:
                return None
    return here
