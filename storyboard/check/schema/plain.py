"""Nodes to the plain values that a validator of JSON knows, and back by their place."""

from collections.abc import Iterable
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


def follow(root: Node, path: Iterable[str | int]) -> tuple[Node, Entry | None]:
    """Return the node that a path of a plain value leads to, and its entry if it stands in one."""
    node: Node = root
    entry: Entry | None = None
    for step in path:
        match node:
            case Mapping():
                entry = next(one for one in node.entries if name_of(one) == step)
                node = entry.value
            case Sequence() if isinstance(step, int):
                entry, node = None, node.items[step]
            case _:
                raise LookupError(f"no step {step!r} leads on from {node}")
    return node, entry
