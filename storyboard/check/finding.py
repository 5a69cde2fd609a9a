"""A node and a sentence to a diagnostic at the node's place."""

from dataclasses import replace

from storyboard.diagnostics import Code, Diagnostic, Follows, Related, Same, Severity, Span
from storyboard.source import Entry, Mapping, Node, Scalar, Sequence
from storyboard.source.codes import CODES

_UNREAD = Follows(CODES, Same.PLACE)


def error(
    code: Code, where: Node | Entry | Span, message: str, help_: str | None = None, *also: Related
) -> Diagnostic:
    """Make an error."""
    return _finding(Severity.ERROR, code, where, message, help_, also)


def form_error(
    code: Code, where: Node | Entry | Span, message: str, help_: str | None = None, *also: Related
) -> Diagnostic:
    """Make an error of form; it is not shown beside what the reader has refused at its place."""
    return replace(error(code, where, message, help_, *also), follows=_UNREAD)


def warning(
    code: Code, where: Node | Entry | Span, message: str, help_: str | None = None, *also: Related
) -> Diagnostic:
    """Make a warning."""
    return _finding(Severity.WARNING, code, where, message, help_, also)


def note(
    code: Code, where: Node | Entry | Span, message: str, help_: str | None = None, *also: Related
) -> Diagnostic:
    """Make a note."""
    return _finding(Severity.NOTE, code, where, message, help_, also)


def place(where: Node | Entry | Span) -> Span:
    """Return where a finding points: a scalar itself, of a mapping its first key."""
    match where:
        case Span():
            return where
        case Entry():
            return where.key.span
        case Mapping(entries=(first, *_)):
            return first.key.span
        case Sequence(items=(first, *_)):
            return place(first)
        case _:
            return where.span


def _finding(  # noqa: PLR0913, PLR0917 # a diagnostic's fields, in one private place
    severity: Severity,
    code: Code,
    where: Node | Entry | Span,
    message: str,
    help_: str | None,
    also: tuple[Related, ...],
) -> Diagnostic:
    cells = where.cells if isinstance(where, Scalar) else ()
    related = (*also, *(Related("the value comes from here", cell) for cell in cells))
    return Diagnostic(code, severity, message, place(where), help_, related)
