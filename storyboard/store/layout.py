"""A project folder into the places of its store."""

import os
from dataclasses import dataclass
from pathlib import Path

from storyboard.store import problem
from storyboard.store.effects import effect
from storyboard.store.links import STORE, check_links

__all__ = ["STORE", "Layout", "replace", "sync_folder"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are. `root` is the `.storyboard` folder."""

    root: Path

    @property
    def journal(self) -> Path:
        """What was asked, answered and paid."""
        return self.root / "journal.db"

    @property
    def clips(self) -> Path:
        """Clips that were paid for, named by content."""
        return self.root / "clips"

    @property
    def catalogues(self) -> Path:
        """The catalogues that requests were made by, named by content."""
        return self.root / "catalogue"

    @property
    def aside(self) -> Path:
        """Downloads under way, and clips on their way into `clips`."""
        return self.root / "aside"

    @property
    def derived(self) -> Path:
        """What can be made again for nothing."""
        return self.root / "derived"

    @property
    def runs(self) -> Path:
        """A locked file per living run."""
        return self.root / "runs"

    def clip(self, digest: str, suffix: str) -> Path:
        """Return the place of a clip."""
        return self.clips / digest[:2] / f"{digest}{suffix}"

    def make(self) -> None:
        """Make the folders, and the file that keeps git out.

        Raises:
            StoreProblem: where the disk refuses, or something in the store is a link.
        """
        check_links(self.root)
        try:
            for folder in (self.clips, self.catalogues, self.aside, self.derived, self.runs):
                folder.mkdir(parents=True, exist_ok=True)
            ignore = self.root / ".gitignore"
            if not ignore.exists():
                ignore.write_text("# made by storyboard; clips in here were paid for\n*\n")
        except OSError as error:
            raise problem.disk(self.root, error) from error


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut; systems without the call do without."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders, and needs none of this
        return
    try:
        os.fsync(handle)
    except OSError:  # some network disks refuse; the bytes themselves are flushed already
        return
    finally:
        os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Rename a flushed file to its place, lastingly.

    Raises:
        StoreProblem: where the disk refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        effect("rename")
        source.replace(target)
        effect("renamed")
        sync_folder(target.parent)
    except OSError as error:
        raise problem.disk(target, error) from error
