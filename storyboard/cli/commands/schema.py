"""`storyboard schema`: prints a JSON Schema, or says where it lies."""

import click

from storyboard.cli.exits import Exit, Stop
from storyboard.cli.terminal import say
from storyboard.data import data

_SUFFIX = ".schema.json"


@click.command("schema")
@click.argument("name", default="storyboard-1")
@click.option("--path", "form", flag_value="path", help="Print the file's path instead.")
@click.option("--text", "form", flag_value="text", default="text", hidden=True)
def command(name: str, form: str) -> None:
    """Print the JSON Schema NAME (storyboard-1), for editors and programs.

    For completion in an editor, begin a storyboard with the line:

    # yaml-language-server: $schema=PATH
    """
    folder = data("schemas")
    file = folder / f"{name}{_SUFFIX}"
    if not file.is_file():
        names = ", ".join(sorted(one.name.removesuffix(_SUFFIX) for one in folder.glob("*.json")))
        raise Stop(Exit.USAGE, f"there is no schema {name}", f"there are {names}")
    say(str(file) if form == "path" else file.read_text("utf-8").rstrip())
