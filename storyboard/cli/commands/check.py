"""`storyboard check`: a storyboard to all that is wrong with it."""

import click

from storyboard.cli import show
from storyboard.cli.campaign import table_lines, table_of
from storyboard.cli.compiling import FORMATS, Asked, ask_of, asking
from storyboard.cli.exits import Exit
from storyboard.cli.terminal import say, write, write_json
from storyboard.diagnostics import has_errors, to_json
from storyboard.session import compiled
from storyboard.template import table_json


@click.command("check")
@asking
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def command(
    asked: Asked,
    form: str,
) -> int:
    """Find every mistake in FILE (storyboard.yaml), without network, key or cost.

    Exits with 1 where there are errors.
    """
    result = compiled(ask_of(asked))
    failed = has_errors(result.diagnostics)
    many = len(result.findings) > 1
    if many and form == "json":
        variations = table_json(table_of(result))["variations"]
        write_json(to_json(result.diagnostics) | {"variations": variations})
    else:
        show.diagnostics(result.diagnostics, result.texts, form, err=False)
    if many and form == "text":
        for line in table_lines(table_of(result), failed):
            write(line + "\n")
    if form == "text" and not failed:
        shots = {shot.name for film in result.wanted for shot in film.storyboard.shots}
        jobs = result.plan.jobs if result.plan else ()
        count = f"{show.plural(len(shots), 'shot')}, {show.plural(len(jobs), 'job')}"
        say(f"{asked.file}: no errors, {count}")
    return Exit.MISTAKES if failed else Exit.OK
