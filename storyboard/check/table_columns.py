"""Find the place in the file of a piece of a scalar's text."""

from functools import lru_cache

from storyboard.diagnostics import Span
from storyboard.source import Document, Lines, Scalar, span_of_piece


@lru_cache(maxsize=8)
def _lines(file: str, text: str) -> Lines:
    """Know where the lines of a file begin; many findings ask it of the same few files."""
    return Lines(file, text)


def inside(document: Document, scalar: Scalar, piece: str, offset: int) -> Span:
    """Return the span of `piece`, which is at `offset` of the value of a scalar of the document."""
    file = scalar.span.file
    return span_of_piece(_lines(file, dict(document.texts).get(file, "")), scalar, piece, offset)
