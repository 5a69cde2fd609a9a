"""YAML text to PyYAML's events: the C parser where there is one, else the pure Python one."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, Protocol

import yaml
from yaml.scanner import ScannerError

_OTHER_ESCAPE = re.compile(r"\\(?![0abt\tnvfre /\\N_LP\r\n])")
"""An escape that may be wrong: those with digits are not looked at closely."""
_DOCUMENT_MARK = re.compile(r"[\r\n](?:---|\.\.\.)")


class Mark(Protocol):
    """A place as PyYAML has it: code points, lines and columns, all from 0."""

    @property
    def index(self) -> int:
        """Code points before it."""

    @property
    def line(self) -> int:
        """Lines before it."""

    @property
    def column(self) -> int:
        """Code points before it on its line."""


class PureLoader(yaml.SafeLoader):
    """PyYAML's own loader, which takes tabs between tokens as the C one and YAML do.

    It remembers the last quoted text of several lines: where a quote is left open, that is where
    things went wrong, however far below the error shows.
    """

    long_quote: tuple[int, int] | None = None

    def scan_to_next_token(self) -> None:
        """Skip white space and comments; a tab counts as a space where no indentation can be."""
        more = True
        while more:
            while self.peek() == " " or (
                self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)
            ):
                self.forward()
            if self.peek() == "#":
                while self.peek() not in "\0\r\n":
                    self.forward()
            more = bool(self.scan_line_break())  # type: ignore[no-untyped-call]
            if more and not self.flow_level:
                self.allow_simple_key = True

    def scan_plain_spaces(self, indent: int, start_mark: object) -> list[str]:  # noqa: ARG002
        """Take the space between words of a plain text; it may hold tabs, and lines may end."""
        length = 0
        while self.peek(length) in " \t":
            length += 1
        blank = self.prefix(length)
        self.forward(length)
        if self.peek() not in "\r\n":
            return [blank] if blank else []
        self.scan_line_break()  # type: ignore[no-untyped-call]
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self._at_document_mark():
            if self.peek() == " " or (self.peek() == "\t" and self.column >= indent):
                self.forward()
            elif self.peek() in "\r\n":
                breaks.append(self.scan_line_break())  # type: ignore[no-untyped-call]
            else:
                return breaks or [" "]
        return []

    def _at_document_mark(self) -> bool:
        mark = self.prefix(3) if self.column == 0 else ""
        return mark in {"---", "..."} and self.peek(3) in "\0 \t\r\n"

    def scan_flow_scalar(self, style: str) -> Any:  # noqa: ANN401 - the stubs have no type for it
        """Scan a quoted text, and remember it where it takes several lines."""
        self._see_that_it_ends()
        token = super().scan_flow_scalar(style)
        start, end = token.start_mark, token.end_mark
        if start.line < end.line:
            self.long_quote = (start.index, end.index)
        return token

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> Any:  # noqa: ANN401 - the stubs have no type for it
        """Scan a piece of a quoted text, whose escape may be beyond all characters there are."""
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:  # what `chr` raises
            context, problem = "while scanning a double-quoted scalar", "expected escape sequence"
            raise ScannerError(context, start_mark, problem, self.get_mark()) from error

    def _see_that_it_ends(self) -> None:
        """Raise at once where a quote has no other one after it, as scanning to the end would.

        Scanning takes seconds and hundreds of megabytes for a long file.
        """
        text, start = self.buffer, self.pointer
        ends = text.find(text[start], start + 1) >= 0
        escapes = text[start] == '"' and _OTHER_ESCAPE.search(text, start)
        if ends or escapes or _DOCUMENT_MARK.search(text, start):
            return
        at = yaml.Mark("", len(text) - 1, 0, 0, None, 0)
        raise yaml.scanner.ScannerError(
            "while scanning a quoted scalar",
            self.get_mark(),
            "found unexpected end of stream",
            at,
        )


def begin(event: yaml.Event) -> Mark:
    """Return where an event's text begins."""
    if event.start_mark is None:
        raise AssertionError("PyYAML marks every event that it parses")
    return event.start_mark


def end(event: yaml.Event) -> Mark:
    """Return where an event's text ends, as PyYAML has it."""
    if event.end_mark is None:
        raise AssertionError("PyYAML marks every event that it parses")
    return event.end_mark


class Parser(Enum):
    """Which of PyYAML's parsers reads."""

    C = "c"
    PURE = "pure"


FASTEST = Parser.C if yaml.__with_libyaml__ else Parser.PURE


def parse(text: str, parser: Parser) -> Iterator[yaml.Event]:
    """Yield the events of a text.

    Raises `yaml.MarkedYAMLError` where it is not YAML; from the pure parser the error has
    `long_quote` beside its own places.
    """
    loader: Any = yaml.CSafeLoader(text) if parser is Parser.C else PureLoader(text)
    try:
        while (event := loader.get_event()) is not None:
            if parser is Parser.C and getattr(event, "tag", None) is not None:
                # the parsers end tags at different characters; a tag is wrong in any case
                raise NotYamlError.at_once(begin(event))
            yield event
    except yaml.MarkedYAMLError as error:
        quote = getattr(loader, "long_quote", None)
        in_flow = getattr(loader, "flow_level", 0) > 0
        raise NotYamlError(error, quote, in_flow=in_flow) from error
    finally:
        loader.dispose()


class NotYamlError(ValueError):
    """The text is not YAML.

    `at` is the index where that shows, `began` where the thing began that cannot go on so, and
    `long_quote` the start and end of the last quoted text of several lines before it; `in_flow`:
    brackets are open there.
    """

    def __init__(
        self, error: yaml.MarkedYAMLError, long_quote: tuple[int, int] | None, *, in_flow: bool
    ) -> None:
        super().__init__(str(error))
        self.problem = error.problem or ""
        self.context = error.context or ""
        self.at: int = error.problem_mark.index if error.problem_mark else 0
        self.began: int = error.context_mark.index if error.context_mark else self.at
        self.long_quote = long_quote
        self.in_flow = in_flow

    @classmethod
    def at_once(cls, place: Mark) -> "NotYamlError":
        """Say that what the C parser took is not YAML, so that the pure one is asked."""
        error = cls(yaml.MarkedYAMLError("", None, "not YAML", None), None, in_flow=False)
        error.at = error.began = place.index
        return error
