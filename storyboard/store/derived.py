"""A recipe's digest into the file made by it: what costs nothing but time to make again."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

from storyboard.store import problem
from storyboard.store.layout import Layout, replace

_MADE = re.compile(
    r"""
    [0-9a-f]{64} (\.[0-9a-f]{8}\.making)? \.[a-z0-9]{1,8}
    | \. [0-9a-f]{64} \.[a-z0-9]{1,8} \. \d+-\d+ \.part  # what a write that was killed left
    """,
    re.VERBOSE,
)
"""Names of files made by recipe, whole or not, and of notes about films."""
_FOLDER = re.compile(r"[0-9a-f]{2}|films")


def derived_files(layout: Layout) -> tuple[list[Path], tuple[Path, ...]]:
    """List what was made here and can be made again, and what else is there. Links are neither."""
    made: list[Path] = []
    other: list[Path] = []
    for folder in sorted(layout.derived.iterdir()):
        inside = sorted(folder.iterdir()) if _is_own_folder(folder) else [folder]
        for path in inside:
            is_made = path is not folder and _MADE.fullmatch(path.name) and is_own_file(path)
            (made if is_made else other).append(path)
    return made, tuple(other)


def _is_own_folder(path: Path) -> bool:
    return bool(_FOLDER.fullmatch(path.name)) and stat.S_ISDIR(path.lstat().st_mode)


def is_own_file(path: Path) -> bool:
    """Tell whether a path is a file itself: no link, no folder, no device."""
    return stat.S_ISREG(path.lstat().st_mode)


def derived_path(layout: Layout, recipe: str, suffix: str) -> Path:
    """Return where the file of a recipe stands, if it was made."""
    return layout.derived / recipe[:2] / f"{recipe}{suffix}"


def derive(
    layout: Layout, recipe: str, suffix: str, maker: str, make: Callable[[Path], None]
) -> Path:
    """Return the file of a recipe, made by `make(path)` where it is not there yet.

    `maker` names who makes it, so that two at once do not write one file; whichever ends last
    puts its equal file in place. What `make` raises comes through, and leaves nothing.

    Raises:
        StoreProblem: where the disk refuses.
    """
    target = derived_path(layout, recipe, suffix)
    if target.exists():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem.disk(target, error) from error
    aside = target.with_name(f"{recipe}.{maker}.making{suffix}")
    try:
        make(aside)
        replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return target
