"""A table file's bytes to a table, by its kind."""

import re

from storyboard.diagnostics import Diagnostic, Severity, Span
from storyboard.source import Lines, unfinished_merge
from storyboard.template.codes import TABLE_KIND, WEB_PAGE
from storyboard.template.table.decode import decode
from storyboard.template.table.delimited import read_delimited
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
_PAGE = re.compile(r"\s*<(?:!doctype\s|!--|html\b|head\b|body\b|table\b)", re.IGNORECASE)
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
    if kind is None:
        help_text = (
            "save it as .csv, .tsv, .json, .jsonl or .yaml, or say `rows: {file: …, kind: csv}`"
        )
        message = "this kind of table is not known"
        return None, [Diagnostic(TABLE_KIND, Severity.ERROR, message, start, help_text)]
    if _PAGE.match(text):
        message = "this is a web page, not a table"
        help_text = "download or export the table itself: what a link opens is a page around it"
        return None, [Diagnostic(WEB_PAGE, Severity.ERROR, message, start, help_text)]
    table, more = _of_kind(kind, text, file, reading)
    return table, found + more


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
            return read_delimited(text, file, reading.delimiter or "\t")
        case _:
            return read_delimited(text, file, reading.delimiter)
