"""Paths that a storyboard names, to what is known of the files: digest, size, and facts."""

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyboard.model import FileDigest, LocalFile, Reach, Unusable
from storyboard.source import IS_POINTER, is_lfs_pointer

_BLOCK = 1 << 20
MOST_TEXT = 256 << 20
"""Bytes of a table or a shared file: more is no text that somebody reviews."""

_MOST_LOOKED_FOR = 100
"""Missing files for which the one that was meant is looked for: no more are shown."""

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
    `texts` are the tables and shared files that were read, for the excerpts of diagnostics.
    """

    project: Path
    reach: Reach = Reach.PROJECT
    known: dict[str, LocalFile | Unusable] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    _looked_for: int = 0

    def facts(self, names: Iterable[str]) -> Mapping[str, LocalFile | Unusable]:
        """Look at files; what cannot be used is said as a value."""
        return {name: self._fact(name) for name in names}

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

    def _fact(self, name: str) -> LocalFile | Unusable:
        if name not in self.known:
            self.known[name] = self._look(name)
        return self.known[name]

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

    def _look(self, name: str) -> LocalFile | Unusable:
        path = self._inside(name)
        if isinstance(path, Unusable):
            return path
        try:
            digest, size = _digest(path)
        except OSError as error:
            return Unusable("unreadable", error.strerror or str(error))
        from storyboard.media import probe  # noqa: PLC0415 -- only where files are named

        facts = probe(path)
        if isinstance(facts, Unusable):
            return facts
        where = os.path.relpath(path, self.project).replace(os.sep, "/")
        return LocalFile(where, digest, size, facts)


def _digest(path: Path) -> tuple[FileDigest, int]:
    """Hash a file and count its bytes in one pass."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return FileDigest(digest.hexdigest()), size
