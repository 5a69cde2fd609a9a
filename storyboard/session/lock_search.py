"""Find the locks that name clips: on the disk, and on every branch that this clone has.

A clip that any of them names must stay: what was decided on a branch is lost without it, and paid
for again.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from storyboard.git import Committed, committed, short_name
from storyboard.lock import LockedClips, named_digests
from storyboard.model import ClipDigest
from storyboard.session.lock_file import SUFFIX
from storyboard.source import is_lfs_pointer
from storyboard.store import STORE

_NO_TEXT = "it is not a text, or too large"
_PASSED_OVER = frozenset({".git", STORE})
MOST_BYTES = 64 << 20
"""A larger file is not read: no text that people review is."""


@dataclass(frozen=True, slots=True)
class NamingLock:
    """A lock that names some clips, as it is on the disk or on branches.

    `path` is from the top of the repository, or from the project's folder if there is none; `refs`
    are full names of git's. `folder` is the project's folder that has it on the disk, else None.
    """

    path: str
    refs: tuple[str, ...]
    folder: Path | None
    clips: frozenset[ClipDigest]


@dataclass(frozen=True, slots=True)
class NamingLocks:
    """All locks of a project that name some clips, and what could not be looked at, in words.

    `in_repository` is False if there are no branches to look at.
    """

    project: Path
    locks: tuple[NamingLock, ...]
    unseen: tuple[str, ...]
    in_repository: bool

    @property
    def clips(self) -> frozenset[ClipDigest]:
        """The clips that must stay."""
        return frozenset().union(*(one.clips for one in self.locks))


def naming_locks(
    project: Path, clips: Collection[ClipDigest], kind: LockedClips = LockedClips.PAID
) -> NamingLocks:
    """Find the locks that name any of these clips, half merged ones and later versions too.

    Looked at are the project's folder, also in other work trees of its repository, and the
    repository's branches, remote-tracking branches, tags and stashes. If the project's store is
    another project's, that one is looked at as well. Nothing is fetched or changed.
    """
    folders = _sharing(project)
    found = [_Look(frozenset(clips), SUFFIX[kind]).at(folder) for folder in folders]
    return NamingLocks(
        folders[0],
        tuple(dict.fromkeys(lock for one in found for lock in one.locks)),
        tuple(dict.fromkeys(text for one in found for text in one.unseen)),
        any(one.in_repository for one in found),
    )


def _sharing(project: Path) -> tuple[Path, ...]:
    """Return a project's folder, and that of the project whose store it uses, if another's."""
    here, whose = project.resolve(), (project / STORE).resolve()
    shared = whose.name == STORE and whose.parent != here
    return (here, whose.parent) if shared else (here,)


@dataclass(frozen=True, slots=True)
class _Named:
    """What was read of a lock: which of the clips it names, as far as its text can be read."""

    clips: frozenset[ClipDigest]
    is_readable: bool


class _Look:
    """A look for clips in all locks of a project."""

    def __init__(self, clips: frozenset[ClipDigest], suffix: str) -> None:
        self._clips = clips
        self._suffix = suffix
        self._unseen: list[str] = []

    def at(self, folder: Path) -> NamingLocks:
        """Look at a folder and its repository."""
        found = committed(folder, self._suffix, self._read)
        folders = found.folders if found else (folder,)
        inside = found.inside if found else ""
        locks = [
            lock
            for one in folders
            for path in self._files(one)
            if (lock := self._on_disk(path, one, inside)) is not None
        ]
        if found is not None:
            self._unseen += found.unseen
            locks += self._on_branches(found)
        return NamingLocks(folder, tuple(locks), tuple(self._unseen), found is not None)

    def _read(self, data: bytes) -> _Named:
        named = (ClipDigest(one) for one in named_digests(data))
        hidden = b"\0" in data or is_lfs_pointer(data)  # encrypted, or its bytes are elsewhere
        return _Named(self._clips.intersection(named), is_readable=not hidden)

    def _on_branches(self, found: Committed[_Named]) -> Iterator[NamingLock]:
        for file in found.files:
            if file.content.clips:
                yield NamingLock(file.path, file.refs, None, file.content.clips)
            if not file.content.is_readable:
                self._unseen.append(f"{file.path} on {short_name(file.refs[0])}: {_NO_TEXT}")

    def _files(self, folder: Path) -> Iterator[Path]:
        """Find locks below a folder, without following links to folders."""
        for root, folders, names in os.walk(folder, onerror=self._refused):
            folders[:] = sorted(set(folders) - _PASSED_OVER)
            yield from (Path(root, name) for name in sorted(names) if name.endswith(self._suffix))

    def _refused(self, error: OSError) -> None:
        self._unseen.append(f"{error.filename}: {error.strerror or error}")

    def _on_disk(self, path: Path, folder: Path, inside: str) -> NamingLock | None:
        try:
            if not path.is_file():  # a pipe would never end
                return None
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            self._unseen.append(f"{path}: {error.strerror or error}")
            return None
        found = self._read(data)
        if len(data) > MOST_BYTES or not found.is_readable:
            self._unseen.append(f"{path}: {_NO_TEXT}")
        name = Path(inside, path.relative_to(folder)).as_posix()
        return NamingLock(name, (), folder, found.clips) if found.clips else None
