"""A place inside a scalar's value to its place in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from storyboard.diagnostics import Span
from storyboard.source import Scalar
from storyboard.template.expressions.failure import Failure

_LINE_END = re.compile(r"\r\n|\r|\n")


class Texts:
    """The texts of all files that a document is made of, by the name that spans use."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        """Take the texts by file name; more may come with `add`."""
        self._texts = dict(texts)
        self._starts: dict[str, list[int]] = {}

    def add(self, file: str, text: str) -> None:
        """Know one more file."""
        self._texts.setdefault(file, text)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return every name and text, in the order in which they came."""
        return tuple(self._texts.items())

    def part(self, scalar: Scalar, failure: Failure) -> Span:
        """Return the span of the expression that a failure is about, else of the whole scalar.

        Quotes, escapes and folding move a text about: the stretch is searched in what the file
        has, as often as it stands before in the value.
        """
        span, value = scalar.span, scalar.value
        if failure.start is None or not isinstance(value, str):
            return span
        text = self._texts.get(span.file, "")
        end = self._index(span.file, span.end_line, span.end_column)
        start = self._index(span.file, span.line, span.column) - 1
        wanted = value[failure.start : failure.start + failure.length]
        for _ in range(value.count(wanted, 0, failure.start) + 1):
            start = text.find(wanted, start + 1, end)
            if start < 0:
                return span
        return Span(
            span.file,
            *self._place(span.file, start),
            *self._place(span.file, start + len(wanted)),
        )

    def _lines(self, file: str) -> list[int]:
        if file not in self._starts:
            ends = (found.end() for found in _LINE_END.finditer(self._texts.get(file, "")))
            self._starts[file] = [0, *ends]
        return self._starts[file]

    def _index(self, file: str, line: int, column: int) -> int:
        starts = self._lines(file)
        return starts[min(line, len(starts)) - 1] + column - 1

    def _place(self, file: str, index: int) -> tuple[int, int]:
        starts = self._lines(file)
        line = bisect_right(starts, index)
        return line, index - starts[line - 1] + 1
