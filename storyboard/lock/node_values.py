"""Take values out of the nodes of a lock, and find what is wrong with each.

What is wrong gives a value that stands for nothing, so that reading goes on and finds all that is
wrong at once; a lock with an error is never used.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, suggest
from storyboard.model import NOTHING, Seconds, Usd, parse_usd
from storyboard.source import Entry, Node, Scalar
from storyboard.source import Mapping as Keys
from storyboard.source import Sequence as Items

WRONG = Code("SB920")
NOT_A_DIGEST = Code("SB923")

NOT_THERE = Scalar(None, "", Span("", 1, 1, 1, 1))
"""Stands for the value of a key that is missing."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LENGTH = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,30}|/[1-9][0-9]{0,11})?)s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
RESTORE = "restore it: `git log -p` shows how it was, and `storyboard takes` what there is"

Word = TypeVar("Word", bound=StrEnum)


@dataclass(slots=True)
class NodeValues:
    """What was found wrong so far."""

    found: list[Diagnostic] = field(default_factory=list)

    def report(
        self, code: Code, message: str, span: Span, help_: str | None, *near: Related
    ) -> None:
        """Report an error."""
        self.found.append(Diagnostic(code, Severity.ERROR, message, span, help_, near))

    def keys(
        self, node: Node, what: str, needed: Sequence[str], further: Collection[str] = ()
    ) -> Mapping[str, Node]:
        """Return what is behind each key; a key of a later version is refused, not passed over."""
        known = (*needed, *further)
        if not isinstance(node, Keys):
            if node is not NOT_THERE:
                listed = ", ".join(f"`{one}`" for one in needed)
                self.report(WRONG, f"{what} has keys with values", node.span, f"write {listed}")
            return dict.fromkeys(known, NOT_THERE)
        for entry in node.entries:
            self._known(entry, what, known)
        there = {str(one.key.value): one.value for one in node.entries}
        for key in needed:
            if key not in there:
                message = f"{what} has no `{key}`"
                self.report(WRONG, message, node.span, RESTORE)
        return {key: there.get(key, NOT_THERE) for key in known}

    def _known(self, entry: Entry, what: str, known: Sequence[str]) -> None:
        key = str(entry.key.value)
        if key in known:
            return
        near = suggest(key, known, "keys")
        stop = "" if near is None or near.endswith("?") else "."
        more = f"{near}{stop} " if near else ""
        help_ = f"{more}A later version of storyboard may have written it: use that one"
        self.report(WRONG, f"{what} has no key `{key}`", entry.key.span, help_)

    def items(self, node: Node, key: str) -> Sequence[Node]:
        """Return the items of a list; a key that is missing has none."""
        if isinstance(node, Items):
            return node.items
        if node is not NOT_THERE:
            self.report(WRONG, f"`{key}` must be a list", node.span, f"write `{key}: []` for none")
        return ()

    def text(self, node: Node, key: str) -> str:
        """Return a text."""
        match node:
            case Scalar(value=str() as value):
                return value
            case Scalar() if node is NOT_THERE:
                return ""
            case _:
                help_ = f'put it in quotes: {key}: "…"'
                self.report(WRONG, f"`{key}` must be a text", node.span, help_)
                return ""

    def word(self, node: Node, key: str, words: type[Word]) -> Word:
        """Return one of a few words."""
        every: list[Word] = [*words]
        written = node.value if isinstance(node, Scalar) else None
        found = next((one for one in every if one.value == written), None)
        if found is None and node is not NOT_THERE:
            listed = " or ".join(f"`{one.value}`" for one in every)
            self.report(WRONG, f"`{key}` must be {listed}", node.span, RESTORE)
        return found or every[0]

    def count(self, node: Node, key: str, least: int) -> int:
        """Return a whole number."""
        if isinstance(node, Scalar) and type(node.value) is int and node.value >= least:
            return node.value
        if node is not NOT_THERE:
            message = f"`{key}` must be a whole number from {least} on"
            self.report(WRONG, message, node.span, RESTORE)
        return least

    def digest(self, node: Node, key: str) -> str:
        """Return a SHA-256, which may look like a number."""
        if isinstance(node, Scalar):
            written = node.value if node.quoted else node.text
            if isinstance(written, str) and _DIGEST.fullmatch(written):
                return written
        if node is not NOT_THERE:
            message = f"`{key}` is not a SHA-256: 64 digits and letters from a to f"
            self.report(NOT_A_DIGEST, message, node.span, RESTORE)
        return ""

    def length(self, node: Node, key: str) -> Seconds:
        """Return an exact length or place in seconds."""
        match node:
            case Scalar(value=str() as value) if found := _LENGTH.fullmatch(value):
                return Fraction(found[1])
        if node is not NOT_THERE:
            message = f"`{key}` must be seconds, like `2.5s`"
            self.report(WRONG, message, node.span, RESTORE)
        return Fraction(0)

    def price(self, node: Node, key: str) -> Usd:
        """Return an amount."""
        price = None
        match node:
            case Scalar(value=str() as value):
                price = parse_usd(value)
            case Scalar(value=int() | Decimal() as value) if not isinstance(value, bool):
                price = Usd(Decimal(value)) if value >= 0 else None
        if price is not None:
            return price
        if node is not NOT_THERE:
            message = f"`{key}` must be an amount, like `1.68 USD`"
            self.report(WRONG, message, node.span, RESTORE)
        return NOTHING

    def time(self, node: Node, key: str) -> datetime:
        """Return a time with its zone, in UTC and to the second."""
        match node:
            case Scalar(value=str() as value) if (when := _time(value)) is not None:
                return when
        if node is not NOT_THERE:
            message = f"`{key}` must be a time with its zone, like `2026-11-28T15:05:44Z`"
            self.report(WRONG, message, node.span, RESTORE)
        return _EPOCH


def _time(written: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(written)
        return None if when.tzinfo is None else when.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def is_none(node: Node) -> bool:
    """Tell whether nothing is there: no such key, an empty value, or `none`."""
    return isinstance(node, Scalar) and (node.value is None or node.text == "none")
