"""Find the place in the file of the expression that has failed."""

from collections.abc import Iterable

from storyboard.diagnostics import Span
from storyboard.source import Lines, Scalar, span_of_piece
from storyboard.template.expressions.failure import Failure


class Texts:
    """The texts of all files that a document is made of, by the name that spans use."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take the texts by file name; more may come with `add`."""
        self._texts = dict(texts)
        self._lines: dict[str, Lines] = {}

    def add(self, file: str, text: str) -> None:
        """Know one more file."""
        self._texts.setdefault(file, text)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every name and text, in the order in which they came."""
        return tuple(self._texts.items())

    def part(self, scalar: Scalar, failure: Failure) -> Span:
        """Return the span of the expression that a failure is about, else of the whole scalar."""
        if failure.start is None or not isinstance(scalar.value, str):
            return scalar.span
        piece = scalar.value[failure.start : failure.start + failure.length]
        return span_of_piece(self._of(scalar.span.file), scalar, piece, failure.start)

    def _of(self, file: str) -> Lines:
        if file not in self._lines:
            self._lines[file] = Lines(file, self._texts.get(file, ""))
        return self._lines[file]
