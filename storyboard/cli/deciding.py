"""What the commands that decide share: their options, who decides, and how it is told."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

import click

from storyboard.cli.backend_option import backend_option
from storyboard.cli.compiling import Asked, Variable, ask_of
from storyboard.cli.form_option import form_option
from storyboard.cli.terminal import say, write_json
from storyboard.clock import utc_now
from storyboard.model import ShotName
from storyboard.pipeline import Ask
from storyboard.session import (
    BackendChoice,
    ChangedEntry,
    Decider,
    Desk,
    commands_typed,
    decider,
)

NO_MORE: Mapping[str, object] = MappingProxyType({})

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Deciding:
    """The words that say for which storyboard somebody decides, as they were typed."""

    file: Path
    variables: tuple[tuple[str, str], ...]
    allow_outside: bool
    film: str | None
    choice: BackendChoice
    form: str

    @property
    def ask(self) -> Ask:
        """What is to be compiled: all films, for what they share is decided once."""
        return ask_of(Asked(self.file, self.variables, (), None, self.allow_outside))

    @property
    def who(self) -> Decider:
        """Who decides, now."""
        return Decider(decider(os.environ, self.file.resolve().parent), utc_now())


def deciding(function: F) -> F:
    """Give a command the options that say for which storyboard to decide, as `words`."""

    @wraps(function)
    def command(**options: Any) -> Any:  # noqa: ANN401 -- click hands over what is declared below
        typed = {one.name: options.pop(one.name) for one in fields(Deciding)}
        words = Deciding(**typed)
        with commands_typed(words.file, words.choice):
            return function(words=words, **options)

    declared: Any = form_option()(command)
    for option in (
        backend_option("Whose clips and lock: emulator for those of a rehearsal."),
        click.option("--film", help="Decide for this film of a campaign alone: its variation."),
        click.option("--allow-outside", is_flag=True, help="Let paths leave the project folder."),
        click.option(
            "--var", "variables", type=Variable(), multiple=True, help="Set a variable: name=value."
        ),
        click.argument("file", type=click.Path(path_type=Path)),
    ):
        declared = option(declared)
    return cast("F", declared)


def names_of(typed: Iterable[str]) -> frozenset[ShotName]:
    """Return the names of shots that were typed, without the ratios of outputs."""
    return frozenset(ShotName(one.partition("@")[0]) for one in typed)


def tell(
    changes: Sequence[ChangedEntry],
    desk: Desk,
    words: Deciding,
    lines: Iterable[str] = (),
    beside: Mapping[str, object] = NO_MORE,
) -> None:
    """Write what has changed: a line a shot and `lines`, or JSON with what is `beside` it."""
    if words.form == "json":
        changed = [one.to_json() for one in changes]
        write_json({"version": 1, "lock": str(desk.path), "changed": changed, **beside})
        return
    for one in changes:
        say(one.words)
    for line in lines:
        say(line)
    if desk.half is not None:
        say(f"the merge conflict in {desk.path} is settled: what only one side said is not in it")
    elif not changes:
        say(f"nothing has changed in {desk.path}")
