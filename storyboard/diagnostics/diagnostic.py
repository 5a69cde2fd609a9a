"""One thing a user should know about what they wrote."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NewType, TypeVar

from storyboard.diagnostics.span import Span

T_co = TypeVar("T_co", covariant=True)

Code = NewType("Code", str)
"""`SB` and three digits; each code has a page, shown by `storyboard explain CODE`."""


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
