"""JSON, JSONL and YAML to a table: a list of objects, their keys the columns."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from storyboard.diagnostics import Diagnostic, Severity, Span, has_errors
from storyboard.source import Lines, Node, Sequence, read
from storyboard.source import Mapping as MappingNode
from storyboard.template.codes import EMPTY_TABLE, ROWS_SYNTAX
from storyboard.template.expressions.value import Value, a_kind, of_node
from storyboard.template.table.counted import Tally
from storyboard.template.table.json_values import JsonError, Placed, parse
from storyboard.template.table.row import Row, aliases_of
from storyboard.template.table.table import Table

_MOST_LISTS = 4
"""Lists that are named where one has to be chosen."""
_LINE = re.compile(r"[^\r\n]+")
_VALUES = re.compile(r"`[^`]*`")
_FORM = 'a table is a list of objects: `[{"sku": "A12", "price": 9.99}, …]`'
Fields = Mapping[str, tuple[Value, Span]]
"""A row's values with their places."""


def read_json(text: str, file: str) -> tuple[Table | None, list[Diagnostic]]:
    """Read a JSON list of objects, or the list under an only key."""
    lines = Lines(file, text)
    try:
        found = parse(text)
    except JsonError as error:
        return None, [_json_error(error, lines)]
    rows, path = _unwrapped(found)
    if not isinstance(rows.value, tuple):
        return None, [_not_a_list(found.value, lines.span(found.start, found.start + 1))]
    notes = [_note(path, lines.span(rows.start, rows.start + 1))] if path else []
    table, problems = _table(text, file, (_fields(item, lines) for _, item in rows.inner))
    return table, [*notes, *problems]


def read_jsonl(text: str, file: str) -> tuple[Table | None, list[Diagnostic]]:
    """Read one JSON object a line."""
    lines = Lines(file, text)
    found: list[Fields | Diagnostic] = []
    for line in _LINE.finditer(text):
        if not line[0].strip():
            continue
        try:
            found.append(_fields(parse(line[0]), lines, line.start()))
        except JsonError as error:
            found.append(_json_error(error, lines, line.start()))
    return _table(text, file, found)


def read_yaml(text: str, file: str) -> tuple[Table | None, list[Diagnostic]]:
    """Read a YAML list of mappings, or the list under the key `rows` or an only key."""
    result = read(text.encode(), file)
    if result.value is not None and not has_errors(result.diagnostics):
        rows, path = _list_in(result.value.root)
        if rows is None:
            root = result.value.root
            return None, [_not_a_list(of_node(root), Span(file, 1, 1, 1, 1))]
        notes = [_note(path, rows.span)] if path != ("rows",) else []
        table, found = read_rows(rows, file, text)
        return table, [*result.diagnostics, *notes, *found]
    # `source.read` reads mappings: a key on a line of its own makes one of a list.
    under = read(f"rows:\n{text}".encode(), file)
    if under.value is None or has_errors(under.diagnostics):
        return None, [_moved(one) for one in under.diagnostics]
    rows = under.value.root.get("rows")
    if not isinstance(rows, Sequence):
        return None, [_wrong("this is no list", Span(file, 1, 1, 1, 1))]
    return _table(text, file, (_of_node(item, 1) for item in rows.items))


def _list_in(root: MappingNode) -> tuple[Node | None, tuple[str, ...]]:
    """Return the list under `rows`, or under the only key of maps in each other; and its path."""
    if (rows := root.get("rows")) is not None:
        return rows, ("rows",)
    node: Node = root
    path: list[str] = []
    while isinstance(node, MappingNode) and len(node.entries) == 1:
        path.append(str(node.entries[0].key.value))
        node = node.entries[0].value
    return (node, tuple(path)) if isinstance(node, Sequence) else (None, ())


def _unwrapped(found: Placed) -> tuple[Placed, tuple[str, ...]]:
    """Return what is under the only key of objects in each other; and its path."""
    path: list[str] = []
    while isinstance(found.value, Mapping) and len(found.inner) == 1:
        name, found = found.inner[0]
        path.append(name)
    return found, tuple(path)


def _note(path: Iterable[str], span: Span) -> Diagnostic:
    message = f"the rows are the list under `{'.'.join(path)}`"
    help_text = "look whether it has all of them: such a file may be one page of several"
    return Diagnostic(ROWS_SYNTAX, Severity.NOTE, message, span, help_text)


