"""Lines of speech to how long it takes to say them.

Scripts with spaces are counted in words a minute, others in signs a minute; numbers by their
digits, which are said one word each or more.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from fractions import Fraction

from storyboard.model import Seconds


class Pace(Enum):
    """How fast: words a minute, and signs a minute of Chinese, of Japanese kana, and of Korean."""

    CALM = (150, 250, 380, 300)
    FAST = (210, 340, 520, 420)
    FASTEST = (330, 540, 780, 660)


_LONG_WORD = 8
"""A word of more letters than this counts as more than one."""

_BREATH = Fraction(1, 4)
"""Between two lines."""

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_NOT_SAID = re.compile(r"\[[^\]]{0,999}\]|\([^)]{0,999}\)|<<<[^>]{0,999}>>>|\*[^*]*\*")
"""Of bounded length: else the end of every bracket that is not closed is searched for to the last.
"""


def spoken(lines: Iterable[str], pace: Pace) -> Seconds:
    """Return about how long the lines take, one after the other."""
    spoken_lines = [said for line in lines if (said := _line(line, pace))]
    return sum(spoken_lines, Fraction(0)) + _BREATH * max(len(spoken_lines) - 1, 0)


def _line(line: str, pace: Pace) -> Seconds:
    words, han, kana, hangul = _count(_NOT_SAID.sub(" ", line))
    per_word, per_han, per_kana, per_hangul = pace.value
    return (
        words * Fraction(60, per_word)
        + Fraction(60 * han, per_han)
        + Fraction(60 * kana, per_kana)
        + Fraction(60 * hangul, per_hangul)
    )


def _count(line: str) -> tuple[Fraction, int, int, int]:
    """Count words, Chinese signs, kana and Korean syllables."""
    words, signs = Fraction(0), {"HAN": 0, "KANA": 0, "HANGUL": 0}
    for token in _TOKEN.findall(line):
        letters = 0
        for letter in token:
            script = _script(letter)
            if script in signs:
                signs[script] += 1
            else:
                letters += 1
        if token.isdecimal():
            words += len(token)
        elif letters:
            words += max(Fraction(1), Fraction(letters, _LONG_WORD))
    return words, signs["HAN"], signs["KANA"], signs["HANGUL"]


def _script(letter: str) -> str:
    if letter.isascii():
        return ""
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "IDEOGRAPH")):
        return "HAN"
    if name.startswith(("HIRAGANA", "KATAKANA")):
        return "KANA"
    return "HANGUL" if name.startswith("HANGUL") else ""
