"""A scalar event to a node: its value, its own text and span, and what is wrong with it."""

import re
from collections.abc import Iterator

import yaml

from storyboard.diagnostics import Diagnostic, Severity, Span
from storyboard.source.codes import ESCAPE, NUMBER_TOO_LARGE
from storyboard.source.events import NotYamlError, begin, end
from storyboard.source.mask import Mask
from storyboard.source.node import Scalar
from storyboard.source.scalar import resolve
from storyboard.source.text import Lines, find_unreadable, whole_characters

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+(?:#[^\r\n]*\s+)*|(?=[,\[\]{}])|$))+")


_COMMENT_IN_HEADER = re.compile(r"[|>][-+0-9]*(?:#| *\t)")
"""The C parser takes `>#1 coffee` for an empty text with a comment, which it is not."""


def scalar_node(event: yaml.ScalarEvent, lines: Lines, mask: Mask) -> Scalar:
    """Make the node; its span has no anchor, no tag, and no line end that YAML adds.

    Raises TooLargeError for a number that is too large.
    """
    start, stop = begin(event), end(event)
    value = mask.unmask(event.value)
    if event.style == '"':
        value = whole_characters(value)
    if value and not event.style and start.line == stop.line and event.anchor is event.tag is None:
        span = Span(lines.file, start.line + 1, start.column + 1, stop.line + 1, stop.column + 1)
        return Scalar(resolve(value), value, span)
    first = content_start(event, lines)
    last = min(stop.index, len(lines.text))
    if event.style in {"|", ">"}:
        if _COMMENT_IN_HEADER.match(lines.text, first):
            raise NotYamlError.at_once(begin(event))
        # the end mark of a block scalar stands on the next key
        last = first + len(lines.text[first:last].rstrip())
    meant = value if event.style else resolve(value)
    text = lines.text[first : max(first, last)]
    return Scalar(meant, text, lines.span(first, last), quoted=bool(event.style))


def as_written(event: yaml.ScalarEvent, lines: Lines, mask: Mask) -> Scalar:
    """Make the node of a plain scalar without asking what it means."""
    first = content_start(event, lines)
    last = end(event).index
    return Scalar(mask.unmask(event.value), lines.text[first:last], lines.span(first, last))


def content_start(event: yaml.NodeEvent, lines: Lines) -> int:
    """Return the index where a node's own text begins, after its anchor and tag."""
    start = begin(event).index
    if event.anchor is None and getattr(event, "tag", None) is None:
        return start
    properties = _PROPERTIES.match(lines.text, start)
    return min(properties.end(), end(event).index) if properties else start


def wrong_in(node: Scalar) -> Iterator[Diagnostic]:
    """Find what a text in double quotes makes of its escapes that no text may hold."""
    if not isinstance(node.value, str) or "\\" not in node.text:
        return
    if (char := find_unreadable(node.value)) is not None:
        yield Diagnostic(
            ESCAPE,
            Severity.ERROR,
            f"an escape in this text stands for U+{ord(char):04X}, which is no character of a text",
            node.span,
            "write the character itself, or `\\\\` where a backslash is meant",
        )


def too_large(node: Scalar) -> Diagnostic:
    """Say that a number is too large."""
    return Diagnostic(
        NUMBER_TOO_LARGE,
        Severity.ERROR,
        f"`{node.text[:20]}{'…' if len(node.text) > 20 else ''}` is no number to work with",  # noqa: PLR2004 - enough to know it by
        node.span,
        "put it in quotes if it is meant as text",
    )
