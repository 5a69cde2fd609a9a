"""The parts of a storyboard that rows can change, and those that none can."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from storyboard.diagnostics import Diagnostic
from storyboard.source import Entry, Node, Scalar, Sequence
from storyboard.source import Mapping as MappingNode

if TYPE_CHECKING:  # a storyboard without expressions does not wait for Jinja
    from storyboard.template.expressions.program import Program


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a part became: None where `when` left it out; and what is wrong with it.

    `copies` is how many copies `each` has made in it.
    """

    node: Node | None
    problems: tuple[Diagnostic, ...] = ()
    copies: int = 0


Memo: TypeAlias = dict[tuple[Hashable, ...], Rendered]
"""What a part became before, by the values that it reads: equal values give the same node."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Reads no name: every variation has the very same node."""

    node: Node


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar with a template in it."""

    node: Scalar
    program: "Program"
    names: tuple[str, ...]
    memo: Memo = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping with something in it that rows change."""

    node: MappingNode
    entries: tuple[tuple[Entry, "Part"], ...]
    names: tuple[str, ...]
    memo: Memo = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Each:
    """Repeats an item of a list. `source` is an expression, or the items as they stand."""

    name: str
    at: Scalar | Sequence
    source: "Program | tuple[object, ...]"
    source_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """Keeps an item of a list, or leaves it out."""

    at: Scalar
    program: "Program"
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: `each` repeats it, then `when` is asked for each of its copies."""

    part: "Part"
    each: Each | None = None
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list with something in it that rows change."""

    node: Sequence
    items: tuple[Item, ...]
    names: tuple[str, ...]
    memo: Memo = field(default_factory=dict)


Part: TypeAlias = Fixed | Text | Map | Items


def names_of(part: Part) -> tuple[str, ...]:
    """Return the names that a part reads from outside itself."""
    return () if isinstance(part, Fixed) else part.names


def names_of_item(item: Item) -> frozenset[str]:
    """Return the names that an item reads; what its `each` gives is not among them."""
    inner = frozenset(names_of(item.part)) | frozenset(item.when.names if item.when else ())
    if item.each is None:
        return inner
    return (inner - {item.each.name, LOOP}) | frozenset(item.each.source_names)


LOOP = "loop"
"""The name that tells an item of `each` its number: `loop.index`, `loop.first`, `loop.last`."""
