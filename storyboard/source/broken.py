"""A place where the text is not YAML to one good diagnostic, and to how reading can go on."""

from collections.abc import Callable

from storyboard.diagnostics import Related
from storyboard.source.breaks import Break, Finding, error_at
from storyboard.source.codes import NOT_YAML
from storyboard.source.comments import comment
from storyboard.source.events import NotYamlError
from storyboard.source.slips import (
    directive,
    expression,
    no_content,
    no_token,
    runaway_quote,
    scanning,
    tag,
)
from storyboard.source.structure import block_end, flow, no_colon, sequence, value_not_allowed
from storyboard.source.text import Lines

_RULES: tuple[Callable[[Break], Finding | None], ...] = (
    runaway_quote,
    expression,
    comment,
    directive,
    no_token,
    scanning,
    no_content,
    tag,
    value_not_allowed,
    no_colon,
    sequence,
    flow,
    block_end,
)
"""The first that knows the break explains it."""


def explain(error: NotYamlError, lines: Lines, text: str) -> Finding:
    """Say what is wrong; `text` is what was parsed, with what was found before hidden in it."""
    here = Break(
        error.problem,
        error.context,
        min(error.at, len(text)),
        error.began,
        error.long_quote,
        error.in_flow,
        lines,
        text,
    )
    for rule in _RULES:
        if (finding := rule(here)) is not None:
            return finding
    return Finding(
        error_at(
            NOT_YAML,
            "this is not YAML: it cannot stand here",
            here.rest(),
            "look at the quotes, brackets and indentation of this line and the one above",
            *_stands_in(here),
        )
    )


def _stands_in(here: Break) -> tuple[Related, ...]:
    if here.began == here.at:
        return ()
    return (here.where_it_began("what it stands in begins here"),)
