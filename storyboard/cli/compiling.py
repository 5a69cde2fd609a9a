"""What the commands that compile share: their options, and words on a command line to an `Ask`."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from storyboard.cli import show
from storyboard.cli.exits import Exit, Stop
from storyboard.diagnostics import Severity
from storyboard.model import Reach
from storyboard.near_path import near_path
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan
from storyboard.session import no_plan, plan_of
from storyboard.template import Choice, NoChoice, read_choice

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
        near = near_path(file.resolve(), file.resolve().parent)
        if near is not None and near.suffix in {".yaml", ".yml", ".json"}:
            hint = f"did you mean {os.path.relpath(near)}?"
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


def good(result: Compiled, form: str = "text") -> Plan:
    """Return the plan of a storyboard without errors, after its warnings were shown.

    Raises:
        MistakesError: where there are errors.
    """
    plan = plan_of(result)
    warnings = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
    if warnings and form == "text":
        show.diagnostics(warnings, result.texts, form)
    return plan
