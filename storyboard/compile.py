"""Compile a storyboard from the disk: read what the pipeline needs to know, and hand it in."""

import os
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from storyboard.catalogue import Editions, packaged
from storyboard.cut.overlay import needs_fonts, needs_setting
from storyboard.diagnostics import Diagnostic
from storyboard.files import Files, project_of
from storyboard.lock import LockedClips
from storyboard.model import ClipDigest, Storyboard
from storyboard.pipeline import Ask, Compiled, World, compile_in
from storyboard.plan import StoreView
from storyboard.project import PROJECT
from storyboard.store import view

PRICES = "storyboard-prices.yaml"
"""A project's own prices, in its folder; they are used instead of the catalogue's."""


@dataclass(frozen=True, slots=True)
class LockFile:
    """Where a lock is, which clips it should name, and what tells which clips a store has.

    `instead` is read in place of the file: what it would be after a decision.
    """

    path: Path
    clips: LockedClips
    here: Callable[[Iterable[ClipDigest]], AbstractSet[ClipDigest]]
    instead: bytes | None = None


def compile_storyboard(
    ask: Ask,
    look: Callable[[Path], StoreView] = view,
    editions: Callable[[], Editions] = packaged,
    lock: LockFile | None = None,
) -> Compiled:
    """Compile a storyboard to its plan. Mistakes come back as diagnostics, all of them.

    `look` reads what the project's store holds, `editions` which catalogues there are. `lock` is
    where it is written what is decided; without it, nothing is. Nothing is
    sent, and nothing written but what was found in files, into a store that is there.

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
        settings=own_file(project, PROJECT),
        prices=own_file(project, PRICES),
        editions=editions(),
        storyboard=ask.storyboard.read_bytes(),
        facts=files.facts,
        read=files.read,
        texts=files.texts,
        measure=partial(measure, project),
        lock=_locked(lock),
        locked=lock.clips if lock else LockedClips.PAID,
        here=lock.here if lock else frozenset,
    )
    result = compile_in(world, ask)
    files.keep()
    return result


def measure(project: Path, storyboard: Storyboard) -> tuple[Diagnostic, ...]:
    """Set what is drawn in its fonts, if need be: what draws takes longer to import than to check.

    `project` is the folder that the paths of local files are relative to.
    """
    found: tuple[Diagnostic, ...] = ()
    if needs_setting(storyboard):
        from storyboard.cut.overlay import measure_titles  # noqa: PLC0415 -- the reason is above

        found = measure_titles(storyboard, project)
    if needs_fonts(storyboard):
        from storyboard.cut.overlay import measure_words  # noqa: PLC0415 -- the reason is above

        found += measure_words(storyboard, project)
    return found


def _locked(lock: LockFile | None) -> tuple[str, bytes] | None:
    if lock is not None and lock.instead is not None:
        return str(lock.path), lock.instead
    return (str(lock.path), lock.path.read_bytes()) if lock and lock.path.is_file() else None


def own_file(project: Path, name: str) -> tuple[str, bytes] | None:
    """Read a file of the project's own; None if it has none."""
    path = Path(os.path.relpath(project / name))
    return (str(path), path.read_bytes()) if path.is_file() else None
