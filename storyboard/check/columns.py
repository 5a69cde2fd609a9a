"""A piece of a scalar's text to where it stands in the file."""

import re
from bisect import bisect_right
from functools import lru_cache

from storyboard.diagnostics import Span
from storyboard.source import Document, Scalar

_LINE_END = re.compile(r"\r\n|\r|\n")


@lru_cache(maxsize=8)
def _starts(source: str) -> list[int]:
    """Tell where the lines of a file begin; many findings ask it of the same few files."""
    return [0, *(end.end() for end in _LINE_END.finditer(source))]


def inside(document: Document, scalar: Scalar, piece: str, offset: int) -> Span:
    """Return the span of `piece`, which stands at `offset` of the scalar's value.

    The n-th such piece of the value is the n-th in the file, whatever quotes and folding do
    between them. Where the numbers differ (escapes, expressions) it is the whole scalar's span.
    """
    value = str(scalar.value)
    source = dict(document.texts).get(scalar.span.file, "")
    starts = _starts(source)
    if scalar.span.end_line > len(starts):
        return scalar.span
    first = starts[scalar.span.line - 1] + scalar.span.column - 1
    last = starts[scalar.span.end_line - 1] + scalar.span.end_column - 1
    if source.count(piece, first, last) != value.count(piece):
        return scalar.span
    here = first - 1
    for _ in range(value.count(piece, 0, offset) + 1):
        here = source.find(piece, here + 1)
    line = bisect_right(starts, here)
    column = here - starts[line - 1] + 1
    return Span(scalar.span.file, line, column, line, column + len(piece))
