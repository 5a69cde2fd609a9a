"""Nodes to the plain values that a validator of JSON knows, and back by their place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from storyboard.check.memory import Memory
from storyboard.source import Entry, Mapping, Node, Scalar, Sequence

Plain: TypeAlias = str | int | Decimal | bool | list["Plain"] | dict[str, "Plain"] | None


def plain(node: Node, memory: Memory) -> Plain:
    """Return what a node holds; of the same node the same object, which nobody may change."""
    match node:
        case Scalar(value=value):
            return value
        case _:
            return memory.recall("plain", (node,), lambda: _made(node, memory))


def _made(node: Mapping | Sequence, memory: Memory) -> Plain:
    match node:
        case Mapping():
            return {name_of(one): plain(one.value, memory) for one in node.entries}
        case Sequence():
            return [plain(one, memory) for one in node.items]


def name_of(entry: Entry) -> str:
    """Return a key as the key of a plain mapping."""
    return entry.key.value if isinstance(entry.key.value, str) else entry.key.text


@dataclass(frozen=True, slots=True)
class Steps:
    """Leads from a path of a plain value to its node; a mapping is looked through once."""

    root: Node
    _known: dict[int, dict[str, Entry]] = field(default_factory=dict)

    def follow(self, path: Iterable[str | int]) -> tuple[Node, Entry | None]:
        """Return the node that a path leads to, and its entry if it is in one."""
        node: Node = self.root
        entry: Entry | None = None
        for step in path:
            match node:
                case Mapping():
                    entry = self.entry(node, str(step))
                    node = entry.value
                case Sequence() if isinstance(step, int):
                    entry, node = None, node.items[step]
                case _:
                    raise LookupError(f"no step {step!r} leads on from {node}")
        return node, entry

    def entry(self, node: Mapping, name: str) -> Entry:
        """Return the entry of a key."""
        if id(node) not in self._known:
            self._known[id(node)] = {name_of(one): one for one in reversed(node.entries)}
        return self._known[id(node)][name]
