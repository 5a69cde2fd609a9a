"""Words to captions of a few lines, parted where a speaker would pause."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from storyboard.cut.captions.limits import Limits, letters
from storyboard.media.text import clusters, pieces

_SENTENCE = tuple(".!?…。！？؟۔।")  # noqa: RUF001 - signs of many scripts that end a sentence
_CLAUSE = tuple(",;:—–、，；：،؛")  # noqa: RUF001 - signs of many scripts that end a clause
_CLOSING = "\"'”’)]»」』）"  # noqa: RUF001 - signs that may follow them
_LINK_WORDS = """
and but or so because that which who when while if although though than as with for to
und aber oder weil dass wenn der die das
et mais ou que qui parce quand
y pero o porque cuando
e ma perché
"""
_LINKS = frozenset(_LINK_WORDS.split())
"""Words that begin a clause: a caption is better parted before than after them."""

_PER_CAPTION = 40
_FEW = 2


def captions(text: str, limits: Limits) -> tuple[str, ...]:
    """Part a text into captions, each of lines joined by a line break, none too long.

    Fewest captions first, then the best places to part them: after a sentence, after a clause,
    before a word that begins one.
    """
    words = _words(" ".join(text.split()), limits)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices = (
            (best[start][0] + _cost(words, start, end, limits), start)
            for start in _starts(words, end, limits)
        )
        best.append(min(choices, default=(best[end - 1][0], end - 1)))
    ends = [len(words)]
    while ends[-1] > 0:
        ends.append(best[ends[-1]][1])
    bounds = list(reversed(ends))
    parts = ("".join(words[a:b]).strip() for a, b in pairwise(bounds))
    return tuple(_lines(part, limits) for part in parts if part)


def _words(text: str, limits: Limits) -> list[str]:
    most = limits.line_length(text)
    out: list[str] = []
    for piece in pieces(text):
        if letters(piece.rstrip()) <= most:
            out.append(piece)
            continue
        parts = list(clusters(piece))
        out += ["".join(parts[at : at + most]) for at in range(0, len(parts), most)]
    return out


def _cost(words: list[str], start: int, end: int, limits: Limits) -> float:
    """Say how bad it is to make one caption of these words."""
    text = "".join(words[start:end])
    last = end == len(words)
    lonely = 8 if end - start == 1 and not (start == 0 and last) else 0
    full = limits.line_length(text) * limits.lines
    unfilled = (1 - letters(text) / full) ** 2 * 6
    return _PER_CAPTION + unfilled + lonely + (0 if last else _parting(words, end))


def _parting(words: list[str], place: int) -> float:
    """Say how bad it is to part words before `place`."""
    before = words[place - 1].strip().rstrip(_CLOSING)
    if before.endswith(_SENTENCE):
        return -12
    if before.endswith(_CLAUSE):
        return -6
    after = words[place].strip().lower()
    if after in _LINKS:
        return 4
    return 16 if before.lower() in _LINKS or letters(before) <= _FEW else 10


def _starts(words: list[str], end: int, limits: Limits) -> Iterator[int]:
    """Yield where a caption may begin that ends before the word `end`: from the nearest back."""
    text = ""
    for start in range(end - 1, -1, -1):
        text = words[start] + text
        if _broken(text.strip(), limits) is None:
            return
        yield start


def _lines(text: str, limits: Limits) -> str:
    return "\n".join(_broken(text, limits) or (text,))


@lru_cache(maxsize=4096)
def _broken(text: str, limits: Limits) -> tuple[str, ...] | None:
    """Break a text into lines; None where it takes more than there may be."""
    most = limits.line_length(text)
    if letters(text) <= most:
        return (text,)
    if limits.lines < _FEW:
        return None
    words = list(pieces(text))
    found: list[tuple[float, tuple[str, str]]] = []
    for place in range(1, len(words)):
        upper, lower = "".join(words[:place]).strip(), "".join(words[place:]).strip()
        longer = letters(upper) - letters(lower)
        if max(letters(upper), letters(lower)) <= most:
            # A longer lower line is better than a longer upper one: it hides less of the picture.
            found.append(
                (abs(longer) + max(0, longer) / 2 + _parting(words, place), (upper, lower))
            )
    return min(found)[1] if found else None
