"""Keep what was found in files, so that a file that did not change is not read again.

As in git's index, a file is known by its place and by its stamp. What has another stamp and the
same content, as after a `git checkout`, is hashed, and known by its digest. All of it can be found
again: what is damaged, or cannot be written, is left out.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from storyboard.file_stamp import FileStamp
from storyboard.model import FACTS_EDITION, Facts, FileDigest, FontFacts
from storyboard.store.derived import derived_path
from storyboard.store.facts_data import facts_data, facts_of
from storyboard.store.fields import UNREADABLE, checked_digest, nested, object_of
from storyboard.store.layout import Layout
from storyboard.writing import atomic_write

_RACY = 2_000_000_000
"""Nanoseconds in which a disk may give two changes one time: FAT counts by two seconds."""

_MOST = 5_000
"""Files that are remembered: to read of more takes longer than a command takes to start."""

_RECIPE = hashlib.sha256(f"what was found in files, {FACTS_EDITION}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What was found in a file: its digest, its size in bytes, and its facts."""

    digest: FileDigest
    size: int
    facts: Facts


@dataclass(slots=True)
class KnownFiles:
    """What earlier runs and this one have found, of a store that is there.

    `now` returns nanoseconds by the clock that files get their times from. One thread may use it.
    """

    layout: Layout
    now: Callable[[], int]
    _files: dict[str, Any] = field(init=False)
    _facts: dict[str, Any] = field(init=False)
    _is_new: bool = False

    def __post_init__(self) -> None:
        """Read what is kept; what cannot be read is not known."""
        self._files, self._facts = {}, {}
        with suppress(OSError, *UNREADABLE):
            if _is_own(self.layout, self._path):
                read = object_of(self._path.read_text("utf-8"))
                self._files, self._facts = dict(nested(read, "files")), dict(nested(read, "facts"))

    @property
    def _path(self) -> Path:
        return derived_path(self.layout, _RECIPE, ".json")

    def find(self, path: Path, stamp: FileStamp) -> KnownFile | None:
        """Return what is known of a file that has not changed since."""
        with suppress(*UNREADABLE):
            *then, digest = self._files[str(path)]
            facts = self.facts(checked_digest(digest))
            if tuple(then) == stamp and facts is not None:
                return KnownFile(FileDigest(digest), stamp.size, facts)
        return None

    def facts(self, digest: str) -> Facts | None:
        """Return what is known of content, wherever it was."""
        with suppress(*UNREADABLE):
            return facts_of(nested(self._facts, digest))
        return None

    def add(self, path: Path, stamp: FileStamp, found: KnownFile) -> None:
        """Remember what was found in a file that had a stamp before and after it was read.

        A font is not: it has as many facts as characters, and to set text it is read anyway. Nor is
        a file that changed a moment ago: it may change again and have the same times.
        """
        if isinstance(found.facts, FontFacts) or self.now() - stamp.latest < _RACY:
            return
        self._files.pop(str(path), None)
        self._files[str(path)] = [*stamp, found.digest]
        self._facts[found.digest] = facts_data(found.facts)
        self._is_new = True

    def write(self) -> None:
        """Keep what is known for the next run, if there is anything new and a store to keep it."""
        if not self._is_new or not self.layout.root.is_dir():
            return
        files = dict([*self._files.items()][-_MOST:])
        facts = dict([*self._facts.items()][-_MOST:])
        with suppress(OSError):
            if _is_own(self.layout, self._path):
                with atomic_write(self._path) as temporary:
                    temporary.write_text(json.dumps({"files": files, "facts": facts}), "utf-8")
                self._is_new = False


def _is_own(layout: Layout, path: Path) -> bool:
    """Tell whether a path leads nowhere else: a project from elsewhere may carry links."""
    if any(one.is_symlink() for one in (layout.derived, path.parent, path)):
        return False
    return path.is_file() or not path.exists()
