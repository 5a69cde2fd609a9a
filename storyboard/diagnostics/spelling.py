"""A misspelt name and the known names to the one that was most likely meant."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LISTED = 10
_SHOWN = 40
"""Letters of a name in a list: a header of a table can be a whole sentence."""
_CLOSE = 1
"""Slips: further off than that, a name that goes on where the written one ends is nearer."""
_LONGEST = 80
"""Letters: nobody reads a longer name for its slips, so it is not compared letter by letter."""
_MANY = 64
"""Known names: of more, only those are compared that begin or end like the written one."""
_BESIDE = 16
"""Names to either side of the written one that are compared if there are many."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `name`, or None where none is close.

    Case does not count, `_` and `-` are the same, two letters changed over are one slip, and a
    third of the letters may be wrong. Of equally close names the first wins. A name whose first
    words were written (`kling-v3-turbo` of `kling-v3-turbo-pro`) is nearer than one with two slips.
    Among more than 64 names, a close one is only found if it begins or ends like `name`: so a
    comparison costs the same, however many names there are.
    """
    index = _index(tuple(known))
    wanted = _plain(name)
    limit = max(len(wanted), 3) // 3
    best: str | None = None
    written = _Pattern.of(wanted)
    for place in index.beside(wanted) if len(wanted) <= _LONGEST else ():
        distance = written.distance(index.plain[place], limit)
        if distance is not None and (best is None or distance < limit):
            best, limit = index.names[place], distance
    if best is None or limit > _CLOSE:
        best = index.begun_with(f"{wanted}-") or best
    return best or index.by_words(wanted)


def suggest(name: str, known: Iterable[str], kind: str = "known names") -> str | None:
    """Make the help for a name that is not known: the closest one, else what there is.

    `kind` is the plural of what is named: `elements`, `models`. None where nothing is known.
    """
    names = tuple(known)
    if (meant := nearest(name, names)) is not None:
        capitals = meant != name and meant.casefold() == name.casefold()
        return f"did you mean `{meant}`?" + (" Capitals count" if capitals else "")
    names = _index(names).names
    if not names:
        return None
    listed = ", ".join(f"`{shortened(one)}`" for one in names[:_LISTED])
    more = len(names) - _LISTED
    return f"the {kind} are {listed}" + (f" and {more} more" if more > 0 else "")


def shortened(text: str) -> str:
    """Cut what is shown of a text after 40 letters."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")


@dataclass(frozen=True, slots=True)
class _Index:
    """Known names, each once, ready to be looked up: in their order, and sorted from both ends.

    `forwards` and `backwards` are plain names with their places, the latter written from the end.
    """

    names: tuple[str, ...]
    plain: tuple[str, ...]
    forwards: Sequence[tuple[str, int]]
    backwards: Sequence[tuple[str, int]]
    words: dict[tuple[str, ...], int]

    def beside(self, wanted: str) -> Iterable[int]:
        """Return the places of the names to compare: all, or the nearest from either end."""
        if len(self.names) <= _MANY:
            return range(len(self.names))
        places = set()
        for order, text in ((self.forwards, wanted), (self.backwards, wanted[::-1])):
            middle = bisect_left(order, (text, 0))
            near = order[max(0, middle - _BESIDE) : middle + _BESIDE]
            places |= {place for _, place in near}
        return sorted(places)

    def begun_with(self, start: str) -> str | None:
        """Return the first name that begins like this."""
        found = self._all_begun_with(start)
        return self.names[min(found)] if found else None

    def by_words(self, wanted: str) -> str | None:
        """Find the one name with the same words in another order, or that `wanted` begins."""
        words = sorted(wanted.split("-"))
        if len(words) > 1 and (place := self.words.get(tuple(words))) is not None:
            return self.names[place]
        if len(wanted) <= 2:  # noqa: PLR2004 - two letters begin too much
            return None
        longer = self._all_begun_with(wanted)
        return self.names[longer[0]] if len(longer) == 1 else None

    def _all_begun_with(self, start: str) -> list[int]:
        found = []
        at = bisect_left(self.forwards, (start, 0))
        for plain, place in self.forwards[at : at + _MANY]:
            if not plain.startswith(start):
                break
            found.append(place)
        return found


@lru_cache(maxsize=32)
def _index(known: tuple[str, ...]) -> _Index:
    names = tuple(dict.fromkeys(known))
    plain = tuple(map(_plain, names))
    words: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(plain):
        words.setdefault(tuple(sorted(one.split("-"))), place)
    forwards = sorted((one, place) for place, one in enumerate(plain))
    backwards = sorted((one[::-1], place) for place, one in enumerate(plain))
    return _Index(names, plain, forwards, backwards, words)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A text to be compared with many: for each letter, a bit for each place where it is."""

    text: str
    places: dict[str, int]

    @classmethod
    def of(cls, text: str) -> "_Pattern":
        places: dict[str, int] = {}
        for place, letter in enumerate(text):
            places[letter] = places.get(letter, 0) | 1 << place
        return cls(text, places)

    def distance(self, other: str, limit: int) -> int | None:
        """Count slips: letters left out, put in, wrong or changed over; None if above `limit`.

        It is Damerau's distance, of optimal string alignment. A column of the usual table is two
        numbers, with a bit for each place where it rises and where it falls (Hyyrö, 2003: "A
        bit-vector algorithm for computing Levenshtein and Damerau edit distances").
        """
        size = len(self.text)
        if abs(size - len(other)) > limit:
            return None
        if not size:
            return len(other)
        whole, last = (1 << size) - 1, 1 << size - 1
        rises, falls, equal, before, slips = whole, 0, 0, 0, size
        for left, letter in zip(reversed(range(len(other))), other, strict=True):
            here = self.places.get(letter, 0)
            changed_over = ((~equal & here) << 1) & before
            equal = (((here & rises) + rises) ^ rises) | here | falls | changed_over
            up, down = falls | (whole & ~(equal | rises)), equal & rises
            slips += bool(up & last) - bool(down & last)
            if slips - left > limit:
                return None
            up, down = (up << 1) | 1, down << 1
            rises, falls = whole & (down | ~(equal | up)), whole & up & equal
            before = here
        return slips
