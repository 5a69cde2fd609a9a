"""Find an expression, a statement or a block that is not closed, and say what closes it."""

import re

from storyboard.template.codes import SYNTAX
from storyboard.template.expressions.failure import Failure

_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPEN = re.compile(r"\{[{%#]")
_INSIDE = re.compile(
    r"""(?P<open>\{[{%#])|(?P<close>[}%#]\})|(?P<quoted>"[^"]*"|'[^']*')|(?P<quote>["'])"""
)
_STATEMENT = re.compile(r"\{%[-+]?\s*(?P<word>if|for|endif|endfor)\b.*?%\}", re.DOTALL)
_SHOWN = 40


def find_unclosed(text: str) -> Failure | None:
    """Return what is wrong if something that was opened in a text is not closed; else None."""
    place = 0
    while (opened := _OPEN.search(text, place)) is not None:
        found = _end_of(text, opened)
        if isinstance(found, Failure):
            return found
        place = found
    return _open_block(text)


def _end_of(text: str, opened: re.Match[str]) -> int | Failure:
    """Return where what was opened is closed; quotes inside of it may hold anything."""
    closing, other = _CLOSING[opened[0]], len(text)
    if opened[0] == "{#":
        end = text.find(closing, opened.end())
        return _not_closed(text, opened, other) if end < 0 else end + len(closing)
    for token in _INSIDE.finditer(text, opened.end()):
        if token[0] == closing:
            return token.end()
        if token["open"]:
            return _not_closed(text, opened, min(token.start(), other))
        if token["close"]:
            other = min(token.start(), other)
        elif token["quote"]:
            return _open_quote(token)
    return _not_closed(text, opened, other)


def _not_closed(text: str, opened: re.Match[str], end: int) -> Failure:
    begin, closing = opened[0], _CLOSING[opened[0]]
    inside = text[opened.end() : end].rstrip("}%#- \n")
    shown = f"{begin} {inside.strip()} {closing}"
    help_text = f"write `{shown}`" if len(shown) <= _SHOWN else f"add `{closing}` where it ends"
    length = max(len(text[opened.start() : end].rstrip()), len(begin))
    message = f"`{closing}` is missing: this `{begin}` is not closed"
    return Failure(SYNTAX, message, help_text, opened.start(), length)


def _open_quote(quote: re.Match[str]) -> Failure:
    message = f"a quote ({quote[0]}) in this expression is not closed"
    return Failure(SYNTAX, message, f"add {quote[0]} where the text ends", quote.start(), 1)


def _open_block(text: str) -> Failure | None:
    """Find an `if` or `for` without its end, or an end too many."""
    open_blocks: list[re.Match[str]] = []
    for one in _STATEMENT.finditer(text):
        if not one["word"].startswith("end"):
            open_blocks.append(one)
        elif open_blocks and one["word"] == f"end{open_blocks[-1]['word']}":
            open_blocks.pop()
        elif open_blocks:
            break
        else:
            message = f"`{one[0]}` closes nothing"
            return _failure(
                one, message, f"delete it, or open it with `{{% {one['word'][3:]} … %}}`"
            )
    if not open_blocks:
        return None
    block = open_blocks[-1]
    closing = f"{{% end{block['word']} %}}"
    message = f"`{closing}` is missing: this `{block['word']}` is not closed"
    return _failure(block, message, f"add `{closing}` where it ends")


def _failure(at: re.Match[str], message: str, help_text: str) -> Failure:
    return Failure(SYNTAX, message, help_text, at.start(), at.end() - at.start())
