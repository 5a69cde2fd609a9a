"""Take what concerns a storyboard as a whole out of the findings of its variations."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from storyboard.diagnostics import Code, Diagnostic


def of_the_whole(
    found: Sequence[Iterable[Diagnostic]], codes: Collection[Code]
) -> tuple[Diagnostic, ...]:
    """Return the findings of these codes that every variation has: none of them is about a film.

    An element that one film shows is not unused, whatever the other films say.
    """
    counts = Counter(one for some in found for one in dict.fromkeys(some) if one.code in codes)
    return tuple(one for one, count in counts.items() if count == len(found))


def of_films(found: Iterable[Diagnostic], codes: Collection[Code]) -> tuple[Diagnostic, ...]:
    """Return the findings of a variation without those of these codes."""
    return tuple(one for one in found if one.code not in codes)
