"""Why some shots cannot be one job, in words for a diagnostic and for the plan."""

from dataclasses import dataclass

from storyboard.diagnostics import Code, Follows, Span

NO_START = Code("SB430")
NO_RATIO = Code("SB441")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why shots cannot be asked for together, or one cannot be asked for at all.

    `brief` is for the plan (`15 s are full`). `message` and `help` are for a diagnostic, which
    is given if the shot cannot be rendered in any job; `follows` is what it would only repeat.
    `span` is where the cause is written, if that is not the shot.
    """

    brief: str
    code: Code
    message: str
    help: str
    follows: Follows | None = None
    span: Span | None = None


def together(brief: str) -> Refusal:
    """Return a refusal that only forbids joining, so that it never becomes a diagnostic."""
    return Refusal(brief, NO_START, brief, "let the shots be jobs of their own")
