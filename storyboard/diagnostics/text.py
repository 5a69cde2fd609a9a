"""Diagnostics to text for people: message, place, excerpt with carets, and what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.diagnostics.cell_width import cells, harmless
from storyboard.diagnostics.diagnostic import Diagnostic, Severity, Span, in_order, summary
from storyboard.diagnostics.most import MOST_FOR_PEOPLE, first_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_CUT = "…"
_LEAST_ROOM = 20
_SHOWN_WHOLE = 3
_ABOUT = 6
"""Times the room there is: of a longer line only such a piece about the marks is laid out."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What begins each kind of text on a terminal, and what ends it; empty texts colour nothing."""

    error: str = ""
    warning: str = ""
    note: str = ""
    message: str = ""
    frame: str = ""
    related: str = ""
    end: str = ""


PLAIN = Palette()
"""No colours: for files, pipes, and where `NO_COLOR` is set."""

ANSI = Palette(
    error="\x1b[1;31m",
    warning="\x1b[1;33m",
    note="\x1b[1;36m",
    message="\x1b[1m",
    frame="\x1b[34m",
    related="\x1b[1;34m",
    end="\x1b[0m",
)
"""The sixteen colours that every terminal has, so that its user's own theme holds."""


def print_text(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    *,
    palette: Palette = PLAIN,
    width: int = 100,
) -> str:
    """Write diagnostics as a terminal shows them, in order, with a count at the end.

    At most `MOST_FOR_PEOPLE` are written, errors first; the others are counted.
    `texts` has the text of each file by the name that spans use; a place in another file is shown
    without an excerpt. `width` is the terminal's, in cells. Empty where there are no diagnostics.
    """
    found = in_order(diagnostics)
    if not found:
        return ""
    shown, left_out = first_of(found, MOST_FOR_PEOPLE)
    files = {span.file for one in shown for span in _spans(one)}
    printer = _Printer(
        {name: _LinesOf.text(text) for name, text in texts.items() if name in files},
        palette,
        width,
    )
    blocks = ["".join(f"{line.rstrip()}\n" for line in printer.block(one)) for one in shown]
    more = f"{left_out:,} more not shown: mend these first\n" if left_out else ""
    return "\n".join([*blocks, more + summary(found) + "\n"])


def _spans(one: Diagnostic) -> list[Span]:
    return [*([one.span] if one.span else []), *(near.span for near in one.related)]


