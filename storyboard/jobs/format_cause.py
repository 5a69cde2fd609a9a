"""Report what a format causes at the place where the format is written, once for all shots."""

from collections.abc import Iterable
from dataclasses import replace

from storyboard.diagnostics import Diagnostic, Related, Span
from storyboard.jobs.refusal import NO_RATIO

_OF_THE_FORMAT = frozenset({NO_RATIO})
"""Codes of what is wrong with a format, whichever shot shows it first."""


def at_its_cause(found: Iterable[Diagnostic], format_at: Span | None) -> tuple[Diagnostic, ...]:
    """Return findings, those that a format causes at its place.

    `format_at` is None if the format is not written: then a finding stays at its shot.
    """
    return tuple(
        replace(one, span=format_at, related=(_shown_by(one, one.span), *one.related))
        if one.code in _OF_THE_FORMAT and format_at is not None and one.span is not None
        else one
        for one in found
    )


def _shown_by(one: Diagnostic, span: Span) -> Related:
    return Related(f"shot `{one.about}` is the first without a start frame", span)
