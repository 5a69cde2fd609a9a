"""A table's bytes to text: what a byte order mark says, UTF-8, a declared encoding, or a guess."""

import codecs
import re

from storyboard.diagnostics import Diagnostic, Severity, Span
from storyboard.template.codes import ENCODING_GUESSED, TABLE_KIND, UNDECODABLE

_MARKS = (
    # the mark of UTF-32 begins with that of UTF-16, so it is tried first
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "mac_roman"]
"""Encodings that spreadsheets write, the likelier one first: of equal guesses it is taken."""
_SHOWN = 40
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_APART = re.compile(r"""[\s;,|"]""")


def decode(data: bytes, file: str, declared: str | None) -> tuple[str | None, list[Diagnostic]]:
    """Return the text, None where it cannot be read, and what is to be said about it."""
    start = Span(file, 1, 1, 1, 1)
    if data.startswith((_ZIP, _OLD_EXCEL)):
        return None, [
            Diagnostic(
                TABLE_KIND,
                Severity.ERROR,
                "this is a spreadsheet, not a table as text",
                start,
                "save it as CSV (UTF-8) in the spreadsheet program",
            )
        ]
    mark, encoding = next(
        (pair for pair in _MARKS if data.startswith(pair[0])), (b"", declared or "utf-8")
    )
    try:
        return data[len(mark) :].decode(encoding), []
    except LookupError:
        known = "`utf-8`, `cp1252`, `latin-1`, `utf-16`, `shift_jis`, …"
        return None, [_undecodable(f"`{declared}` is no encoding", start, f"the names are {known}")]
    except UnicodeDecodeError as error:
        if mark or declared:
            line = data.count(b"\n", 0, error.start + len(mark)) + 1
            message = f"the bytes are not {encoding}"
            place = Span(file, line, 1, line, 1)
            return None, [_undecodable(message, place, "save the file as UTF-8")]
    return _guess(data, file)


def _guess(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 20 ms that few tables need

    # A short text of Western Europe is as good in cp1250, with other letters: Pińa for Piña.
    guesses = [
        (found.chaos, _LIKELY.index(name), str(found))
        for found in from_bytes(data, cp_isolation=_LIKELY)
        for name in found.could_be_from_charset
    ]
    start = Span(file, 1, 1, 1, 1)
    if not guesses:
        help_text = "save it as UTF-8, or name its encoding: `rows: {file: …, encoding: cp1252}`"
        return None, [_undecodable("the encoding of this table is not known", start, help_text)]
    _, place, text = min(guesses)
    encoding = _LIKELY[place]
    telling = _NOT_ASCII.search(text)
    line = text.count("\n", 0, telling.start()) + 1 if telling else 1
    word = f": `{_word(text, telling.start())}`" if telling else ""
    return text, [
        Diagnostic(
            ENCODING_GUESSED,
            Severity.WARNING,
            f"this table is not UTF-8; it is read as {encoding}, which is a guess{word}",
            Span(file, line, 1, line, 1),
            f"save it as UTF-8, or say `rows: {{file: …, encoding: {encoding}}}`",
        )
    ]


def _word(text: str, at: int) -> str:
    """Return the word that holds the character at a place, or a piece of a long one."""
    before = _APART.split(text[max(0, at - _SHOWN // 2) : at])[-1]
    return before + _APART.split(text[at : at + _SHOWN - len(before)])[0]


def _undecodable(message: str, span: Span, help_text: str) -> Diagnostic:
    return Diagnostic(UNDECODABLE, Severity.ERROR, message, span, help_text)
