"""What each film was made from, kept, so that a film that would come out equal is not cut again."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from storyboard.cut import ClipSource, CutOptions, StillSource, Timeline
from storyboard.writing import atomic_write

_EDITION = 9
"""Raised when the same timeline would give another film than before."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A folder with a small file for each film path: its recipe, and the film's size and time.

    Losing it costs time only. A film that was changed or moved since is made again.
    """

    folder: Path

    def holds(self, film: Path, recipe: str) -> bool:
        """Tell whether the film that lies there was made by this recipe and is untouched."""
        try:
            known = json.loads(self._note(film).read_text("utf-8"))
        except (OSError, ValueError):  # nothing noted yet, or a note that was cut short
            return False
        return bool(known == {"recipe": recipe, "film": _stamp(film)})

    def keep(self, film: Path, recipe: str) -> None:
        """Note what a film was just made from."""
        note = self._note(film)
        with atomic_write(note) as unfinished:
            unfinished.write_text(json.dumps({"recipe": recipe, "film": _stamp(film)}), "utf-8")

    def _note(self, film: Path) -> Path:
        # A name on the disk need not be UTF-8.
        name = hashlib.sha256(os.fsencode(film.resolve())).hexdigest()
        return self.folder / f"{name}.json"


def recipe_of(timeline: Timeline, options: CutOptions) -> str:
    """Return a digest of all that a film's bytes depend on.

    Files are known by size and time, as `make` knows them: to hash a film's clips would take
    longer than to cut some films.
    """
    files = [(str(path), _stamp(path)) for path in _files(timeline)]
    parts = (_EDITION, version("storyboard-compiler"), timeline, options, files)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _files(timeline: Timeline) -> Iterator[Path]:
    for piece in timeline.pieces:
        if isinstance(piece.source, ClipSource | StillSource):
            yield piece.source.path
    for sound in (*timeline.music, *timeline.voiceover):
        yield sound.path


def _stamp(path: Path) -> list[int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]
