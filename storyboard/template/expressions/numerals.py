"""Read the numbers that a text writes, with every way in which each can be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import decimal

from storyboard.template.expressions.currency_signs import codes_of

_SIGNS: Mapping[int, str | None] = {
    **dict.fromkeys((0x2019, 0x02BC, 0x2032, 0x60, 0xB4, 0x066C), "'"),
    **dict.fromkeys((0x066B, 0xB7), "·"),
    **dict.fromkeys((0xA0, 0x202F, 0x2007, 0x2009), " "),
    **dict.fromkeys((0x200E, 0x200F, 0x061C)),
    **dict.fromkeys((0xFF0C, 0x060C, 0x2E41), ","),
    0xFF0E: ".",
}
"""Signs between digits that say the same: those of Switzerland, of Arabic, and wide ones.

`'` only groups digits, `·` only begins decimals.
"""
_NUMERAL = re.compile(
    r"(?<![\w.,·'])[.,·][0-9]+(?![.,·']?[0-9])"
    r"|(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:[.,·'][0-9]+)*"
    r"(?:[.,](?= ?[-\u2010-\u2015\u2212]))?"
    r"|(?<=[0-9.,])[⁰¹²³⁴-⁹]+"
)
_DIGIT = re.compile(r"[^\D0-9]")
_EXPONENT = re.compile(r"[0-9][eE]$")
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f]+$")
_SIGN = re.compile(r"[.,·']")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
"""Digits in groups of three, or as in India: `12,34,567`."""
_LONGEST = 6
"""Letters before a number that may be a currency's sign."""
_OTHER = {",": ".", ".": ","}
_THREE = 3


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a text writes it.

    `readings` are one, or two where one sign with three digits behind it may group digits or begin
    decimals: the larger number first; none where the digits make no number (`12.05.2026`).
    `point` is the sign that begins decimals by this text alone, None if it does not tell.
    `decimals` is how many there are. `start` is where it is in the text as `plain` returns it.
    """

    text: str
    start: int
    readings: tuple[Decimal, ...]
    point: str | None = None
    decimals: int = 0


def plain(text: str) -> str:
    """Return a text with digits of all scripts as `0` to `9`, and signs between them as few."""
    return _DIGIT.sub(lambda one: str(decimal(one[0])), text.translate(_SIGNS))


def numerals_in(text: str) -> tuple[Numeral, ...]:
    """Find the numbers of a text that `plain` returned; a dash may stand for no cents (`19,-`).

    Digits behind a letter belong to a word (`m2`, `A4`) unless the letters are a currency (`kr5`),
    the text has no other number, or they are an exponent (`1E3` is two numbers, for nobody writes
    a price so).
    """
    found = [(one[0], one.start()) for one in _NUMERAL.finditer(text)]
    alone = [pair for pair in found if not _in_word(text, pair[1])]
    return tuple(_numeral(written, start) for written, start in alone or found)


def _in_word(text: str, start: int) -> bool:
    before = text[max(0, start - _LONGEST) : start]
    letters = None if _EXPONENT.search(before) else _LETTERS.search(before)
    return letters is not None and not codes_of(letters[0])


def _numeral(written: str, start: int) -> Numeral:
    if not written[-1].isascii():
        return Numeral(written, start, ())
    body = written.replace(" ", "")
    signs = _SIGN.findall(body)
    if not signs:
        return Numeral(written, start, (Decimal(body),))
    last = signs[-1]
    head, _, end = body.rpartition(last)
    whole = Numeral(written, start, (_joined(body),), _OTHER.get(last))
    fraction = Numeral(written, start, (Decimal(f"{_joined(head)}.{end}"),), last, len(end))
    if last == "'" or last in head:
        return whole if _grouped(body) and " " not in written else _none(whole)
    if len(signs) > 1:
        return fraction if _grouped(head) else _none(whole)
    if last == "·" or " " in written or len(end) != _THREE or not _may_be_group(head):
        return fraction
    return Numeral(written, start, (*whole.readings, *fraction.readings), None, len(end))


def _may_be_group(head: str) -> bool:
    return 0 < len(head) <= _THREE and not head.startswith("0")


def _none(one: Numeral) -> Numeral:
    return Numeral(one.text, one.start, ())


def _joined(digits: str) -> Decimal:
    return Decimal(_SIGN.sub("", digits) or "0")


def _grouped(digits: str) -> bool:
    """Tell whether digits are in groups, all parted by the same sign."""
    signs = set(_SIGN.findall(digits))
    return len(signs) == 1 and _GROUPED.fullmatch(_SIGN.sub(",", digits)) is not None
