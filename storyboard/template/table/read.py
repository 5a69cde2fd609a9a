"""A table file's bytes to a table, by its kind."""

import re
from dataclasses import replace

from storyboard.diagnostics import Diagnostic, Severity, Span
from storyboard.source import Lines, unfinished_merge
from storyboard.template.codes import HEADER_ROW, TABLE_KIND
from storyboard.template.table.decode import decode
from storyboard.template.table.delimited import read_delimited
from storyboard.template.table.markup import markup_in
from storyboard.template.table.structured import read_json, read_jsonl, read_yaml
from storyboard.template.table.table import Reading, Table

_KINDS = {
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "txt": "csv",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "yaml": "yaml",
    "yml": "yaml",
}
_JSON = frozenset(("json", "jsonl", "yaml"))
"""Kinds that may begin as JSON does."""
_LIKE_JSON = re.compile(r'\s*(?:\[\s*\{\s*|\{\s*)"[^"\r\n]*"\s*:')
MAX_BYTES = 50_000_000


def read_table(data: bytes, file: str, reading: Reading) -> tuple[Table | None, list[Diagnostic]]:
    """Read a table; None where there is nothing to go on with."""
    start = Span(file, 1, 1, 1, 1)
    kind = _KINDS.get(reading.kind or file.rpartition(".")[2].lower())
    if len(data) > MAX_BYTES:
        message = f"this table has more than {MAX_BYTES:,} bytes"
        return None, [Diagnostic(TABLE_KIND, Severity.ERROR, message, start, "split it")]
    text, found = decode(data, file, reading.encoding)
    if text is None:
        return None, found
    if (merge := unfinished_merge(Lines(file, text))) is not None:
        return None, [merge]
    if (other := _other_kind(text, file, kind, reading)) is not None:
        return None, [other]
    table, more = _of_kind(kind or "csv", text, file, reading)
    return table, found + more


def _other_kind(text: str, file: str, kind: str | None, reading: Reading) -> Diagnostic | None:
    """Say what is there instead of a table of this kind; None where it may be one."""
    if (markup := markup_in(text, file)) is not None:
        return markup
    start = Span(file, 1, 1, 1, 1)
    if kind not in _JSON and reading.kind is None and _LIKE_JSON.match(text):
        message = "this is JSON, and its name does not say so"
        help_text = "say `rows: {file: …, kind: json}`, or `kind: jsonl` for an object a line"
        return Diagnostic(TABLE_KIND, Severity.ERROR, message, start, help_text)
    if kind is None:
        help_text = (
            "save it as .csv, .tsv, .json, .jsonl or .yaml, or say `rows: {file: …, kind: csv}`"
        )
        message = "this kind of table is not known"
        return Diagnostic(TABLE_KIND, Severity.ERROR, message, start, help_text)
    if reading.header is not None and kind in _JSON:
        message = "`header` names a row of a CSV or TSV, and this is another kind of table"
        return Diagnostic(HEADER_ROW, Severity.ERROR, message, start, "remove `header`")
    return None


def _of_kind(
    kind: str, text: str, file: str, reading: Reading
) -> tuple[Table | None, list[Diagnostic]]:
    match kind:
        case "json":
            return read_json(text, file)
        case "jsonl":
            return read_jsonl(text, file)
        case "yaml":
            return read_yaml(text, file)
        case "tsv":
            tabs = replace(reading, delimiter=reading.delimiter or "\t")
            return read_delimited(text, file, tabs)
        case _:
            return read_delimited(text, file, reading)
