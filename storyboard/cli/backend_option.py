"""Give a command the option `--backend`: whose store it looks at, the real one or a rehearsal's."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from storyboard.session import CHOICES, REHEARSAL, Backend, BackendChoice

F = TypeVar("F", bound=Callable[..., Any])

_STORES = tuple(one for one, choice in CHOICES.items() if choice.charges)


class _BackendName(click.Choice[str]):
    """The name of a backend, read as the choice of it."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 -- click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 -- as above
        if isinstance(value, BackendChoice):
            return value
        return CHOICES[Backend(super().convert(value, param, ctx))]


def backend_option(
    words: str = "Whose store: emulator for that of a rehearsal.",
    backends: Sequence[Backend] = _STORES,
    default: Backend | None = Backend.FAL,
) -> Callable[[F], F]:
    """Let one of some backends be chosen; the command gets its `choice`, None without a default."""
    return click.option(
        "--backend",
        "choice",
        type=_BackendName([one.value for one in backends]),
        default=default.value if default is not None else None,
        show_default=default is not None,
        help=words,
    )


def flag(choice: BackendChoice) -> str:
    """Return what a command that is named as the next one needs, to use the same store."""
    return f" --backend {choice.backend.value}" if choice is REHEARSAL else ""


def unpaid(choice: BackendChoice) -> str:
    """Return what is said after money that nobody paid."""
    return " (a rehearsal: nothing is paid)" if choice is REHEARSAL else ""
