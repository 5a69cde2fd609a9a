"""Diagnostics as they were found to diagnostics as they are shown: in order, each once."""

from collections.abc import Iterable

from storyboard.diagnostics.diagnostic import Diagnostic, Severity


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
