"""Breaks between things: keys without a colon, indentation, brackets, lists, what stands beside."""

import re

from storyboard.source.breaks import Break, Finding, error_at, leading, quoted_before
from storyboard.source.codes import (
    AFTER_THE_END,
    COLON_IN_TEXT,
    COLON_OR_SPACE,
    INDENTATION,
    LIST_BESIDE_KEY,
    OPEN_BRACKET,
    UNKNOWN_ALIAS,
)
from storyboard.source.slips import no_start, open_quote, reserved

_FIRST_KEY = re.compile(r"[\w-]+: +(?=[^\s'\"\[{&*!])")
_KEY_WITHOUT_SPACE = re.compile(r"([A-Za-z_][\w-]*):(?=[^\s/:])")
_COLON = re.compile(r":(?=\s|$)")
_END_OF_TEXT = re.compile(r"\s#|[,\[\]{}]")
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+(?=\s+\S)")


def value_not_allowed(here: Break) -> Finding | None:
    """Know a key that stands where none can: indented too far, or within a text."""
    if here.problem != "mapping values are not allowed here":
        return None
    first_on_line = ":" not in here.before and not here.before.startswith(("'", '"', "{", "["))
    if here.before and first_on_line and here.line_start:
        start = here.at - len(here.before)
        above = here.line_above(start)
        if above is not None and here.column(above) == here.column(start):
            return _key_without_colon(here, above)
        return Finding(
            error_at(
                INDENTATION,
                f"`{here.before}:` is indented further than the line above, which has a value",
                here.span(start, here.at),
                "indent it like the keys beside it; a text of several lines is put in quotes",
            )
        )
    colon = _FIRST_KEY.match(here.before)
    return Finding(
        error_at(
            COLON_IN_TEXT,
            "a second `: ` stands on this line, and YAML takes it for a key's",
            here.span(here.at),
            here.in_quotes(here.at - len(here.before) + colon.end())
            if colon
            else "put the whole text in quotes",
        ),
        hide=_colons_after(here),
        exact=True,
    )


def _colons_after(here: Break) -> tuple[int, ...]:
    """Return every colon of the same text: they are one mistake, which the same quotes heal."""
    start, line = here.line_of(here.at)
    rest = _END_OF_TEXT.split(line[here.at - start :])[0]
    return tuple(here.at + found.start() for found in _COLON.finditer(rest))


def no_colon(here: Break) -> Finding | None:
    """Know a line that should be a key and is none."""
    if here.problem != "could not find expected ':'":
        return None
    if here.long_quote is not None and here.long_quote[0] <= here.began <= here.at:
        return open_quote(here, here.long_quote[0])
    start, line = here.line_of(here.began)
    return _key_without_colon(here, start + leading(line))


def _key_without_colon(here: Break, key: int) -> Finding:
    start, line = here.line_of(key)
    end = start + len(line)
    if found := _KEY_WITHOUT_SPACE.match(here.text, key):
        diagnostic = error_at(
            COLON_OR_SPACE,
            f"`{found[1]}:` needs a space after its colon to be a key",
            here.span(found.end() - 1),
            f"write `{found[1]}: …`",
        )
    else:
        diagnostic = error_at(
            COLON_OR_SPACE,
            "this line stands where a key should, and has no `:`",
            here.span(key, end),
            "write it as `key: value`, or indent it further if it goes on with the text above",
        )
    return Finding(diagnostic, comment_out=key)


def sequence(here: Break) -> Finding | None:
    """Know a `-` or `?` where no list or key can begin."""
    match here.problem:
        case "sequence entries are not allowed here":
            return Finding(
                error_at(
                    LIST_BESIDE_KEY,
                    "a list cannot begin on the line of its key",
                    here.span(here.at),
                    "begin the list on the next line, or put the text in quotes",
                ),
                hide=(here.at,),
            )
        case "mapping keys are not allowed here":
            return no_start(here)
        case _:
            return None


def flow(here: Break) -> Finding | None:
    """A `[` or `{` that is not closed, or two things in it without a comma."""
    if not here.context.startswith("while parsing a flow"):
        return None
    if "expected ','" not in here.problem:
        return _missing_value(here)
    if here.long_quote is not None and here.long_quote[0] > here.began:
        return open_quote(here, here.long_quote[0])
    bracket = here.text[here.began]
    closing = {"[": "]", "{": "}"}.get(bracket, bracket)
    same_line = here.lines.start_of_line(here.began) == here.line_start
    comma = None
    if same_line and here.at < len(here.text):
        comma = here.at - 1 if here.text[here.at - 1] == " " else None
        diagnostic = error_at(
            OPEN_BRACKET,
            f"a `,` or the closing `{closing}` is missing before this",
            here.span(here.at),
            "put a comma between two things, and quotes round a text with `,`, `[`, `{` or `: `",
            here.where_it_began(f"`{bracket}` opens here"),
        )
    else:
        diagnostic = error_at(
            OPEN_BRACKET,
            f"this `{bracket}` is not closed",
            here.span(here.began),
            f"close it with `{closing}`, or put the text in quotes if it begins with `{bracket}`",
        )
    return Finding(diagnostic, comma=comma)


def _missing_value(here: Break) -> Finding:
    return Finding(
        error_at(
            OPEN_BRACKET,
            "a value is missing before this",
            here.span(here.at),
            "write the value, or delete the comma that is too much",
            here.where_it_began("it stands in this"),
        )
    )


def block_end(here: Break) -> Finding | None:
    """Something stands after what was complete."""
    if "expected <block end>" not in here.problem and "<document start>" not in here.problem:
        return None
    line = here.text[here.line_start : here.at]
    if alias := _ALIAS.search(line + here.char):
        return reserved(here, here.line_start + alias.start(), UNKNOWN_ALIAS)
    if here.char and here.char in ",]}":
        return no_start(here)
    return _beside(here)


def _beside(here: Break) -> Finding | None:
    if not here.before:
        return Finding(
            error_at(
                INDENTATION,
                "this line is not indented like what stands beside it",
                here.rest(),
                "indent all keys of one thing, and all `-` of one list, by the same spaces",
                here.where_it_began("it would have to stand under this"),
            )
        )
    if here.before.rstrip()[-1:] not in {"'", '"', "]", "}"}:
        return None
    quote = quoted_before(here.text[here.line_start : here.at], here.at - here.line_start)
    return Finding(
        error_at(
            AFTER_THE_END,
            "this stands after the closing quote or bracket",
            here.rest(),
            "put quotes round the whole text; a quote inside is doubled ('') or of the other kind",
        ),
        hide=() if quote is None else here.special(here.line_start + quote),
    )