@dataclass(frozen=True, slots=True)
class _LinesOf:
    """The lines of a text, cut out when they are asked for: few of many are."""

    whole: str
    starts: Sequence[int]

    @classmethod
    def text(cls, whole: str) -> "_LinesOf":
        return cls(whole, [0, *(found.end() for found in _LINE_END.finditer(whole))])

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, number: int) -> str:
        """Return a line by its number from 1, without its end."""
        end = self.starts[number] if number < len(self.starts) else len(self.whole)
        return self.whole[self.starts[number - 1] : end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class _Pointer:
    """How an excerpt points: an arrow before the place, a mark under the text, words beside it."""

    arrow: str
    mark: str
    colour: str
    label: str


@dataclass(frozen=True, slots=True)
class _Printer:
    lines: Mapping[str, _LinesOf]
    palette: Palette
    width: int

    def block(self, one: Diagnostic) -> Iterator[str]:
        colour = self._colour(one.severity)
        yield (
            self._in(colour, f"{one.severity}[{one.code}]")
            + self._in(self.palette.message, f": {harmless(one.message)}")
        )
        gutter = max((len(str(span.end_line)) for span in _spans(one)), default=1)
        if one.span is not None:
            yield from self._excerpt(one.span, gutter, _Pointer("-->", "^", colour, ""))
        for near in one.related:
            label = harmless(near.message)
            pointer = _Pointer(":::", "-", self.palette.related, label)
            yield from self._excerpt(near.span, gutter, pointer)
        if one.help is not None:
            yield from self._help(one.help, gutter)

    def _help(self, text: str, gutter: int) -> Iterator[str]:
        margin = " " * (gutter + 1)
        first, *more = text.split("\n")
        yield margin + self._in(self.palette.frame, "=") + f" help: {harmless(first)}"
        for line in more:
            yield f"{margin}        {harmless(line)}"

    def _excerpt(self, span: Span, gutter: int, pointer: _Pointer) -> Iterator[str]:
        place = f"{harmless(span.file)}:{span.line}:{span.column}"
        shown = self._shown(span)
        label = f" {pointer.label}" if pointer.label else ""
        tail = f":{label}" if label and not shown else ""
        yield " " * gutter + self._in(self.palette.frame, pointer.arrow) + f" {place}{tail}"
        if not shown:
            return
        bar = " " * (gutter + 1) + self._in(self.palette.frame, "|")
        yield bar
        for number in shown:
            if number is None:
                yield "..."
                continue
            text, margin, marks = self._marked(span, number, pointer.mark, self.width - gutter - 3)
            said = label if number == shown[-1] else ""
            yield self._in(self.palette.frame, f"{number:>{gutter}} |") + f" {text}"
            yield f"{bar} {margin}{self._in(pointer.colour, marks + said)}"
        yield bar

    def _shown(self, span: Span) -> list[int | None]:
        """Return the numbers of the lines to show; None stands for lines left out."""
        count = len(self.lines[span.file]) if span.file in self.lines else 0
        if span.line > count:
            return []
        end = min(span.end_line, count)
        if end > span.line and span.end_line == end and span.end_column <= 1:
            end -= 1  # nothing of the last line is in the span
        if end - span.line < _SHOWN_WHOLE:
            return list(range(span.line, end + 1))
        return [span.line, None, end]

    def _marked(self, span: Span, number: int, mark: str, room: int) -> tuple[str, str, str]:
        """Return as much of a line as there is room for, the space before the marks, the marks."""
        line = self.lines[span.file].line(number)
        blank = len(line) - len(line.lstrip())
        first = min(span.column - 1, len(line)) if number == span.line else blank
        last = min(span.end_column - 1, len(line)) if number == span.end_line else len(line)
        room = max(room, _LEAST_ROOM)
        skip, line = _about(line, first, _ABOUT * room)
        first, last = first - skip, min(last - skip, len(line))
        laid = cells(line)
        begin = laid.starts[first]
        end = max(laid.starts[max(first, last)], begin + 1)
        window = _window(laid.width, begin, end, room)
        shown = "".join(
            text
            for text, at, after in zip(laid.shown, laid.starts, laid.starts[1:], strict=False)
            if window.start <= at and after <= window.stop
        )
        skipped = next((at for at in laid.starts if at >= window.start), 0)
        lead = _CUT if window.start else ""
        tail = _CUT if window.stop < laid.width else ""
        begin, end = max(begin, skipped), min(end, max(window.stop, begin + 1))
        return lead + shown + tail, " " * (begin - skipped + len(lead)), mark * (end - begin)

    def _colour(self, severity: Severity) -> str:
        match severity:
            case Severity.ERROR:
                return self.palette.error
            case Severity.WARNING:
                return self.palette.warning
            case Severity.NOTE:
                return self.palette.note

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{self.palette.end}" if colour else text


def _about(line: str, place: int, most: int) -> tuple[int, str]:
    """Return a piece of a line about a place, and how many code points are before it."""
    if len(line) <= most:
        return 0, line
    start = max(0, min(place - most // 2, len(line) - most))
    return start, line[start : start + most]


def _window(width: int, begin: int, end: int, room: int) -> range:
    """Choose the cells of a line to show: all, or those about the marks, with room for `…`."""
    if width <= room and end <= room:
        return range(width)
    inner = room - 2 * len(_CUT)
    if end <= inner:
        return range(inner)
    before = max((inner - (end - begin)) // 2, inner // 4)
    start = min(max(begin - before, 0), max(width - inner, 0))
    return range(start, start + inner)
