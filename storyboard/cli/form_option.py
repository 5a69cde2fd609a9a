"""Give a command the option `--json`: its result for programs in place of lines for people."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def form_option(words: str = "Print JSON, for programs.") -> Callable[[F], F]:
    """Let a command's output be chosen; it gets `form`, which is `text` or `json`."""

    def decorate(function: F) -> F:
        text = click.option("--text", "form", flag_value="text", default="text", hidden=True)
        return click.option("--json", "form", flag_value="json", help=words)(text(function))

    return decorate