def _not_a_list(value: Value, span: Span) -> Diagnostic:
    """Say what is there instead of a list, and which lists of objects are in it."""
    lists = list(islice(_lists_in(value, ()), _MOST_LISTS))
    if not lists:
        return _wrong(f"this is {a_kind(value)}", span)
    one = lists[0]
    if len(lists) == 1:
        message = f"this is {a_kind(value)}, and the list under `{one}` looks like the rows"
        help_text = f"leave that list alone in the file, without `{one}` and what is beside it"
    else:
        shown = ", ".join(f"`{name}`" for name in lists)
        message = f"this is {a_kind(value)}, and there are lists under {shown}"
        help_text = "leave the list of rows alone in the file"
    return Diagnostic(ROWS_SYNTAX, Severity.ERROR, message, span, f"{help_text}; {_FORM}")


def _lists_in(value: Value, path: tuple[str, ...]) -> Iterator[str]:
    """Go through the paths of lists of objects, those within such lists aside."""
    if isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value):
        yield ".".join(path)
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _lists_in(inner, (*path, name))


def read_rows(rows: Node, file: str, text: str) -> tuple[Table | None, list[Diagnostic]]:
    """Take rows that stand in a storyboard itself."""
    if not isinstance(rows, Sequence):
        return None, [_wrong("this is no list", rows.span)]
    return _table(text, file, (_of_node(item, 0) for item in rows.items))


def _table(
    text: str, file: str, found: Iterable[Fields | Diagnostic]
) -> tuple[Table | None, list[Diagnostic]]:
    all_found = list(found)
    tally = Tally()
    for number, one in enumerate(all_found, 1):
        if isinstance(one, Diagnostic):
            tally.add((one.code, _VALUES.sub("", one.message)), number, one)
    problems = [one.diagnostic for one in tally.findings(len(all_found))]
    fields = [one for one in all_found if not isinstance(one, Diagnostic)]
    if not all_found:
        span = Span(file, 1, 1, 1, 1)
        message = "this table has no rows"
        return None, [Diagnostic(EMPTY_TABLE, Severity.ERROR, message, span, _FORM)]
    if not fields:
        return None, problems
    columns: dict[str, Span] = {}
    for one in fields:
        for name, (_, span) in one.items():
            columns.setdefault(name, span)
    aliases = aliases_of(columns)
    rows = tuple(_row(number, one, columns, aliases) for number, one in enumerate(fields, 1))
    return Table(file, text, columns, rows), problems


def _row(number: int, fields: Fields, columns: Iterable[str], aliases: Mapping[str, str]) -> Row:
    """Make a row; a key that others have and this one has not is null."""
    values = {name: fields[name][0] if name in fields else None for name in columns}
    cells = {name: span for name, (_, span) in fields.items()}
    return Row(number, values, cells, aliases)


def _fields(item: Placed, lines: Lines, at: int = 0) -> Fields | Diagnostic:
    """Make a row of an object; `at` is where the text that was parsed begins."""
    if not isinstance(item.value, Mapping):
        return _wrong(f"a row is {a_kind(item.value)}", lines.span(at + item.start, at + item.end))
    return {
        name: (inner.value, lines.span(at + inner.start, at + inner.end))
        for name, inner in item.inner
    }


def _of_node(node: Node, lines_before: int) -> Fields | Diagnostic:
    if not isinstance(node, MappingNode):
        return _wrong("a row is no map", _up(node.span, lines_before))
    return {
        str(entry.key.value): (of_node(entry.value), _up(entry.value.span, lines_before))
        for entry in node.entries
    }


def _up(span: Span, by: int) -> Span:
    return replace(span, line=max(span.line - by, 1), end_line=max(span.end_line - by, 1))


def _moved(one: Diagnostic) -> Diagnostic:
    return replace(one, span=_up(one.span, 1)) if one.span is not None else one


def _wrong(message: str, span: Span) -> Diagnostic:
    return Diagnostic(ROWS_SYNTAX, Severity.ERROR, message, span, _FORM)


def _json_error(error: JsonError, lines: Lines, at: int = 0) -> Diagnostic:
    span = lines.span(at + error.index, at + error.index + 1)
    return Diagnostic(ROWS_SYNTAX, Severity.ERROR, f"this is not JSON: {error}", span, _FORM)
