"""Choose the diagnostics to show among very many: nobody reads the rest."""

from collections.abc import Sequence

from storyboard.diagnostics.diagnostic import Diagnostic, Severity

MOST_FOR_PEOPLE = 100
"""Diagnostics that are shown as text, or as annotations of a pull request."""
MOST_FOR_PROGRAMS = 10_000
"""Diagnostics that are written as JSON or SARIF."""

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def first_of(found: Sequence[Diagnostic], most: int) -> tuple[Sequence[Diagnostic], int]:
    """Return the diagnostics to show, in their order, and the number of those that are left out.

    Errors go before warnings, and warnings before notes: what stops the compile is shown first.
    """
    if len(found) <= most:
        return found, 0
    by_rank = sorted(range(len(found)), key=lambda place: _RANK[found[place].severity])
    return [found[place] for place in sorted(by_rank[:most])], len(found) - most
