"""One thing a user should know about what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NewType, TypeVar

T_co = TypeVar("T_co", covariant=True)

Code = NewType("Code", str)
"""`SB` and three digits; each code has a page, shown by `storyboard explain CODE`."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands.

    Lines and columns start at 1; columns count Unicode code points; the end is exclusive.
    `file` is the path as the user gave it, or relative to the folder the program runs in.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Severity(StrEnum):
    """How bad it is: an error stops the compile, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a diagnostic: the first of two equal keys, a table's cell."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong (`message`, one sentence), where (`span`), and what to do (`help`)."""

    code: Code
    severity: Severity
    message: str
    span: Span | None
    help: str | None = None
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Result(Generic[T_co]):
    """What a stage returns: its value, None where errors left none, and all that it found."""

    value: T_co | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """True where there is a value and no diagnostic is an error."""
        return self.value is not None and not has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(one.severity is Severity.ERROR for one in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by file, line, column and code, those without a place last, and drop exact repeats."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_place))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count them for people: `3 errors, 1 warning`; empty where there are none."""
    found = list(dict.fromkeys(diagnostics))
    counts = ((kind, sum(one.severity is kind for one in found)) for kind in Severity)
    return ", ".join(f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in counts if n)


def _place(one: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = one.span
    if span is None:
        return (True, "", 0, 0, one.code, one.message)
    return (False, span.file, span.line, span.column, one.code, one.message)
