"""Diagnostics to what programs read: our own JSON, GitHub's annotations, and SARIF."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from storyboard.diagnostics.cell_width import harmless
from storyboard.diagnostics.diagnostic import Diagnostic, Related, Severity, Span, in_order
from storyboard.diagnostics.explain import page, parse_page
from storyboard.diagnostics.most import MOST_FOR_PEOPLE, MOST_FOR_PROGRAMS, first_of
from storyboard.diagnostics.numbers import counted

JSON_VERSION = 1
SARIF_VERSION = "2.1.0"
HOME = "urn:storyboard-compiler"
"""What wrote a log. SARIF asks for an absolute URI, and the program has no page of its own."""
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_DRIVE = re.compile(r"[A-Za-z]:/")
_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}


def to_json(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Turn diagnostics into plain data for JSON, version 1, in order.

    Each has exactly `code`, `severity`, `message`, `file`, `line`, `column`, `end_line`,
    `end_column`, `help` and `related`; without a place the five of the place are None. At most
    `MOST_FOR_PROGRAMS` are there, errors first; `left_out` is the number of the others.
    """
    found, left_out = first_of(in_order(diagnostics), MOST_FOR_PROGRAMS)
    return {
        "version": JSON_VERSION,
        "diagnostics": [_plain(one) for one in found],
        "left_out": left_out,
    }


def to_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as GitHub workflow commands, which it shows at the lines of a pull request.

    GitHub shows columns only within one line, and ends inclusively. At most `MOST_FOR_PEOPLE` are
    written, errors first; a notice counts the others.
    """
    found, left_out = first_of(in_order(diagnostics), MOST_FOR_PEOPLE)
    more = f"::notice::{left_out:,} more not shown: mend these first\n" if left_out else ""
    return "".join(f"{_command(one)}\n" for one in found) + more


def to_sarif(diagnostics: Iterable[Diagnostic], tool_version: str) -> dict[str, Any]:
    """Turn diagnostics into plain data for a SARIF 2.1.0 log, for code scanning.

    At most `MOST_FOR_PROGRAMS` are there, errors first; the run notes the number of the others.
    """
    found, left_out = first_of(in_order(diagnostics), MOST_FOR_PROGRAMS)
    used = sorted({one.code for one in found})
    driver = {
        "name": "storyboard",
        "semanticVersion": tool_version,
        "informationUri": HOME,
        "rules": [_rule(code) for code in used],
    }
    places = {code: place for place, code in enumerate(used)}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.code]) for one in found],
    }
    if left_out:
        text = f"{counted(left_out, 'result')} more {'is' if left_out == 1 else 'are'} left out"
        note = {"level": "note", "message": {"text": text}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    return {"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]}


def _plain(one: Diagnostic) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        **_place(one.span),
        "help": one.help,
        "related": [{"message": near.message, **_place(near.span)} for near in one.related],
    }


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return dict.fromkeys(("file", "line", "column", "end_line", "end_column"))
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _command(one: Diagnostic) -> str:
    kind = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    properties = {"title": f"{one.code}"}
    if (span := one.span) is not None:
        properties = {"file": span.file, "line": str(span.line)} | properties
        if span.line == span.end_line:
            properties["col"] = str(span.column)
            properties["endColumn"] = str(max(span.end_column - 1, span.column))
        else:
            properties["endLine"] = str(span.end_line)
    listed = ",".join(f"{name}={_escaped_value(text)}" for name, text in properties.items())
    message = one.message if one.help is None else f"{one.message}\nhelp: {one.help}"
    return f"::{kind[one.severity]} {listed}::{_escaped(message)}"


def _escaped(text: str) -> str:
    """Escape a command's data: a raw line end would end it, and could begin another command.

    Other control characters are shown as signs: the log that has the command is a terminal's.
    """
    return "".join(_ESCAPES.get(char) or harmless(char) for char in text)


def _escaped_value(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _rule(code: str) -> dict[str, Any]:
    text = page(code)
    rule: dict[str, Any] = {"id": code}
    if text is not None:
        parsed = parse_page(text)
        rule["shortDescription"] = {"text": f"{parsed.title}."}
        rule["fullDescription"] = {"text": parsed.meaning}
        rule["help"] = {"text": text, "markdown": text}
    return rule


def _result(one: Diagnostic, rule: int) -> dict[str, Any]:
    message = one.message if one.help is None else f"{one.message}\nhelp: {one.help}"
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity.value,
        "message": {"text": message},
        "locations": [{"physicalLocation": _location(one.span)}] if one.span else [],
    }
    if one.related:
        result["relatedLocations"] = [_related(near) for near in one.related]
    return result


def _related(near: Related) -> dict[str, Any]:
    return {"physicalLocation": _location(near.span), "message": {"text": near.message}}


def _location(span: Span) -> dict[str, Any]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": {"uri": _address(span.file)}, "region": region}


def _address(file: str) -> str:
    """Write a path as a reference of RFC 3986: what is not a letter, digit or `/` in percents."""
    path = file.replace("\\", "/")
    if _DRIVE.match(path):
        path = f"/{path}"
    quoted = quote(path, safe="/", errors="surrogateescape")
    return f"file://{quoted}" if path.startswith("/") else quoted
