"""A recipe's digest into the file made by it: what costs nothing but time to make again."""

from collections.abc import Callable
from pathlib import Path

from storyboard.store import problem
from storyboard.store.layout import Layout, replace


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
