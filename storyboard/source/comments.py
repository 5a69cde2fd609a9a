"""Find comments that were meant as values, or that hide the end of what they are in."""

import re

from storyboard.source.breaks import Break, Finding, error_at, is_within, quoted_in
from storyboard.source.codes import COMMENT_IN_VALUE

_COMMENT = re.compile(r"(?<![^\s,\[{:])#")
_VALUE = re.compile(r"#[^\s,\]}#]+")
_BEFORE_VALUE = re.compile(r"(?:[:,\[{]|^\s*-|:\s*-)\s*$")
_HIDES_END = re.compile(r"[\]}][\]},\s]*$")
_MOST_LINES = 50
"""Lines above a break that are searched: nobody writes longer things in brackets."""
BEHIND_NOTHING = re.compile(r"[ \t]*(#[^\s#][^\r\n]*)")


def comment(here: Break) -> Finding | None:
    """Know a `#` in brackets that was meant as a value, or that hides a closing bracket."""
    if not here.in_flow:
        return None
    stop, place = here.at, here.at
    for _ in range(_MOST_LINES):
        start, line = here.line_of(place)
        if (finding := _in_line(here, start, line, stop)) is not None:
            return finding
        if not start:
            return None
        place = stop = start - 1
    return None


def _in_line(here: Break, start: int, line: str, stop: int) -> Finding | None:
    quoted = quoted_in(line) if "#" in line else ()
    marks = [
        one.start()
        for one in _COMMENT.finditer(line)
        if start + one.start() < stop and not is_within(quoted, one.start())
    ]
    if not marks:
        return None
    first = marks[0]
    if _VALUE.match(line, first) and _BEFORE_VALUE.search(line[:first]):
        return _meant_as_value(here, start, line, first)
    if line[:first].strip() and (end := _HIDES_END.search(line, first)):
        return _hides_end(here, start, line, first, end.start())
    return None


def _meant_as_value(here: Break, start: int, line: str, first: int) -> Finding:
    """Read every value of the line that begins with `#` as if it were in quotes."""
    values = [
        one for one in _VALUE.finditer(line, first) if _BEFORE_VALUE.search(line[: one.start()])
    ]
    quotes = ", ".join(f'"{one[0]}"' for one in values)
    return Finding(
        error_at(
            COMMENT_IN_VALUE,
            "`#` begins a comment here: the rest of the line is not read",
            here.span(start + first, start + values[0].end()),
            f"put it in quotes: {quotes}",
        ),
        hide=tuple(start + one.start() for one in values),
        exact=True,
    )


def _hides_end(here: Break, start: int, line: str, first: int, end: int) -> Finding:
    return Finding(
        error_at(
            COMMENT_IN_VALUE,
            f"`#` begins a comment, which hides the `{line[end]}` behind it",
            here.span(start + first, start + end),
            f"write the comment behind the `{line[end:].rstrip(', ')}`, or put the text in quotes",
        ),
        blank=(start + first, start + end),
        exact=True,
    )
