"""A budget that is no amount of US dollars."""

import re
from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.reading import child, text
from storyboard.check.resolve.amount import dollars
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.source import Node

CODE = Code("SB513")

_OTHER = re.compile(r"\b[A-Z]{3}\b|[\u20ac\u00a3\u00a5\u20b9]|\b(?:eur|euros?|gbp|pounds?|yen)\b")


@rule(FRAME, Column.OTHER, CODE)
def budget_readable(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find a budget in another currency, or that is no amount."""
    budget = subject.outline.root.get("budget")
    for key in ("max", "each"):
        yield from _unreadable(child(budget, key))


def _unreadable(node: Node | None) -> Iterator[Diagnostic]:
    written = text(node)
    if node is None or written is None or dollars(node) is not None:
        return
    other = _OTHER.search(written)
    if other is not None and other[0] != "USD":
        message = f"`{written}` is not in US dollars"
        yield error(CODE, node, message, "prices are in US dollars: write `25 USD`")
    else:
        yield error(CODE, node, f"`{written}` is no amount of money", "write `25 USD`")
