"""Compile a storyboard from the disk: read what the pipeline needs to know, and hand it in."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from storyboard.diagnostics import Diagnostic
from storyboard.files import Files, project_of
from storyboard.model.storyboard import Storyboard
from storyboard.pipeline import Ask, Compiled, World, compile_in
from storyboard.plan import StoreView
from storyboard.store.view import view

PRICES = "storyboard-prices.yaml"
"""A project's own prices, in its folder; they are used instead of the catalogue's."""


def compile_storyboard(ask: Ask, look: Callable[[Path], StoreView] = view) -> Compiled:
    """Compile a storyboard to its plan. Mistakes come back as diagnostics, all of them.

    `look` reads what the project's store holds. Nothing is written, nothing is sent.

    Raises:
        OSError: if the storyboard itself cannot be read.
        StoreProblem: if the store cannot be read.
        NoChoice: if the choice says nothing that can be followed, or takes no variation.
    """
    project = project_of(ask.storyboard)
    files = Files(project, ask.reach)
    world = World(
        project=project,
        held=look(project),
        prices=_prices(project),
        storyboard=ask.storyboard.read_bytes(),
        facts=files.facts,
        read=files.read,
        texts=files.texts,
        measure=partial(measure, project),
    )
    return compile_in(world, ask)


def measure(project: Path, storyboard: Storyboard) -> tuple[Diagnostic, ...]:
    """Set titles in their fonts, if there are any: what draws takes longer to import than to check.

    `project` is the folder that the paths of local files are relative to.
    """
    if not any(shot.look.titles for shot in storyboard.shots):
        return ()
    from storyboard.cut.overlay import measure_titles  # noqa: PLC0415 -- the reason is above

    return measure_titles(storyboard, project)


def _prices(project: Path) -> tuple[str, bytes] | None:
    path = Path(os.path.relpath(project / PRICES))
    return (str(path), path.read_bytes()) if path.is_file() else None
