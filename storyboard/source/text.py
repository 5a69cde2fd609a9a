"""Bytes to text, whatever their encoding, and places in text to lines and columns."""

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml.reader import Reader

from storyboard.diagnostics import Diagnostic, Severity, Span, counted
from storyboard.source.codes import CONTROL_CHARACTER, WRONG_ENCODING

_LINE_END = re.compile(r"\r\n|\r|\n")
_UNREADABLE = Reader.NON_PRINTABLE  # to compile the same again would take 3 ms of every command
_HALF = re.compile("[\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_MOST_SHOWN = 5
_SAVE = "save the file as UTF-8 (`Save with Encoding` in most editors)"
_BYTE_ORDER_MARKS = (
    # the marks of UTF-32 begin with those of UTF-16, so they are tried first
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text with the places where its lines begin; lines end with LF, CRLF or CR."""

    file: str
    text: str
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        object.__setattr__(self, "_starts", starts)

    def place(self, index: int) -> tuple[int, int]:
        """Return the line and column, from 1, of a code point by its index from 0."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, line: int, column: int) -> int:
        """Return the index of a place; after the last line it is the text's end."""
        if line > len(self._starts):
            return len(self.text)
        return self._starts[line - 1] + column - 1

    def start_of_line(self, index: int) -> int:
        """Return the index where the line that holds `index` begins."""
        return self._starts[bisect_right(self._starts, index) - 1]

    def line(self, index: int) -> str:
        """Return the line that holds `index`, without its end."""
        number = bisect_right(self._starts, index)
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """Return the span of the code points from `start` up to `end`."""
        return Span(self.file, *self.place(start), *self.place(max(start, end)))


def as_text(data: bytes) -> str:
    """Decode bytes for an excerpt; what is no text in them becomes a sign, and nothing fails."""
    encoding, body = _by_its_mark(data)
    return body.decode(encoding, errors="replace")


def decode(data: bytes, file: str) -> str | Diagnostic:
    """Decode a file by its byte order mark, UTF-8 without one; the mark is not in the text."""
    encoding, body = _by_its_mark(data)
    if encoding == "utf-8" and b"\0" in body[:4]:
        return Diagnostic(
            WRONG_ENCODING,
            Severity.ERROR,
            "the file looks like UTF-16 or UTF-32 without a byte order mark",
            Span(file, 1, 1, 1, 1),
            _SAVE,
        )
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        at = Lines(file, as_text(body[: error.start]) if encoding == "utf-8" else "")
        line, column = at.place(len(at.text))
        return Diagnostic(
            WRONG_ENCODING,
            Severity.ERROR,
            _wrong_byte(body, error.start, encoding),
            Span(file, line, column, line, column + 1),
            _SAVE,
        )


def unreadable(lines: Lines) -> Iterator[Diagnostic]:
    """Find characters that no YAML file may hold, each kind once, at its first place."""
    kinds: dict[str, list[int]] = {}
    for found in _UNREADABLE.finditer(lines.text):
        kinds.setdefault(found[0], []).append(found.start())
    for char, places in list(kinds.items())[:_MOST_SHOWN]:
        more = f", here and {counted(len(places) - 1, 'time')} more" if len(places) > 1 else ""
        yield Diagnostic(
            CONTROL_CHARACTER,
            Severity.ERROR,
            f"the control character U+{ord(char):04X} stands in the text{more}",
            lines.span(places[0], places[0] + 1),
            "delete it; it is not seen in most editors",
        )


def whole_characters(text: str) -> str:
    """Join the two halves in which JSON writes a character beyond U+FFFF, each as an escape.

    YAML includes JSON, so what a JSON library writes has to read as it does there.
    """
    return _HALVES.sub(_joined, text)


def _joined(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def find_half(text: str) -> str | None:
    """Return the first half of a character that has no other half beside it, or None."""
    found = _HALF.search(text)
    return found[0] if found else None


def without_halves(text: str) -> str:
    """Put a sign in the place of every half of a character."""
    return _HALF.sub("\ufffd", text)


def find_unreadable(text: str) -> str | None:
    """Return the first character that no YAML file may hold, or None."""
    found = _UNREADABLE.search(text)
    return found[0] if found else None


def without_unreadable(text: str) -> str:
    """Put a space in the place of every character that no YAML file may hold."""
    return _UNREADABLE.sub(" ", text)


def _by_its_mark(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return "utf-8", data


def _wrong_byte(body: bytes, start: int, encoding: str) -> str:
    if encoding != "utf-8":
        return f"the file begins as {encoding.upper()} but does not go on so, at byte {start}"
    byte = body[start]
    legacy = bytes([byte]).decode("cp1252", errors="replace")
    likely = f"; in Windows-1252 (Latin-1) it would be `{legacy}`" if legacy.isalpha() else ""
    return f"the byte 0x{byte:02X} is not UTF-8{likely}"
