"""Look at the files that a storyboard names: their digest, size, and facts."""

import hashlib
import os
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.file_stamp import FileStamp, file_stamp
from storyboard.model import Facts, FileDigest, LocalFile, Reach, Unusable
from storyboard.source import IS_POINTER, is_lfs_pointer

if TYPE_CHECKING:  # a storyboard that names no file does not wait for what knows files
    from storyboard.store import KnownFile, KnownFiles

_BLOCK = 1 << 20
MOST_TEXT = 256 << 20
"""Bytes of a table or a shared file: more is no text that somebody reviews."""

_MOST_LOOKED_FOR = 100
"""Missing files for which the one that was meant is looked for: no more are shown."""

_AT_ONCE = 4
"""Files that are read at the same time: a large picture takes hundreds of megabytes."""

_MARKS = (".storyboard", ".git")


def project_of(storyboard: Path) -> Path:
    """Return the project folder: the nearest parent with a `.storyboard/` or `.git`, or its own."""
    folder = storyboard.resolve().parent
    for parent in (folder, *folder.parents):
        if any((parent / mark).exists() for mark in _MARKS):
            return parent
    return folder


@dataclass(slots=True)
class Files:
    """The disk, read once: each file is hashed and probed one time in a run.

    Names are as spans and asset uses have them: relative to the folder the program runs in, or
    absolute. `known` is by name, so that a file used by a thousand variations is looked at once;
    `texts` are the tables and shared files that were read, for the excerpts of diagnostics. What
    earlier runs found in a file that has not changed is taken from the project's store. `now`
    returns nanoseconds by the clock that files get their times from.
    """

    project: Path
    reach: Reach = Reach.PROJECT
    known: dict[str, LocalFile | Unusable] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    now: Callable[[], int] = time.time_ns
    _looked_for: int = 0
    _kept: "KnownFiles | None" = None

    def facts(self, names: Iterable[str]) -> Mapping[str, LocalFile | Unusable]:
        """Look at files; what cannot be used is said as a value."""
        asked = tuple(names)
        self.known.update(self._look([one for one in asked if one not in self.known]))
        return {name: self.known[name] for name in asked}

    def read(self, name: str) -> bytes | Unusable:
        """Read a text file that a storyboard names (`use`, `extends`, a table)."""
        found = self._inside(name)
        if isinstance(found, Unusable):
            return found
        try:
            if found.stat().st_size > MOST_TEXT:
                return Unusable("unreadable", f"it is larger than {MOST_TEXT >> 20} MB")
            data = found.read_bytes()
        except OSError as error:
            return Unusable("unreadable", error.strerror or str(error))
        if is_lfs_pointer(data):
            return Unusable("lfs-pointer", f"it {IS_POINTER}")
        self.texts[name] = data
        return data

    def _inside(self, name: str) -> Path | Unusable:
        """Follow every link, and refuse what lies outside the project or is no file."""
        try:
            path = Path(name).resolve()
            if self.reach is Reach.PROJECT and not path.is_relative_to(self.project):
                return Unusable("outside", f"the project is {self.project}")
            if not path.exists():
                return Unusable("missing", "", self._nearby(name, path))
            return path if path.is_file() else Unusable("unreadable", "it is no file")
        except OSError as error:
            return Unusable("unreadable", error.strerror or str(error))
        except ValueError:  # U+0000 in a table's cell
            return Unusable("unreadable", "its name holds a character that no file's name can")

    def _nearby(self, name: str, path: Path) -> str:
        """Name the file that was perhaps meant, in the form of `name`; empty if there is none."""
        from storyboard.near_path import near_path  # noqa: PLC0415 -- only for a missing file

        self._looked_for += 1
        if self._looked_for > _MOST_LOOKED_FOR:
            return ""
        found = near_path(path, self.project)
        if found is None:
            return ""
        return (str(found) if Path(name).is_absolute() else os.path.relpath(found)).replace(
            os.sep, "/"
        )

    def keep(self) -> None:
        """Keep what was found for the next run, in the project's store, if it has one."""
        if self._kept is not None:
            self._kept.write()

    def _look(self, names: Iterable[str]) -> dict[str, LocalFile | Unusable]:
        places = {name: self._inside(name) for name in names}
        paths = dict.fromkeys(one for one in places.values() if isinstance(one, Path))
        found = self._found(paths) if paths else {}
        return {
            name: place if isinstance(place, Unusable) else self._local(place, found[place])
            for name, place in places.items()
        }

    def _found(self, paths: Iterable[Path]) -> "dict[Path, KnownFile | Unusable]":
        """Find what is in files; those that are not known are read in threads."""
        from storyboard.store import STORE, KnownFiles, Layout  # noqa: PLC0415 -- the reason is above

        kept = self._kept = self._kept or KnownFiles(Layout(self.project / STORE), self.now)
        found: dict[Path, KnownFile | Unusable] = {}
        for path in paths:
            stamp = _stamp(path)
            if stamp is not None and (known := kept.find(path, stamp)) is not None:
                found[path] = known
        unknown = [path for path in paths if path not in found]
        for path, (stamp, now) in zip(unknown, _read_all(unknown, kept), strict=True):
            found[path] = now
            if stamp is not None and not isinstance(now, Unusable):
                kept.add(path, stamp, now)
        return found

    def _local(self, path: Path, found: "KnownFile | Unusable") -> LocalFile | Unusable:
        if isinstance(found, Unusable):
            return found
        where = os.path.relpath(path, self.project).replace(os.sep, "/")
        return LocalFile(where, found.digest, found.size, found.facts)


_Read = tuple[FileStamp | None, "KnownFile | Unusable"]
"""What the system said of a file while it was read, None if it changed; and what is in it."""


def _read_all(paths: Sequence[Path], kept: "KnownFiles") -> list[_Read]:
    """Hash and probe files, several at once: both wait for the disk, or run outside of Python."""
    if len(paths) < 2:  # noqa: PLR2004 -- one needs no threads
        return [_read(path, kept) for path in paths]
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- only for several files

    threads = min(_AT_ONCE, os.cpu_count() or 1)
    # Each thread keeps warnings to itself by a setting of the whole process: here it is set first.
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(threads) as pool:
        return [*pool.map(_read, paths, [kept] * len(paths))]


def _read(path: Path, kept: "KnownFiles") -> _Read:
    before = _stamp(path)
    try:
        digest, size = _digest(path)
    except OSError as error:
        return None, Unusable("unreadable", error.strerror or str(error))
    facts = kept.facts(digest) or _probed(path)
    if isinstance(facts, Unusable):
        return None, facts
    from storyboard.store import KnownFile  # noqa: PLC0415 -- it is there already

    return before if before == _stamp(path) else None, KnownFile(digest, size, facts)


def _probed(path: Path) -> Facts | Unusable:
    from storyboard.media import probe  # noqa: PLC0415 -- only for a file that is not known

    return probe(path)


def _stamp(path: Path) -> FileStamp | None:
    try:
        return file_stamp(path)
    except OSError:
        return None


def _digest(path: Path) -> tuple[FileDigest, int]:
    """Hash a file and count its bytes in one pass."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return FileDigest(digest.hexdigest()), size
