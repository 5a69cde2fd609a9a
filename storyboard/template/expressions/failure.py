"""Why an expression has no value, before its place is known."""

from dataclasses import dataclass

from storyboard.diagnostics import Code
from storyboard.template.codes import (
    FAILED,
    NOT_A_SCALAR,
    REFUSED,
    SYNTAX,
    TOO_MUCH,
    UNDEFINED,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with a template text.

    `start` and `length` count characters of the scalar's value; `start` None is the whole of it.
    """

    code: Code
    message: str
    help: str | None = None
    start: int | None = None
    length: int = 0


_HELP = {
    UNDEFINED: "declare it under `variables`, or give it a column in a table of `variations`",
    SYNTAX: "an expression is a name, then filters: `{{ name | filter }}`",
    REFUSED: "expressions read names, columns and filters; they cannot reach anything else",
    FAILED: "mend the expression, or the value in the table",
    NOT_A_SCALAR: "pick one item of it, or join them",
    TOO_MUCH: "put less into one expression, or the result into the table",
}


def help_of(failure: Failure) -> str:
    """Say what to do: what the failure itself knows, else what helps with its kind."""
    return failure.help or _HELP.get(failure.code, "mend it at the place shown")


class RenderError(Exception):
    """A template text has no value for these names. It never leaves the template room."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure; the exception only carries it out of generated code."""
        super().__init__(failure.message)
        self.failure = failure
