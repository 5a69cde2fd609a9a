"""A place where the text is not YAML, what stands round it, and words for it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span
from storyboard.source.text import Lines

_SPECIAL = frozenset("{}[],:#&*!|>'\"%@`?-\\")
_ITEM_END = re.compile(r"[,\]}]")
_COMMENT = re.compile(r"\s#")
_COLON = re.compile(r":(?=\s|$)")
_END_OF_TEXT = re.compile(r"\s#|[,\[\]{}]")
_LEAD = re.compile(r"\s*(?:[-?] +)*")
_QUOTED = re.compile(r"""(?:^|[:\-,\[{]\s*)("[^"\\]*(?:\\.[^"\\]*)*"|'[^']*(?:''[^']*)*')""")


@dataclass(frozen=True, slots=True)
class Break:
    """Where reading ended.

    `problem` and `context` are the parser's words, to be matched and never shown; `at` is where it
    stopped, `began` where the thing began that it was in, `long_quote` the last quoted text of
    several lines; `text` is what it read, as long as the file's.
    """

    problem: str
    context: str
    at: int
    began: int
    long_quote: tuple[int, int] | None
    in_flow: bool
    lines: Lines
    text: str

    @property
    def char(self) -> str:
        """The character at the place; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def line_start(self) -> int:
        """Where the line begins."""
        return self.lines.start_of_line(self.at)

    @property
    def before(self) -> str:
        """What stands on the line before the place, without indentation and `- `."""
        line = self.text[self.line_start : self.at]
        return line[leading(line) :]

    def line_of(self, index: int) -> tuple[int, str]:
        """Return where the line of a place begins, and the line as it was read."""
        start = self.lines.start_of_line(index)
        return start, self.text[start : start + len(self.lines.line(index))]

    def column(self, index: int) -> int:
        """Return how far a place stands from the start of its line."""
        return index - self.lines.start_of_line(index)

    def line_above(self, index: int) -> int | None:
        """Return where the text of the nearest line above begins that is not blank."""
        start = self.lines.start_of_line(index)
        while start:
            start, line = self.line_of(start - 1)
            if line.strip():
                return start + leading(line)
        return None

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the span from `start` to `end`, or of one character."""
        return self.lines.span(start, start + 1 if end is None else end)

    def rest(self) -> Span:
        """Return the span of the text that begins at the place."""
        return self.span(self.at, self.at + max(len(self._rest(self.at)), 1))

    def special(self, start: int, end: int | None = None) -> tuple[int, ...]:
        """Return the places that YAML would take for more than text, to the end of the line."""
        first, line = self.line_of(start)
        stop = first + len(line) if end is None else end
        return tuple(one for one in range(start, stop) if self.text[one] in _SPECIAL)

    def where_it_began(self, message: str) -> Related:
        """Point at where the thing began that could not go on."""
        return Related(message, self.span(self.began))

    def in_quotes(self, start: int | None = None) -> str:
        """Show how the text that begins at a place would be written in quotes."""
        text = self._rest(self.at if start is None else start)
        quote = next((one for one in ('"', "'") if one not in text and "\\" not in text), None)
        if quote is None:
            return "put the text in quotes"
        return f"put it in quotes: {quote}{text}{quote}"

    def value_at(self, start: int) -> str:
        """Return what stands from a place on to a comment or the end of the line."""
        line = self.lines.line(start)[self.column(start) :]
        return _COMMENT.split(line)[0].strip()

    def colons_of_value(self) -> tuple[int, ...]:
        """Return every colon of the value that begins at the place; none where a key may begin."""
        if not self.before.rstrip().endswith(":"):
            return ()
        end = _END_OF_TEXT if self.in_flow else _COMMENT
        rest = end.split(self.line_of(self.at)[1][self.column(self.at) :])[0]
        return tuple(self.at + found.start() for found in _COLON.finditer(rest))

    def _rest(self, start: int) -> str:
        """Return the text that begins at a place, to a comment or, in brackets, to a comma."""
        line = self.value_at(start)
        return (_ITEM_END.split(line)[0] if self.in_flow else line).strip()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and what to hide so that reading goes on.

    A line can also be made a comment from a place on, a space a comma, or a stretch blank. Where
    nothing can be done, reading ends here. `exact`: with it hidden, YAML reads just what was meant;
    otherwise something is lost, and there is no document.
    """

    diagnostic: Diagnostic
    hide: tuple[int, ...] = ()
    comment_out: int | None = None
    comma: int | None = None
    blank: tuple[int, int] | None = None
    exact: bool = False


def quoted_before(line: str, index: int) -> int | None:
    """Return where the last quoted text of a line begins that ends before a place."""
    found = [one.start(1) for one in _QUOTED.finditer(line) if one.end(1) <= index]
    return found[-1] if found else None


def quoted_in(line: str) -> tuple[tuple[int, int], ...]:
    """Return where the quoted texts of a line begin and end that begin where a value can."""
    return tuple(one.span(1) for one in _QUOTED.finditer(line))


def is_within(stretches: Sequence[tuple[int, int]], index: int) -> bool:
    """Tell whether a place is inside of one of some stretches, which come in order."""
    at = bisect_left(stretches, (index, 0)) - 1
    return at >= 0 and stretches[at][0] < index < stretches[at][1]


def leading(line: str) -> int:
    """Return where a line's own text begins, after indentation and `- `."""
    lead = _LEAD.match(line)
    return lead.end() if lead else 0


def error_at(code: Code, message: str, span: Span, help_: str, *related: Related) -> Diagnostic:
    """Make an error."""
    return Diagnostic(code, Severity.ERROR, message, span, help_, related)
