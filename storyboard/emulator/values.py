"""Nodes of a scenario into plain values, with a diagnostic for each that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeVar

from storyboard.diagnostics import Code, Diagnostic, Severity, Span, nearest
from storyboard.source import Mapping as MappingNode
from storyboard.source import Node, Scalar, Sequence

T = TypeVar("T")
Found: TypeAlias = list[Diagnostic]

UNKNOWN = Code("SB870")
WRONG = Code("SB871")
MISSING = Code("SB872")
MISFIT = Code("SB873")


@dataclass(frozen=True, slots=True)
class Values:
    """The known keys of a mapping by name, where it stands, and what was found wrong so far."""

    span: Span
    nodes: Mapping[str, Node]
    found: Found

    def one(self, name: str, default: T, read: Callable[[Node], T | None], wanted: str) -> T:
        """Read a value; where it is not `wanted`, say so and go on with the default."""
        node = self.nodes.get(name)
        if node is None:
            return default
        value = read(node)
        if value is None:
            say(self.found, WRONG, f"`{name}` is not {wanted}", node.span, f"write {wanted}")
            return default
        return value

    def seconds(self, name: str, default: float) -> float:
        """Read a number of seconds that is not negative."""
        return self.one(name, default, _not_negative, "a number of seconds, 0 or more")

    def count(self, name: str) -> int | None:
        """Read a whole number of at least 1."""
        return self.one(name, None, count, "a whole number, 1 or more")

    def yes(self, name: str) -> bool:
        """Read true or false; left out means false."""
        return self.one(name, False, flag, "true or false")  # noqa: FBT003 -- a value, no switch

    def text(self, name: str) -> str | None:
        """Read a text."""
        return self.one(name, None, text, "a text")

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """Read one of some words."""
        given = self.text(name)
        if given is None or given in choices:
            return given if given is not None else default
        message = f"`{name}` cannot be `{given}`"
        say(self.found, UNKNOWN, message, self.nodes[name].span, near(given, choices))
        return default

    def under(self, name: str, keys: tuple[str, ...]) -> "Values":
        """Read a mapping in this one; left out means empty."""
        node = self.nodes.get(name)
        if node is None:
            return Values(self.span, {}, self.found)
        return values_of(node, keys, self.found)


def values_of(node: Node, keys: tuple[str, ...], found: Found) -> Values:
    """Take a mapping's keys, and say which are not known."""
    if not isinstance(node, MappingNode):
        say(found, WRONG, "this is not a mapping", node.span, f"it takes {_listed(keys)}")
        return Values(node.span, {}, found)
    known = {}
    for entry in node.entries:
        name = str(entry.key.value)
        if name in keys:
            known[name] = entry.value
        else:
            message = f"there is no key `{name}` here"
            say(found, UNKNOWN, message, entry.key.span, near(name, keys))
    return Values(node.span, known, found)


def say(found: Found, code: Code, message: str, span: Span, help_: str) -> None:
    """Add an error."""
    found.append(Diagnostic(code, Severity.ERROR, message, span, help_))


def near(given: str, choices: tuple[str, ...]) -> str:
    """Name the word that was likely meant, or all there are."""
    meant = nearest(given, choices)
    return f"did you mean `{meant}`?" if meant else f"it takes {_listed(choices)}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def whole(node: Node) -> int | None:
    """Read a whole number."""
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def count(node: Node) -> int | None:
    """Read a whole number of at least 1."""
    value = whole(node)
    return value if value is not None and value >= 1 else None


def counts(node: Node) -> tuple[int, ...] | None:
    """Read a whole number of at least 1, or a list of them."""
    return _all(node.items if isinstance(node, Sequence) else (node,), count)


def texts(node: Node) -> tuple[str, ...] | None:
    """Read a list of texts."""
    return _all(node.items, text) if isinstance(node, Sequence) else None


def part(node: Node) -> float | None:
    """Read a number from 0 to 1."""
    value = _number(node)
    return value if value is not None and 0 <= value <= 1 else None


def error_status(node: Node) -> int | None:
    """Read the status of an HTTP error."""
    value = whole(node)
    return value if value is not None and 400 <= value <= 599 else None  # noqa: PLR2004 -- HTTP's


def flag(node: Node) -> bool | None:
    """Read true or false."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else None


def text(node: Node) -> str | None:
    """Read a text; a number stands for its digits, as in a key that is all digits."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    return node.value if isinstance(node.value, str) else node.text


def _number(node: Node) -> float | None:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return float(value)


def _not_negative(node: Node) -> float | None:
    value = _number(node)
    return value if value is not None and value >= 0 else None


def _all(items: tuple[Node, ...], read: Callable[[Node], T | None]) -> tuple[T, ...] | None:
    found = tuple(one for item in items if (one := read(item)) is not None)
    return found if found and len(found) == len(items) else None
