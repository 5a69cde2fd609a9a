"""`storyboard init`: a template to a new storyboard folder, with a lock."""

import shlex
import shutil
from pathlib import Path

import click

from storyboard.cli.exits import Exit, Stop
from storyboard.cli.terminal import say
from storyboard.data import data
from storyboard.diagnostics import nearest
from storyboard.lock import Lock, arranged, text
from storyboard.pipeline import Ask
from storyboard.session import compiled, lock_path, lock_shots

_LEAVE = shutil.ignore_patterns("build", ".storyboard", "__pycache__", "make_*.py")

_SCHEMA = "schemas/storyboard-1.schema.json"

_IGNORED = """\
# Made by storyboard. .storyboard/ has clips that were paid for: back it up, do not commit it.
build/
.storyboard/
*.rehearsal.lock.yaml
"""


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--template", default="hello", show_default=True, help="What to start from.")
@click.option("--list", "listing", is_flag=True, help="List the templates and stop.")
def command(folder: Path | None, template: str, listing: bool) -> None:  # noqa: FBT001 -- a flag
    """Start a new storyboard in FOLDER, from a template or an example."""
    known = _known()
    if listing:
        width = max(map(len, known))
        for name, place in known.items():
            say(f"{name:<{width}}  {_about(place)}")
        return
    if folder is None:
        raise Stop(Exit.USAGE, "name a folder", "storyboard init FOLDER")
    if template not in known:
        near = nearest(template, known)
        hint = f"; did you mean {near}?" if near else ""
        names = ", ".join(known)
        raise Stop(Exit.USAGE, f"there is no template {template}{hint}", names)
    if _taken(folder):
        raise Stop(Exit.USAGE, f"{folder} is there already, and not empty")
    _copy(known[template], folder)
    main = folder / "storyboard.yaml"
    _lock(main)
    say(f"{main} is ready, from the template {template}")
    typed = shlex.quote(str(main))
    say(f"  storyboard check {typed}    finds every mistake")
    say(f"  storyboard render {typed}   makes a film: the free animatic, without a key")


def _known() -> dict[str, Path]:
    """Return every template and example by name."""
    folders = [*data("examples").iterdir(), *data("templates").iterdir()]
    return {one.name: one for one in sorted(folders) if (one / "storyboard.yaml").is_file()}


def _about(folder: Path) -> str:
    """Return a template's first comment, which says what it is."""
    for line in (folder / "storyboard.yaml").read_text("utf-8").splitlines():
        if line.startswith("# ") and "yaml-language-server" not in line:
            return line.removeprefix("# ")
        if line.startswith(("description:", "title:")):
            return line.partition(":")[2].strip().strip('"')
    return ""


def _taken(folder: Path) -> bool:
    try:
        return folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder])
    except OSError as error:
        raise Stop(Exit.ENVIRONMENT, f"cannot write {folder}: {_why(error)}") from error


def _copy(template: Path, folder: Path) -> None:
    try:
        shutil.copytree(template, folder, ignore=_LEAVE, dirs_exist_ok=True)
        main = folder / "storyboard.yaml"
        text = main.read_text("utf-8")
        # A copy of its own, so that the comment that leads editors to it is true on any machine.
        (folder / _SCHEMA).parent.mkdir(exist_ok=True)
        shutil.copyfile(data("schemas") / Path(_SCHEMA).name, folder / _SCHEMA)
        main.write_text(text.replace(f"../../{_SCHEMA}", _SCHEMA), "utf-8")
        (folder / ".gitignore").write_text(_IGNORED, "utf-8")
    except OSError as error:
        raise Stop(Exit.ENVIRONMENT, f"cannot write {folder}: {_why(error)}") from error


def _lock(main: Path) -> None:
    """Write a lock with an entry for every shot, so that branches that decide for two merge.

    If the storyboard does not compile, in a project whose own settings have mistakes, the first
    command that can writes it.
    """
    plan = compiled(Ask(main)).plan
    if plan is None:
        return
    path = lock_path(main)
    try:
        path.write_bytes(text(arranged(Lock(), lock_shots(plan))).encode())
    except OSError as error:
        raise Stop(Exit.ENVIRONMENT, f"cannot write {path}: {_why(error)}") from error


def _why(error: OSError) -> str:
    """Say why; copytree tells what happened to each file, of which one will do."""
    match error.args:
        case ([(_, _, str(first)), *_],):
            return first
        case _:
            return error.strerror or str(error)
