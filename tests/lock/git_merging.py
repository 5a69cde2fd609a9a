"""A repository with a lock in it, and two branches that change it."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from storyboard.lock import Lock, text

NAME = "storyboard.lock.yaml"
Change = Callable[[Lock], Lock]
_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
    "GIT_EDITOR": "true",
}


@dataclass(frozen=True)
class Repository:
    """A folder with git in it. No setting of whoever runs the tests counts."""

    folder: Path

    def git(self, *words: str, fails: bool = False) -> str:
        """Run git, and see that it ends as it should."""
        environment = {key: one for key, one in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(  # noqa: S603 -- git, with our own words
            ["git", *words],  # noqa: S607 -- whichever git there is
            cwd=self.folder,
            env={**environment, **_ALONE},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stdout

    def commit(self, written: str) -> None:
        """Write the lock and commit it."""
        (self.folder / NAME).write_text(written, "utf-8")
        self.git("add", NAME)
        self.git("commit", "--quiet", "--message", "a change")

    @property
    def data(self) -> bytes:
        """What is in the lock."""
        return (self.folder / NAME).read_bytes()


def branched(folder: Path, base: Lock, ours: Change, theirs: Change, style: str) -> Repository:
    """Make a repository on a branch `ours` with one change, beside `theirs` with another."""
    made = Repository(folder)
    made.git("init", "--quiet", "--initial-branch", "main")
    made.git("config", "merge.conflictStyle", style)
    made.commit(text(base))
    for name, change in (("theirs", theirs), ("ours", ours)):
        made.git("checkout", "--quiet", "-b", name, "main")
        made.commit(text(change(base)))
    return made


def merged(folder: Path, base: Lock, ours: Change, theirs: Change, *how: str) -> bytes:
    """Join two changes as `merge`, `rebase` or another command with its words does."""
    made = branched(folder, base, ours, theirs, "zdiff3")
    made.git(*how, "theirs")
    return made.data


def conflicting(folder: Path, base: Lock, ours: Change, theirs: Change, style: str) -> bytes:
    """Return what git leaves of two changes that it cannot join."""
    made = branched(folder, base, ours, theirs, style)
    made.git("merge", "theirs", fails=True)
    return made.data
