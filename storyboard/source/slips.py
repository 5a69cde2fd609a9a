"""Breaks at the start or inside of one text: what it begins with, its quotes, its escapes."""

import re

from storyboard.diagnostics import Code, Related
from storyboard.source.breaks import Break, Finding, error_at, is_within, quoted_in
from storyboard.source.codes import (
    AT_SIGN,
    BLOCK_HEADER,
    DIRECTIVE,
    ESCAPE,
    NO_START_OF_TEXT,
    OPEN_QUOTE,
    TAB,
    TAG,
    UNKNOWN_ALIAS,
    UNQUOTED_EXPRESSION,
)

_EXPRESSION = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}|\{[{%]")
"""Of bounded length: else the end of each that is not closed is searched for to the end.
"""
_CLOSING = {"{{": "}}", "{%": "%}"}


def expression(here: Break) -> Finding | None:
    """`{{ … }}` or `{% … %}` without quotes, on the line of the break or where it began."""
    if here.context == "while scanning a quoted scalar":
        return None  # it stands in quotes, of which the second is missing
    for index in dict.fromkeys((here.at, here.began)):
        start, line = here.line_of(index)
        quoted = quoted_in(line) if "{" in line else ()
        for found in _EXPRESSION.finditer(line):
            if start + found.start() > here.at or is_within(quoted, found.start()):
                continue
            first, last = start + found.start(), start + found.end()
            return Finding(
                error_at(
                    UNQUOTED_EXPRESSION,
                    "an expression without quotes is a mapping to YAML",
                    here.span(first, last),
                    _expression_in_quotes(here, first, last),
                ),
                hide=here.special(first, last),
                exact=True,
            )
    return None


def _expression_in_quotes(here: Break, first: int, last: int) -> str:
    """Show the whole text in quotes where it begins with the expression."""
    before = here.line_of(first)[1][: here.column(first)].rstrip()
    if (closing := _CLOSING.get(here.text[first:last])) is not None:
        rest = here.value_at(first)
        whole = before.endswith((":", "-")) and '"' not in rest
        shown = f': "{rest} {closing}"' if whole else ""
        return f"close it with `{closing}`, and put the whole text in quotes{shown}"
    if not here.in_flow and before.endswith((":", "-")):
        return here.in_quotes(first)
    return f"put the whole text in quotes, with the {here.text[first:last]} inside"


def no_token(here: Break) -> Finding | None:
    """Know a character that begins nothing in YAML: a tab, `@`, a backtick, `%`."""
    if not here.problem.startswith("found character"):
        return None
    if here.char == "\t":
        line = here.text[here.line_start :]
        end = here.line_start + len(line) - len(line.lstrip("\t "))
        return Finding(
            error_at(
                TAB,
                "a tab stands in the indentation",
                here.span(here.at, max(end, here.at + 1)),
                "indent with spaces, two for each level; most editors can change all tabs at once",
            )
        )
    if here.char == "@":
        return Finding(
            error_at(
                AT_SIGN,
                "a text cannot begin with `@` without quotes in YAML",
                here.rest(),
                here.in_quotes(),
            ),
            hide=(here.at, *here.colons_of_value()),
            exact=True,
        )
    return no_start(here)


def no_start(here: Break) -> Finding:
    """Say that a text cannot begin like this without quotes."""
    return Finding(
        error_at(
            NO_START_OF_TEXT,
            f"a text cannot begin with `{here.char}` without quotes in YAML",
            here.rest(),
            here.in_quotes(),
        ),
        hide=(here.at, *here.colons_of_value()),
        exact=here.char in "`%",
    )


def scanning(here: Break) -> Finding | None:
    """What the scanner was in the middle of says what is wrong."""
    match here.context:
        case "while scanning a quoted scalar":
            return open_quote(here, here.began)
        case "while scanning a double-quoted scalar":
            backslash = here.text.rfind("\\", here.began, here.at + 1)
            return Finding(
                error_at(
                    ESCAPE,
                    "no escape in double quotes begins like this",
                    here.span(backslash, backslash + 2),
                    "use single quotes, in which a backslash is just that, or write `\\\\`",
                ),
                hide=(backslash,),
                exact=True,
            )
        case "while scanning a block scalar":
            sign = here.text[here.began]
            return Finding(
                error_at(
                    BLOCK_HEADER,
                    f"after `{sign}` the text begins on the next line",
                    here.span(here.began),
                    f"put the text in quotes if it is meant to begin with `{sign}`",
                ),
                hide=(here.began,),
                exact=True,
            )
        case "while scanning an alias" | "while scanning an anchor":
            return reserved(here, here.began, UNKNOWN_ALIAS)
        case "while scanning a tag" | "while parsing a tag":
            return reserved(here, here.began, TAG)
        case _:
            return None


def no_content(here: Break) -> Finding | None:
    """Know a text that begins with `,`, `]` or `}`."""
    content = here.context == "while parsing a block node" and here.char and here.char in ",]}"
    return no_start(here) if content else None


def tag(here: Break) -> Finding | None:
    """Know a tag that is none."""
    if "tag handle" not in here.problem:
        return None
    return reserved(here, here.text.find("!", here.began), TAG)


def reserved(here: Break, index: int, code: Code) -> Finding:
    """Say that a text cannot begin with `*`, `&` or `!`."""
    sign = here.text[index]
    means = {"*": "an alias", "&": "an anchor", "!": "a tag"}.get(sign, "something else")
    return Finding(
        error_at(
            code,
            f"`{sign}` begins {means} in YAML, and this is none",
            here.span(index),
            f"put the text in quotes if it is meant to begin with `{sign}`",
        ),
        hide=(index,),
        exact=True,
    )


def directive(here: Break) -> Finding | None:
    """Know a line that begins with `%`."""
    inside = here.context == "while scanning a directive"
    start = here.began if inside else here.line_start
    if here.text[start : start + 1] != "%":
        return None
    return Finding(
        error_at(
            DIRECTIVE,
            "a line that begins with `%` is a directive, and a storyboard has none",
            here.span(start, start + len(here.lines.line(start))),
            "delete the line, or indent it if it goes on with the text above",
        ),
        comment_out=start,
        exact=True,
    )


def runaway_quote(here: Break) -> Finding | None:
    """Know a break right after a quoted text of several lines: its first quote was left open."""
    if here.long_quote is None:
        return None
    start, end = here.long_quote
    same_line = here.lines.start_of_line(end - 1) == here.line_start
    return open_quote(here, start) if end <= here.at and same_line else None


def open_quote(here: Break, start: int) -> Finding:
    """Say that a quote is not closed; reading goes on as if its line had none."""
    related = []
    if here.long_quote is not None and here.long_quote[0] == start:
        end = here.long_quote[1]
        related = [Related("it goes on to this quote", here.span(end - 1))]
    diagnostic = error_at(
        OPEN_QUOTE,
        "the quote that begins this text is not closed on its line",
        here.span(start),
        "close it; inside single quotes a quote is doubled (''), inside double quotes it is \\\"",
        *related,
    )
    return Finding(diagnostic, hide=here.special(start))
