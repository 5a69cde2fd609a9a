"""`storyboard takes`: a storyboard and its store to the takes that there are of each shot."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from storyboard.cli import show
from storyboard.cli.backend_option import backend_option
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.takes_lines import takes_json, takes_lines
from storyboard.cli.terminal import say, write_json
from storyboard.model import clock
from storyboard.session import (
    BackendChoice,
    ExportedTake,
    TakesOfShot,
    chosen_takes,
    compiled,
    export_takes,
    takes_of,
)


@click.command("takes")
@asking
@click.argument("shots", nargs=-1, metavar="[SHOT]...")
@click.option("--film", help="Only what this film of a campaign has.")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Copy the clips there, under names for people.",
)
@backend_option("Whose takes: emulator for those of a rehearsal.")
@form_option()
def command(  # noqa: PLR0913, PLR0917 -- what the command line has
    asked: Asked,
    shots: tuple[str, ...],
    film: str | None,
    folder: Path | None,
    choice: BackendChoice,
    form: str,
) -> int:
    """Show the takes that there are of each shot of FILE, or of each SHOT.

    A take is one rendering: of the shot alone or with its neighbours, of today's words or of older
    ones. Needs no key and no network, and changes nothing but the folder of --to.
    """
    result = compiled(ask_of(asked), choice)
    plan = good(result, form)
    found = chosen_takes(takes_of(result, choice), plan, shots, film)
    exported = () if folder is None else export_takes(found, result.project, choice, folder)
    if form == "json":
        write_json(takes_json(found, result.project / choice.folder, exported))
        return Exit.OK
    for line in takes_lines(found) if folder is None else _exported(exported, found, folder):
        say(line)
    return Exit.OK


def _exported(
    exported: Sequence[ExportedTake], shots: Sequence[TakesOfShot], folder: Path
) -> Iterator[str]:
    rows = [("file", "shot", "part")]
    rows += [(one.path.name, one.shot.title, _part(one)) for one in exported]
    if exported:
        yield from show.table(rows)
    new = sum(one.is_new for one in exported)
    kept = f", {len(exported) - new} there already" if new < len(exported) else ""
    yield f"{show.plural(new, 'take')} written to {folder}{kept}"
    missing = [
        f"{one.title}, take {take.number}"
        for one in shots
        for take in one.takes
        if not take.is_there
    ]
    if missing:
        yield f"not in this store: {'; '.join(missing)}"


def _part(one: ExportedTake) -> str:
    """Say which part of a clip is the shot, if it is not all of it."""
    take = one.take
    if take.at is None or len(take.together) == 1:
        return ""
    return f"{clock(take.at)}-{clock(take.at + take.used)} of {clock(take.length)}"
