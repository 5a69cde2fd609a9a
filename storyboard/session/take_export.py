"""Copy takes out of the store, under names for people."""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storyboard.model import LONGEST, as_on_disk
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.errors import AskError, SetupError
from storyboard.session.shot_takes import ShotTake, TakesOfShot
from storyboard.store import Layout, digest_of
from storyboard.writing import atomic_write, refusal

_UNSAFE = re.compile(r"[^\w.-]+")
_MOST = LONGEST - len("_12345678_take-9999.rehearsal.muchlong") - len("..9999999-9999999.part")
"""Bytes of what a file is called after; it is written as a temporary file first."""


@dataclass(frozen=True, slots=True)
class ExportedTake:
    """A take in a file of its own: the whole clip, byte for byte. `is_new` if it is written now."""

    shot: TakesOfShot
    take: ShotTake
    path: Path
    is_new: bool


def export_takes(
    shots: Iterable[TakesOfShot], project: Path, choice: BackendChoice, folder: Path
) -> tuple[ExportedTake, ...]:
    """Copy the clip of every take whose file is there to `folder`, as `opening-pour_take-02.mp4`.

    That of a rehearsal is `opening-pour_take-02.rehearsal.mp4`: nobody paid for it.
    A take of several shots is copied for each of them: whole, so that its SHA-256 stays the one
    that a lock names. Copies share nothing with the store: what happens to them does not touch it.
    A file that has the clip already stays; one that has anything else keeps all from being written.

    Raises:
        AskError: a file of that name is there and is something else; nothing is written.
        SetupError: a clip is damaged, or the disk refuses.
    """
    store, ending = Layout(project / choice.folder), f".{choice.suffix}" if choice.suffix else ""
    named = tuple(_named(shots, folder, ending))
    try:
        there = {path: _is_it(path, take) for _, take, path in named}
        return tuple(
            ExportedTake(shot, take, path, not there[path] and _copied(take, store, path))
            for shot, take, path in named
        )
    except OSError as problem:
        raise SetupError(*refusal(problem, folder)) from problem


def _named(
    shots: Iterable[TakesOfShot], folder: Path, ending: str
) -> Iterator[tuple[TakesOfShot, ShotTake, Path]]:
    """Give every take that is there a file of its own, on any disk."""
    used: set[str] = set()
    for shot in shots:
        for take in shot.takes:
            if not take.is_there:
                continue
            stem, rest = _stem(shot), f"_take-{take.number:02d}{ending}{take.suffix}"
            if as_on_disk(f"{stem}{rest}") in used:
                stem = f"{stem}_{take.clip[:8]}"
            name = f"{stem}{rest}"
            used.add(as_on_disk(name))
            yield shot, take, folder / name


def _stem(shot: TakesOfShot) -> str:
    """Name a shot in a file's name, with the film if other films have another one of its name."""
    parts = [shot.name.replace("/", "-")]
    if shot.ratio is not None:
        parts.append(str(shot.ratio).replace(":", "x"))
    if not shot.alone:
        parts += [film for film in shot.films[:1] if film is not None]
    safe = "_".join(_UNSAFE.sub("-", part).strip(".") for part in parts)
    return safe.encode()[:_MOST].decode(errors="ignore")


def _is_it(path: Path, take: ShotTake) -> bool:
    """Tell whether a file is the take already."""
    if not path.exists() and not path.is_symlink():
        return False
    if path.is_file() and path.stat().st_size == take.size and digest_of(path) == take.clip:
        return True
    raise AskError(
        f"{path} is there, and is not take {take.number}; nothing was written",
        "move it away, or name another folder",
    )


def _copied(take: ShotTake, store: Layout, path: Path) -> bool:
    source = store.clip(take.clip, take.suffix)
    with atomic_write(path) as temporary:
        shutil.copyfile(source, temporary)
        if digest_of(temporary) != take.clip:
            raise SetupError(
                f"{source} is not the clip that was stored any more",
                "storyboard store verify says more",
            )
    return True
