"""Find the place in the file of a piece of a scalar's text."""

from storyboard.diagnostics import Span
from storyboard.source.node import Scalar
from storyboard.source.text import Lines


def span_of_piece(lines: Lines, scalar: Scalar, piece: str, offset: int) -> Span:
    """Return the span of `piece`, which is at `offset` of the scalar's value.

    `lines` are those of the scalar's file. The n-th such piece of the value is the n-th in the
    file, whatever quotes and folding do between them. If their numbers differ (escapes, what an
    expression has put in), it is the whole scalar's span.
    """
    value = str(scalar.value)
    first = lines.index(scalar.span.line, scalar.span.column)
    last = lines.index(scalar.span.end_line, scalar.span.end_column)
    if not piece or lines.text.count(piece, first, last) != value.count(piece):
        return scalar.span
    here = first - 1
    for _ in range(value.count(piece, 0, offset) + 1):
        here = lines.text.find(piece, here + 1, last)
    return lines.span(here, here + len(piece))
