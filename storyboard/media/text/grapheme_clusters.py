"""Text to clusters: the smallest pieces that a reader sees as one character."""

import unicodedata
from collections.abc import Iterator

ZWJ = "\u200d"
EMOJI_FORM = "\ufe0f"
_REGIONAL = range(0x1F1E6, 0x1F200)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_JAMO_TAILS = range(0x1160, 0x1200)
_VARIATION_SELECTORS, _MORE_SELECTORS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2")
"""Signs that bind the consonants beside them to one (Unicode's property InCB=Linker)."""

_PICTOGRAPHS = 0x1F000
_EMOJI_BELOW = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"  # noqa: RUF001 - it lists such signs
)
"""Characters below U+1F000 that are coloured without being asked to (Unicode's emoji data)."""


def is_ignorable(char: str) -> bool:
    """Tell whether a character has no picture of its own: joiners, variation selectors, marks."""
    return (
        char in "\u00ad\u034f\u061c\ufeff"
        or unicodedata.category(char) in {"Cf", "Cc"}
        or ord(char) in _VARIATION_SELECTORS
        or ord(char) in _MORE_SELECTORS
    )


def is_emoji(cluster: str) -> bool:
    """Tell whether a cluster is meant to be a coloured picture."""
    first = cluster[0]
    return EMOJI_FORM in cluster or ord(first) >= _PICTOGRAPHS or first in _EMOJI_BELOW


def clusters(text: str) -> Iterator[str]:
    """Split text so that a base and its marks, a flag, or a joined emoji stay together."""
    if text.isascii():
        yield from text
        return
    start = 0
    for place in range(1, len(text)):
        if not _joined(text, start, place):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _joined(text: str, start: int, place: int) -> bool:
    before, here = text[place - 1], text[place]
    if unicodedata.category(here) in {"Mn", "Me", "Mc"} or here in {ZWJ, EMOJI_FORM}:
        return True
    if ord(here) in _SKIN_TONES or ord(here) in _HANGUL_JAMO_TAILS:
        return True
    if before in _LINKERS or (before == ZWJ and text[place - 2 : place - 1] in _LINKERS):
        return unicodedata.category(here) == "Lo"
    if before == ZWJ:
        return is_emoji(text[start])
    regional = ord(before) in _REGIONAL and ord(here) in _REGIONAL
    return regional and place - start == 1
