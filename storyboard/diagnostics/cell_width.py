"""A line of any text to what a terminal may show of it, and how wide each character is there."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

TAB = "    "

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_WIDE = frozenset("WF")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""These make text look other than it is, in excerpts too."""

_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class Cells:
    """A line as it is shown: a piece of text for each code point, and the cell where it begins.

    `starts` has one more number than there are code points: where the line ends.
    """

    shown: tuple[str, ...]
    starts: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many cells the line takes."""
        return self.starts[-1]


def cells(line: str) -> Cells:
    """Lay out a line: tabs as spaces, control characters as signs, wide characters as two cells."""
    shown, widths = zip(*_laid_out(line), strict=True) if line else ((), ())
    starts = [0]
    for width in widths:
        starts.append(starts[-1] + width)
    return Cells(shown, tuple(starts))


def harmless(text: str) -> str:
    """Make text safe for a terminal and one line long: nothing in it moves, colours or reorders."""
    return "".join(_shown(char) if char != "\t" else " " for char in text)


def _laid_out(line: str) -> Iterator[tuple[str, int]]:
    before = ""
    flag_open = False
    for char in line:
        shown = _shown(char)
        width = len(TAB) if char == "\t" else _width(shown)
        if before == _JOINER or ord(char) in _SKIN_TONES:
            width = 0
        elif char == _EMOJI_STYLE and before and _width(before) == 1:
            width = 1
        elif ord(char) in _FLAG_LETTERS:
            width, flag_open = (0, False) if flag_open else (2, True)
        flag_open &= ord(char) in _FLAG_LETTERS
        yield shown, width
        before = char


def _shown(char: str) -> str:
    code = ord(char)
    if char == "\t":
        return TAB
    if code < 0x20:  # noqa: PLR2004 - C0 controls end here
        return chr(0x2400 + code)
    if code == 0x7F:  # noqa: PLR2004 - DEL
        return "\u2421"
    if char in _REORDERING or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
        return "\ufffd"
    return char


def _width(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
