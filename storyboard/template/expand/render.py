"""A part and a scope to a node; equal values give the very same node."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.source import Entry, Mapping, Node, Scalar, Sequence
from storyboard.template.codes import NOT_A_LIST
from storyboard.template.expand.part import (
    LOOP,
    Each,
    Fixed,
    Item,
    Items,
    Map,
    Part,
    Rendered,
    Text,
)
from storyboard.template.expand.place import Texts
from storyboard.template.expand.scope import Scope
from storyboard.template.expressions.failure import Failure, RenderError, help_of
from storyboard.template.expressions.value import Value, a_kind, text_of, token

if TYPE_CHECKING:  # a storyboard without expressions does not wait for Jinja
    from storyboard.template.expressions.program import Answer

_NO = frozenset(("", "no", "false", "off", "0", "n"))
MAX_COPIES = 500
"""Copies that one `each` makes of an item."""
MAX_ALL_COPIES = 2_000
"""Copies in one film: `each` in shots of a scene that is repeated itself multiplies."""


def render(part: Part, scope: Scope, texts: Texts) -> Rendered:
    """Render a part for the names of a scope."""
    if isinstance(part, Fixed):
        return Rendered(part.node)
    key = scope.key(part.names)
    known = part.memo.get(key)
    if known is None:
        known = part.memo[key] = _render(part, scope, texts)
    return known


def problem(scalar: Scalar, failure: Failure, texts: Texts) -> Diagnostic:
    """Give a failure its place."""
    place = texts.part(scalar, failure)
    return Diagnostic(failure.code, Severity.ERROR, failure.message, place, help_of(failure))


def doubts(scalar: Scalar, answer: "Answer", texts: Texts) -> tuple[Diagnostic, ...]:
    """Give what an answer leaves in doubt its place."""
    return tuple(
        replace(problem(scalar, one, texts), severity=Severity.WARNING) for one in answer.doubts
    )


def holds(value: object) -> bool:
    """Read what a `when` or `where` came to; a table's `no`, `false`, `off` and `0` mean no."""
    if isinstance(value, str):
        return value.strip().lower() not in _NO
    return bool(value)


def _render(part: Text | Map | Items, scope: Scope, texts: Texts) -> Rendered:
    match part:
        case Text():
            return _text(part, scope, texts)
        case Map():
            return _map(part, scope, texts)
        case Items():
            return _items(part, scope, texts)
        case _:
            assert_never(part)


def _text(part: Text, scope: Scope, texts: Texts) -> Rendered:
    node = part.node
    try:
        answer = part.program.answer(scope.values)
        value = answer.atom
    except RenderError as error:
        told = () if scope.follows(part.names) else (problem(node, error.failure, texts),)
        return Rendered(node, told)
    cells = scope.cells_of(part.names)
    made = Scalar(value, text_of(value), node.span, isinstance(value, str), cells)
    return Rendered(made, doubts(node, answer, texts))


def _map(part: Map, scope: Scope, texts: Texts) -> Rendered:
    entries: list[Entry] = []
    problems: list[Diagnostic] = []
    copies = 0
    for entry, inner in part.entries:
        if isinstance(inner, Fixed):
            entries.append(entry)
            continue
        rendered = render(inner, scope, texts)
        problems += rendered.problems
        copies += rendered.copies
        if rendered.node is not None:
            entries.append(Entry(entry.key, rendered.node))
    return Rendered(Mapping(tuple(entries), part.node.span), tuple(problems), copies)


def _items(part: Items, scope: Scope, texts: Texts) -> Rendered:
    nodes: list[Node] = []
    problems: list[Diagnostic] = []
    copies = 0
    for item in part.items:
        for rendered in _copies(item, scope, texts):
            problems += rendered.problems
            copies += rendered.copies
            if rendered.node is not None:
                nodes.append(rendered.node)
            if copies > MAX_ALL_COPIES:
                if rendered.copies <= MAX_ALL_COPIES:  # else it is told inside
                    problems.append(_too_many(part, item))
                return Rendered(None, tuple(problems), copies)
    return Rendered(Sequence(tuple(nodes), part.node.span), tuple(problems), copies)


def _too_many(part: Items, item: Item) -> Diagnostic:
    return Diagnostic(
        NOT_A_LIST,
        Severity.ERROR,
        f"`each` makes more than {MAX_ALL_COPIES:,} copies in one film",
        part.node.span if item.each is None else item.each.at.span,
        "an `each` inside another one multiplies: shorten a list, or make several films of it",
    )


def _copies(item: Item, scope: Scope, texts: Texts) -> Iterator[Rendered]:
    if item.each is None:
        yield _kept(item, scope, texts)
        return
    try:
        values = _values(item.each, scope)
    except RenderError as error:
        if scope.follows(item.each.source_names):
            return
        at = item.each.at
        place = texts.part(at, error.failure) if isinstance(at, Scalar) else at.span
        failure = error.failure
        yield Rendered(
            None,
            (Diagnostic(failure.code, Severity.ERROR, failure.message, place, help_of(failure)),),
        )
        return
    cells = scope.cells_of(item.each.source_names)
    for index, value in enumerate(values):
        turn = _turn(index, len(values))
        names = {item.each.name: (value, token(value)), LOOP: (turn, token(turn))}
        rendered = _kept(item, scope.inside(names, cells), texts)
        node = _numbered(rendered.node, item.part, index + 1)
        yield Rendered(node, rendered.problems, rendered.copies + 1)


def _values(each: Each, scope: Scope) -> tuple[object, ...]:
    value = each.source if isinstance(each.source, tuple) else each.source.value(scope.values)
    if not isinstance(value, tuple):
        raise RenderError(
            Failure(
                NOT_A_LIST,
                f"`each` goes through a list, and this is {a_kind(value)}",
                "a cell with several values is split: `in: \"{{ features | split(';') }}\"`",
            )
        )
    if len(value) > MAX_COPIES:
        raise RenderError(
            Failure(NOT_A_LIST, f"{len(value):,} items are too many; {MAX_COPIES} is the most")
        )
    return value


def _turn(index: int, count: int) -> Value:
    return {
        "index": index + 1,
        "index0": index,
        "first": index == 0,
        "last": index == count - 1,
        "length": count,
    }


def _kept(item: Item, scope: Scope, texts: Texts) -> Rendered:
    if item.when is not None:
        try:
            answer = item.when.program.answer(scope.values)
            asked = doubts(item.when.at, answer, texts)
            if not holds(answer.value):
                return Rendered(None, asked)
        except RenderError as error:
            follows = scope.follows(item.when.names)
            asked = () if follows else (problem(item.when.at, error.failure, texts),)
        kept = render(item.part, scope, texts)
        return Rendered(kept.node, (*asked, *kept.problems), kept.copies)
    return render(item.part, scope, texts)


def _numbered(node: Node | None, part: Part, number: int) -> Node | None:
    """Give a copy an id of its own, where its id reads no name: `reason` becomes `reason-2`."""
    if not isinstance(node, Mapping) or (isinstance(part, Map) and _reads_name(part)):
        return node
    entries = tuple(
        Entry(entry.key, replace(entry.value, value=f"{entry.value.value}-{number}"))
        if entry.key.value == "id" and isinstance(entry.value, Scalar)
        else entry
        for entry in node.entries
    )
    return Mapping(entries, node.span)


def _reads_name(part: Map) -> bool:
    return any(
        entry.key.value == "id" and not isinstance(inner, Fixed) for entry, inner in part.entries
    )
