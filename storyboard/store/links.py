"""Refuse links in a store: a project from elsewhere may carry some, and they may lead anywhere."""

import os
from collections.abc import Iterator
from pathlib import Path

from storyboard.store import problem

STORE = ".storyboard"
"""The folder of the store in a project."""

_MADE_HERE = frozenset(
    {
        ".gitignore",
        "journal.db",
        "journal.db-wal",
        "journal.db-shm",
        "journal.db-journal",
        "catalogue",
        "clips",
        "aside",
        "derived",
        "runs",
        "rehearsal",
    }
)
"""What is found at the top of a store."""


def check_links(root: Path) -> None:
    """Make sure that nothing in a store is a link, before anything is read, written or removed.

    Only a store as a whole may be one, to share it between work trees: to another store, or to a
    folder that is empty. One within another, a rehearsal's, may not. A folder that is not there
    holds none.

    Raises:
        StoreProblem: with the first link that was found, or if the disk refuses.
    """
    whole = root if root.name == STORE else root.parent
    try:
        if whole.name == STORE and whole.is_symlink():
            _check_leads_to_store(whole)
        if root != whole and root.is_symlink():
            raise problem.link(root)
        for found in _links(root):
            raise problem.link(found)
    except OSError as error:
        raise problem.disk(root, error) from error


def _check_leads_to_store(root: Path) -> None:
    names = {path.name for path in root.iterdir()} if root.is_dir() else None
    if names is None or not names <= _MADE_HERE:
        raise problem.link_elsewhere(root)


def _links(root: Path) -> Iterator[Path]:
    """Look through a folder without following anything; what is removed meanwhile was no link."""
    folders = [root]
    while folders:
        try:
            entries = sorted(os.scandir(folders.pop()), key=lambda one: one.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if entry.is_symlink():
                yield Path(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
