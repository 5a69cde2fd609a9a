"""A place on the command line to the project folder that has the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from storyboard.cli.exits import Exit, Stop
from storyboard.store import STORE

F = TypeVar("F", bound=Callable[..., Any])


def project_argument(function: F) -> F:
    """Give a command the place to look from: a storyboard, or a folder; by default this one."""
    kind = click.Path(path_type=Path)
    return click.argument("where", type=kind, default=Path(), metavar="[FILE_OR_FOLDER]")(function)


def project_at(where: Path) -> Path:
    """Find the nearest folder with a store, upwards from a file or a folder; else that folder.

    Raises:
        Stop: where there is no such file or folder: nothing kept there would be no answer.
    """
    try:
        here = where.resolve(strict=True)
    except OSError as error:
        raise Stop(
            Exit.USAGE,
            f"cannot look at {where}: {error.strerror}",
            "name a storyboard, or its folder",
        ) from error
    folder = here if here.is_dir() else here.parent
    for parent in (folder, *folder.parents):
        if (parent / STORE).is_dir():
            return parent
    return folder
