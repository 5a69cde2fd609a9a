"""Find the file that a path which leads nowhere was perhaps meant to name."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from storyboard.diagnostics import nearest
from storyboard.model import as_on_disk

_MOST_FOLDERS = 100
"""Folders beside each other that are looked into."""

_Meant: TypeAlias = Callable[[str, Sequence[str]], str | None]
"""Chooses from the names of a folder the one that was meant."""


def near_path(path: Path, project: Path) -> Path | None:
    r"""Return a file that is there, and nearly at an absolute path; None if there is none.

    First the same path in other letters: other capitals, a slip, `\` between folders. Then the
    same names in another folder of the project: one above, or one beside.
    """
    slashed = Path(str(path).replace("\\", "/"))
    if (found := _followed(slashed, _same_or_nearest)) is not None:
        return found
    elsewhere = (_followed(one, _same) for one in _elsewhere(slashed, project))
    return next((one for one in elsewhere if one is not None), None)


def _same(name: str, there: Sequence[str]) -> str | None:
    on_disk = as_on_disk(name)
    return next((one for one in there if as_on_disk(one) == on_disk), None)


def _same_or_nearest(name: str, there: Sequence[str]) -> str | None:
    return _same(name, there) or nearest(name, there)


def _followed(path: Path, meant: _Meant) -> Path | None:
    """Follow a path from its root, at each missing name through the one that was meant."""
    here = Path(path.anchor)
    *folders, name = path.parts[1:] or ("",)
    for folder in folders:
        if not (here / folder).is_dir():
            chosen = meant(folder, _names(here, Path.is_dir))
            if chosen is None:
                return None
            folder = chosen  # noqa: PLW2901 - the one that is there
        here /= folder
    if (here / name).is_file():
        return here / name
    chosen = meant(name, _names(here, Path.is_file))
    return None if chosen is None else here / chosen


def _names(folder: Path, kind: Callable[[Path], bool]) -> list[str]:
    try:
        return sorted(one.name for one in folder.iterdir() if kind(one))
    except OSError:
        return []


def _elsewhere(path: Path, project: Path) -> Iterator[Path]:
    """Yield the path's last names in the folders above, and its names in folders below those."""
    for folder in path.parents:
        if not folder.is_relative_to(project):
            return
        names = path.relative_to(folder).parts
        yield from (folder.joinpath(*names[left:]) for left in range(1, len(names)))
        below = [one for one in _names(folder, Path.is_dir) if not one.startswith(".")]
        yield from (folder.joinpath(one, *names) for one in below[:_MOST_FOLDERS])
