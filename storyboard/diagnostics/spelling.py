"""A misspelt name and the known names to the one that was most likely meant."""

from collections.abc import Iterable
from itertools import pairwise

_LISTED = 10
_CLOSE = 1
"""Slips: further off than that, a name that goes on where the written one ends is nearer."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None where none is close.

    Case does not count, `_` and `-` are the same, two letters changed over are one slip, and a
    third of the letters may be wrong. Of equally close names the first wins. A name whose first
    words were written (`kling-v3-turbo` of `kling-v3-turbo-pro`) is nearer than one with two slips.
    """
    wanted = _plain(name)
    candidates = list(dict.fromkeys(known))
    limit = max(len(wanted), 3) // 3
    best: str | None = None
    for one in candidates:
        distance = _distance(wanted, _plain(one), limit)
        if distance is not None and (best is None or distance < limit):
            best, limit = one, distance
    if best is None or limit > _CLOSE:
        begun = [one for one in candidates if _plain(one).startswith(f"{wanted}-")]
        best = begun[0] if begun else best
    return best or _by_its_words(wanted, candidates)


def suggest(name: str, known: Iterable[str], kind: str = "known names") -> str | None:
    """Make the help for a name that is not known: the closest one, else what there is.

    `kind` is the plural of what is named: `elements`, `models`. None where nothing is known.
    """
    names = list(dict.fromkeys(known))
    if (meant := nearest(name, names)) is not None:
        return f"did you mean `{meant}`?"
    if not names:
        return None
    listed = ", ".join(f"`{one}`" for one in names[:_LISTED])
    more = len(names) - _LISTED
    return f"the {kind} are {listed}" + (f" and {more} more" if more > 0 else "")


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")


def _by_its_words(wanted: str, candidates: list[str]) -> str | None:
    """Find the one name with the same words in another order, or that `wanted` is the start of."""
    words = sorted(wanted.split("-"))
    for one in candidates:
        if len(words) > 1 and sorted(_plain(one).split("-")) == words:
            return one
    longer = [one for one in candidates if len(wanted) > 2 and _plain(one).startswith(wanted)]  # noqa: PLR2004 - two letters begin too much
    return longer[0] if len(longer) == 1 else None


def _distance(one: str, other: str, limit: int) -> int | None:
    """Count slips from one text to the other: letters left out, put in, wrong, or changed over.

    None where there are more than `limit`. (Damerau's distance, of optimal string alignment.)
    """
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, (last, letter) in enumerate(pairwise("\0" + one), start=1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            slips = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and last == theirs:
                slips = min(slips, older[j - 2] + 1)
            row.append(slips)
        if min(row) > limit and (not before or min(before) > limit):
            return None
    return row[-1] if row[-1] <= limit else None
