"""Collections that are being read: what is known of each before its end has come."""

from dataclasses import dataclass, field
from typing import TypeAlias

from storyboard.diagnostics import Span
from storyboard.source.node import Entry, Node, Scalar


@dataclass(slots=True)
class Key:
    """A key that waits for its value; not `kept` where it is wrong, and its value goes with it."""

    scalar: Scalar
    kept: bool


@dataclass(slots=True)
class Open:
    """A collection whose end has not come: where its content starts, and what it holds so far."""

    start: int
    flow: bool
    anchor: str | None
    nodes_before: int
    height: int = 1


@dataclass(slots=True)
class OpenSequence(Open):
    """A list before its `]`, or before what is indented less."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class OpenMapping(Open):
    """A mapping before its end; `key` is the one whose value comes next."""

    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    key: Key | None = None


Frame: TypeAlias = OpenSequence | OpenMapping


@dataclass(frozen=True, slots=True)
class Anchored:
    """What an anchor names: None while it is still open, and how much it holds."""

    node: Node | None
    nodes: int
    height: int
    span: Span


@dataclass(slots=True)
class Skip:
    """A collection that is passed over, since it cannot be what was meant."""

    start: int
    depth: int
    expression: bool
