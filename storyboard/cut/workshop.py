"""Where a film is made: what has been encoded before, and who mixes its sound."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storyboard.cut.sound import SoundReport, Write
from storyboard.cut.timeline import Timeline
from storyboard.writing import atomic_write

FILM = ".mp4"
"""The suffix of a stretch of film that is kept."""

VIEWING = ".seen"
"""The suffix of what decoding showed, which is kept."""

SOUND = ".aac"
"""The suffix of a film's sound that is kept."""


class Derived(Protocol):
    """Keeps files that can be made again, by the digest of what they are made from.

    Of one digest there may be a file of each suffix.
    """

    def find(self, recipe: str, suffix: str = FILM) -> Path | None:
        """Return the file made by this recipe, None if there is none."""

    def keep(self, recipe: str, made: Path, suffix: str = FILM) -> Path:
        """Take over a file just made, or leave it if there is one; return the one that is."""

    def drop(self, recipe: str, suffix: str = FILM) -> None:
        """Remove a file that is damaged."""


class _Quicker(Exception):  # noqa: N818 - it is no failure
    """Another has made the same file meanwhile."""


def _first(moved: Path, path: Path) -> bool:
    """Give `moved` the name `path` as well, in one step; False where another has it already."""
    try:
        path.hardlink_to(moved)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links (exFAT, some network disks): nearly one step
        return not path.is_file()
    return True


@dataclass(frozen=True, slots=True)
class DerivedFolder:
    """Keeps derived files in one folder. Whole files only: each is moved in by one rename."""

    folder: Path

    def find(self, recipe: str, suffix: str = FILM) -> Path | None:
        """Return the file made by this recipe, None if there is none."""
        path = self._path(recipe, suffix)
        return path if path.is_file() else None

    def keep(self, recipe: str, made: Path, suffix: str = FILM) -> Path:
        """Move a file in, unless another was quicker: the first one stays.

        Encoders do not give the same bytes for the same frames every time, and whoever has read
        where the packets of the first one stand must find them there.
        """
        path = self._path(recipe, suffix)
        with suppress(_Quicker), atomic_write(path) as moved:
            shutil.move(made, moved)  # may cross file systems, and is no single step then
            if not _first(moved, path):
                raise _Quicker
        return path

    def drop(self, recipe: str, suffix: str = FILM) -> None:
        """Remove a file that is damaged."""
        self._path(recipe, suffix).unlink(missing_ok=True)

    def _path(self, recipe: str, suffix: str) -> Path:
        return self.folder / recipe[:2] / f"{recipe}{suffix}"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a cut needs beside its timeline.

    `folder` is for files of this run only; `project` the folder that the timeline's own files
    (watermark, fonts) are named from; `mix` makes the film's whole sound, as `sound.mix` does.
    """

    folder: Path
    derived: Derived
    project: Path
    mix: Callable[[Timeline, Path, Write], SoundReport]
