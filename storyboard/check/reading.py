"""Nodes to plain values, leniently: what is of the wrong kind is None, for the schema has told."""

import re
from decimal import Decimal
from fractions import Fraction

from storyboard.model import FrameRate, Seconds, parse_time
from storyboard.source import Entry, Mapping, Node, Scalar, Sequence

_BLOCK = re.compile(r"^[|>][-+0-9]*")


def child(node: Node | None, key: str) -> Node | None:
    """Return what stands behind a key, or None where there is no such key or no mapping."""
    return node.get(key) if isinstance(node, Mapping) else None


def entry(node: Node | None, key: str) -> Entry | None:
    """Return the key and what stands behind it."""
    if child(node, key) is None:
        return None
    return next((one for one in entries(node) if one.key.value == key), None)


def entries(node: Node | None) -> tuple[Entry, ...]:
    """Return a mapping's entries; of anything else, none."""
    return node.entries if isinstance(node, Mapping) else ()


def items(node: Node | None) -> tuple[Node, ...]:
    """Return a list's items; of anything else, none."""
    return node.items if isinstance(node, Sequence) else ()


def one_or_many(node: Node | None) -> tuple[Node, ...]:
    """Return the items of a list, or the node alone."""
    if node is None:
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def key_of(found: Entry) -> str:
    """Return a key as text: `1` and `"1"` are one name."""
    return text(found.key) or found.key.text


def text(node: Node | None) -> str | None:
    """Return a text; a number is the text that stands in the file.

    None of an expression without a value: that it has none, the template room has told.
    """
    match node:
        case Scalar(value=str() as value):
            return None if "{" in value and has_no_value(node) else value
        case Scalar(value=bool() | None):
            return None
        case Scalar(value=int() | Decimal() as value):
            return f"{Decimal(value):f}" if "{" in node.text else node.text.strip()
        case _:
            return None


def written(node: Node | None) -> str:
    """Return a text as it stands, also of an expression without a value; else an empty one."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def has_no_value(node: Node) -> bool:
    """Tell whether a scalar is an expression that could not be worked out: it stands as written."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or node.cells:
        return False
    if "{{" not in node.value and "{%" not in node.value:
        return False
    value, stands = "".join(node.value.split()), "".join(node.text.split())
    return value in {stands, stands[1:-1], _BLOCK.sub("", stands)}


def flag(node: Node | None) -> bool | None:
    """Return a truth value."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else None


def number(node: Node | None) -> Decimal | None:
    """Return a number."""
    match node:
        case Scalar(value=bool()):
            return None
        case Scalar(value=int() | Decimal() as value):
            return Decimal(value)
        case _:
            return None


def count(node: Node | None) -> int | None:
    """Return a whole number from 1 on."""
    found = number(node)
    return int(found) if found is not None and found >= 1 and found == int(found) else None


LONGEST = 86_400
"""The most seconds that a number may say, as in the schema: a day."""


def seconds(node: Node | None, fps: FrameRate | None) -> Seconds | None:
    """Return a time; frames need the frame rate.

    None also for a number that the schema does not take: what follows from it is not told as well.
    """
    match node:
        case Scalar(value=bool()):
            return None
        case Scalar(value=int() | Decimal() as value):
            return Fraction(value) if 0 <= value <= LONGEST else None
        case Scalar(value=str() as value):
            return parse_time(value, fps)
        case _:
            return None
