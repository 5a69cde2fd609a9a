"""One thing a user should know about what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NewType, TypeVar

from storyboard.diagnostics.numbers import counted

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


class Same(StrEnum):
    """What two findings must have in common, so that one can follow from the other."""

    PLACE = "place"
    PAIR = "pair"
    """The place, and the first place that is related."""
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Follows:
    """Declare, beside a code, what a finding only repeats in other words.

    A finding is left out if there is another one whose code is among `codes` and that has the
    `same` in common with it.
    """

    codes: frozenset[Code]
    same: Same


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
    """What is wrong (`message`, one sentence), where (`span`), and what to do (`help`).

    `about` names the shot or whatever else it is about, if that counts for `follows`: another
    finding beside which this one says nothing new. Neither is shown, nor makes two differ.
    """

    code: Code
    severity: Severity
    message: str
    span: Span | None
    help: str | None = None
    related: tuple[Related, ...] = ()
    about: str | None = field(default=None, compare=False)
    follows: Follows | None = field(default=None, compare=False)


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
    return ", ".join(counted(n, kind) for kind, n in counts if n)


def _place(one: Diagnostic) -> tuple[bool, str, int, int, str, str]:
    span = one.span
    if span is None:
        return (True, "", 0, 0, one.code, one.message)
    return (False, span.file, span.line, span.column, one.code, one.message)
