"""Nodes to the values that expressions see, and values back to the text of a scalar."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeAlias, assert_never

from storyboard.source import Mapping as MappingNode
from storyboard.source import Node, Scalar, Sequence

Atom: TypeAlias = str | int | Decimal | bool | None
"""What a scalar can hold."""

Value: TypeAlias = Atom | tuple["Value", ...] | Mapping[str, "Value"]
"""What a name in an expression stands for."""

_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "null"),
    (bool, "boolean"),  # before int: a truth value is an integer to Python
    (int, "integer"),
    ((Decimal, float), "number"),
    (str, "string"),
    (Mapping, "map"),
)


def of_node(node: Node) -> Value:
    """Turn a node into the value it means; texts in it are not rendered."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return tuple(of_node(item) for item in node.items)
        case MappingNode():
            return {str(entry.key.value): of_node(entry.value) for entry in node.entries}
        case _:
            assert_never(node)


def token(value: object) -> Hashable:
    """Return what tells a value from every other one: `1`, `"1"` and `true` differ."""
    match value:
        case str():
            return value
        case Mapping():
            return ("map", *((key, token(inner)) for key, inner in value.items()))
        case tuple() | list():
            return ("list", *(token(inner) for inner in value))
        case Decimal():
            return (Decimal, str(value))
        case _:
            return (type(value), value)


def text_of(value: Atom) -> str:
    """Write an atom as YAML would: `true`, `12.50`, never `True` or `1.25E+1`."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case int() | str():
            return str(value)
        case _:
            assert_never(value)


def kind_of(value: object) -> str:
    """Name a value's kind in the words of the language: `list`, `number`, …."""
    return next((word for kinds, word in _KINDS if isinstance(value, kinds)), "list")


def a_kind(value: object) -> str:
    """Name a value's kind with its article."""
    kind = kind_of(value)
    return f"an {kind}" if kind == "integer" else f"a {kind}" if kind != "null" else kind
