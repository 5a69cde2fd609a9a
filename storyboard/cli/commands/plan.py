"""`storyboard plan`: a storyboard to its jobs, what they cost, and why."""

import shlex
from pathlib import Path

import click

from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, flag
from storyboard.cli.campaign import costs_of
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.plan_lines import lines
from storyboard.cli.terminal import say, write_json
from storyboard.plan import (
    NEW_ACCOUNT,
    over,
    over_json,
    to_json,
)
from storyboard.session import REHEARSAL, BackendChoice, compiled, keep
from storyboard.template import costs_json, expensive


@click.command("plan")
@asking
@click.option("--concurrency", type=click.IntRange(1), default=NEW_ACCOUNT, show_default=True)
@click.option("-o", "--save", "kept", type=click.Path(path_type=Path), help="Keep the plan.")
@backend_option("Whose clips are there already: emulator for those of a rehearsal.")
@form_option()
def command(
    asked: Asked,
    concurrency: int,
    kept: Path | None,
    choice: BackendChoice,
    form: str,
) -> int:
    """Show the jobs of FILE, what is rendered already, what is to pay, and why.

    Needs no key and no network, and changes nothing but the file of --save.
    """
    ask = ask_of(asked)
    result = compiled(ask, choice)
    plan = good(result, form)
    if kept is not None:
        keep(kept, plan, ask)
    if form == "json":
        columns = {"columns": costs_json(costs_of(result))} if len(result.findings) > 1 else {}
        write_json({**to_json(plan), "over_budget": over_json(over(plan)), **columns})
        return Exit.OK
    for line in lines(result, plan, concurrency):
        say(line)
    if choice is REHEARSAL:
        say("a rehearsal: nothing is paid")
    if dear := expensive(costs_of(result)):
        say()
        show.diagnostics(dear, result.texts, "text", err=False)
    if kept is not None:
        typed = shlex.quote(str(kept))
        say(f"\nkept as {kept}; storyboard render {typed}{flag(choice)} renders exactly this")
    return Exit.OK
