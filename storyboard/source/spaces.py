"""Spaces that YAML does not take for spaces, where one was meant: beside keys and values.

They look like the others in every editor, and come along with text from web pages and documents,
from Alt+Space, and from Chinese and Japanese keyboards. In a text they may stand.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from storyboard.diagnostics import Diagnostic, Severity, Span, counted
from storyboard.source.codes import STRANGE_SPACE
from storyboard.source.text import Lines

STRANGE = "".join(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)))
_SPACE = f"[ {STRANGE}]"
_BEFORE_VALUES = re.compile(
    rf"^(?:{_SPACE}|-(?={_SPACE}))*(?:[\w-]+:(?={_SPACE}){_SPACE}*)?", re.MULTILINE
)
_HELP = "type ordinary spaces in its place; most editors can search for it and replace it"


def strange_spaces(text: str) -> list[int]:
    """Return where they stand in indentation, after a dash, or after the colon of a key."""
    if not any(one in text for one in STRANGE):
        return []
    return [
        index
        for found in _BEFORE_VALUES.finditer(text)
        for index in range(*found.span())
        if text[index] in STRANGE
    ]


def with_spaces(text: str, places: Iterable[int]) -> str:
    """Put an ordinary space at each of these places; nothing else moves."""
    signs = list(text)
    for index in places:
        signs[index] = " "
    return "".join(signs)


def told(lines: Lines, places: Iterable[int]) -> Iterator[Diagnostic]:
    """Tell of each kind of space once, at its first place."""
    kinds: dict[str, list[int]] = {}
    for index in places:
        kinds.setdefault(lines.text[index], []).append(index)
    for sign, found in kinds.items():
        more = f", here and {counted(len(found) - 1, 'time')} more" if len(found) > 1 else ""
        last = found[0]
        while lines.text[last : last + 1] == sign:
            last += 1
        yield _diagnostic(sign, lines.span(found[0], last), more)


def before_key(written: str, span: Span) -> Diagnostic | None:
    """Tell that a key without quotes begins with one, which belongs to its name for YAML."""
    return _diagnostic(written[0], span, "") if written[:1] and written[0] in STRANGE else None


def _diagnostic(sign: str, span: Span, more: str) -> Diagnostic:
    name = unicodedata.name(sign).lower()
    article = "an" if name[0] in "aeio" else "a"
    return Diagnostic(
        STRANGE_SPACE,
        Severity.ERROR,
        f"{article} {name} (U+{ord(sign):04X}) stands where a space should{more}",
        span,
        _HELP,
    )
