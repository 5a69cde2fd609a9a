"""Text to pieces that a line may end after."""

import re
import unicodedata
from collections.abc import Iterator

from storyboard.media.text.grapheme_clusters import clusters

_NO_START = frozenset(
    "、。，．・：；？！‼⁇⁈⁉）」』】〉》〕］｝〗〙〛”’ー々〻ぁぃぅぇぉっゃゅょゎゕゖ"  # noqa: RUF001 - it lists such signs
    "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％‰℃…‥〜～゛゜ヽヾゝゞ"  # noqa: RUF001 - it lists such signs
    ",.!?:;)]}%»›"  # noqa: RUF001 - it lists such signs
)
_NO_END = frozenset("（「『【〈《〔［｛〖〘〚“‘￥＄￡＃([{«‹$£€¥#")  # noqa: RUF001 - it lists such signs
_THAI_LEADING = "\u0e40\u0e41\u0e42\u0e43\u0e44"
"""Vowels written before their consonant: in Thai, which has no spaces, they begin syllables."""

_THAI_FIRST, _THAI_LAST = "\u0e01", "\u0e5b"
_GLUE = "\u00a0\u202f\u2060\u2007"
_IDEOGRAPHIC = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]"
)


def is_ideographic(char: str) -> bool:
    """Tell whether a line may break beside a character with no space: Chinese and Japanese."""
    return _IDEOGRAPHIC.match(char) is not None


def pieces(paragraph: str) -> Iterator[str]:
    """Split a paragraph after each place where a line may end; spaces stay with what is before."""
    parts = list(clusters(paragraph))
    start = 0
    for place in range(1, len(parts)):
        if _may_break(parts[place - 1], parts[place]):
            yield "".join(parts[start:place])
            start = place
    if parts:
        yield "".join(parts[start:])


def _may_break(before: str, after: str) -> bool:
    left, right = before[-1], after[0]
    if right.isspace() or left in _GLUE or right in _GLUE:
        return False
    if left.isspace() or left == "\u200b":
        return True
    if right in _NO_START or left in _NO_END:
        return False
    if right in _THAI_LEADING:
        return _THAI_FIRST <= left <= _THAI_LAST
    if left in "-\u2010\u2013\u2014/":
        return left in "\u2013\u2014" or unicodedata.category(right).startswith("L")
    return is_ideographic(left) or is_ideographic(right)
