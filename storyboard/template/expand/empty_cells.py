"""Report an empty cell once: as the error that it causes, or else at its first use."""

from collections.abc import Iterable, Iterator

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.template.codes import EMPTY_CELL


def once_for_each_cell(
    found: Iterable[Diagnostic], beside: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Yield findings, of those about one column's empty cells at most the first.

    If an error within one of its uses says that something is empty, none is yielded. `beside` are
    findings of later stages.
    """
    every = [*found]
    errors = [one for one in (*every, *beside) if one.severity is Severity.ERROR]
    causes = [one for one in errors if "empty" in one.message]
    known = {
        one.about
        for one in every
        if one.code == EMPTY_CELL and any(_is_within(cause, one) for cause in causes)
    }
    for one in every:
        if one.code != EMPTY_CELL:
            yield one
        elif one.about not in known:
            known.add(one.about)
            yield one


def _is_within(inner: Diagnostic, outer: Diagnostic) -> bool:
    one, whole = inner.span, outer.span
    return (
        one is not None
        and whole is not None
        and one.file == whole.file
        and (whole.line, whole.column) <= (one.line, one.column)
        and (one.end_line, one.end_column) <= (whole.end_line, whole.end_column)
    )
