"""What the commands that compile share: their options, and words on a command line to an `Ask`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from storyboard import Ask, Compiled, compile_storyboard
from storyboard.cli import show
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.plan_file import no_plan
from storyboard.diagnostics import Severity, has_errors
from storyboard.model.asset import Reach
from storyboard.store.layout import STORE
from storyboard.store.problem import StoreProblem
from storyboard.store.view import view
from storyboard.template.campaign.choose import Choice, NoChoice, read_choice

F = TypeVar("F", bound=Callable[..., Any])

_NOT_UTF8 = re.compile("[\ud800-\udfff]")
"""What stands for bytes of the command line that are no text."""

FORMATS = ("text", "json", "github", "sarif")


class Variable(click.ParamType[tuple[str, str]]):
    """`name=value` on the command line."""

    name = "name=value"

    def convert(
        self,
        value: Any,  # noqa: ANN401 -- click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, str]:
        """Split at the first `=`."""
        if isinstance(value, tuple):
            return value
        name, sign, text = str(value).partition("=")
        if not sign or not name:
            self.fail(f"'{value}' is not of the form name=value", param, ctx)
        if _NOT_UTF8.search(text):
            self.fail(f"the value of {name!r} is not UTF-8", param, ctx)
        return name, text


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that say what to compile, as they were typed."""

    file: Path
    variables: tuple[tuple[str, str], ...]
    only: tuple[str, ...]
    rows: str | None
    allow_outside: bool


def asking(function: F) -> F:
    """Give a command the options that say what to compile; it gets them as `asked`."""

    @wraps(function)
    def command(**options: Any) -> Any:  # noqa: ANN401 -- click hands over what is declared below
        words = {one.name: options.pop(one.name) for one in fields(Asked)}
        return function(asked=Asked(**words), **options)

    declared: Any = command
    for option in (
        click.option("--allow-outside", is_flag=True, help="Let paths leave the project folder."),
        click.option("--rows", help="Take these rows of the table only: 1-10,15."),
        click.option(
            "--only", multiple=True, help="Take variations only where: sku=A12,locale=de."
        ),
        click.option(
            "--var", "variables", type=Variable(), multiple=True, help="Set a variable: name=value."
        ),
        click.argument("file", type=click.Path(path_type=Path), default="storyboard.yaml"),
    ):
        declared = option(declared)
    return cast("F", declared)


def ask_of(asked: Asked) -> Ask:
    """Make an `Ask` of a command's words; a folder stands for the storyboard in it."""
    try:
        file = asked.file / "storyboard.yaml" if asked.file.is_dir() else asked.file
        there = file.is_file()
    except OSError as error:
        raise Stop(Exit.USAGE, f"cannot read {asked.file}: {error.strerror}") from error
    if not there:
        hint = "storyboard init FOLDER starts one" if file.name == "storyboard.yaml" else ""
        raise Stop(Exit.USAGE, f"there is no file {file}", hint)
    no_plan(file)
    reach = Reach.ANYWHERE if asked.allow_outside else Reach.PROJECT
    return Ask(file, dict(asked.variables), reach, choice_of(asked))


def choice_of(asked: Asked) -> Choice:
    """Read which variations are meant."""
    try:
        return read_choice(asked.only, asked.rows)
    except NoChoice as error:
        raise Stop(Exit.USAGE, str(error)) from error


def compiled(ask: Ask, folder: str = STORE) -> Compiled:
    """Compile against a store; bad luck with the disk ends the command with a message."""
    try:
        return compile_storyboard(ask, partial(view, folder=folder))
    except NoChoice as error:
        raise Stop(Exit.USAGE, str(error)) from error
    except OSError as error:
        raise Stop(Exit.ENVIRONMENT, f"cannot read {error.filename}: {error.strerror}") from error
    except StoreProblem as problem:
        raise stop_of(problem) from problem


def stop_of(problem: StoreProblem) -> Stop:
    """Turn a problem of the store into the end of a command."""
    return Stop(Exit.ENVIRONMENT, str(problem), problem.help, about=problem.code)


def good(result: Compiled, form: str = "text") -> Compiled:
    """Show what was found, and go on only where nothing of it is an error."""
    notes = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
    failed = has_errors(result.diagnostics) or result.plan is None
    if failed:
        show.diagnostics(result.diagnostics, result.texts, form)
        raise Stop(Exit.MISTAKES)
    if notes and form == "text":
        show.diagnostics(notes, result.texts, form)
    return result
