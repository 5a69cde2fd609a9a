"""Recognise markup in the place of a table: a web page, or an XML feed under any name."""

import re

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.template.codes import TABLE_KIND, WEB_PAGE

_LOOKED_AT = 100_000
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\b[^>]*>)", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(r"<\?xml\b|<!doctype\b", re.IGNORECASE)
_ROOT = re.compile(r"\s*<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)(?=[\s/>])")
_GOES_ON = re.compile(r"[^<>]*(?:/>|>\s*<)")
"""A tag with a tag behind it: a header may be in angle brackets too (`<ID>,<NAME>`)."""
_HTML_TYPE = re.compile(r"\s*(?:<\?.*?\?>\s*)?<!doctype\s+html\b", re.DOTALL | re.IGNORECASE)
_HTML = frozenset(("html", "head", "body", "table"))


def markup_in(text: str, file: str) -> Diagnostic | None:
    """Say what markup is there instead of a table; None where there is none."""
    head = text[:_LOOKED_AT]
    if not head.lstrip().startswith("<"):
        return None
    at = 0
    while skipped := _PROLOG.match(head, at):
        at = skipped.end()
    root = _ROOT.match(head, at)
    name = root[1] if root else ""
    if _HTML_TYPE.match(head) or name.lower() in _HTML or (at and not name and "<!--" in head[:at]):
        return _found(
            WEB_PAGE,
            file,
            "this is a web page, not a table",
            "download or export the table itself: what a link opens is a page around it",
        )
    declared = _DECLARED.match(head.lstrip()) is not None
    if not declared and not (root and _GOES_ON.match(head, root.end())):
        return None
    if name.rpartition(":")[2] == "Workbook":
        return _found(
            TABLE_KIND,
            file,
            "this is a spreadsheet, not a table as text",
            "save it as CSV (UTF-8) in the spreadsheet program",
        )
    return _found(
        TABLE_KIND,
        file,
        f"this is an XML feed, `<{name}>`, not a table" if name else "this is XML, not a table",
        "export it as CSV, TSV or JSON: shops and feed plug-ins offer these beside XML",
    )


def _found(code: Code, file: str, message: str, help_text: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, Span(file, 1, 1, 1, 1), help_text)
