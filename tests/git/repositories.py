"""Repositories for tests, made by git itself, with nothing of the user's own settings."""

import os
import subprocess
from pathlib import Path

PLAIN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Mara",
    "GIT_AUTHOR_EMAIL": "mara@example.com",
    "GIT_COMMITTER_NAME": "Mara",
    "GIT_COMMITTER_EMAIL": "mara@example.com",
}


def git(folder: Path, *words: str) -> str:
    """Run git as a user does."""
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *words]
    done = subprocess.run(  # noqa: S603 -- words of the tests
        command,
        cwd=folder,
        env={**os.environ, **PLAIN},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Make a repository with an empty commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "begin")
    return folder


def commit(folder: Path, files: dict[str, str], branch: str | None = None) -> str:
    """Write and commit files, on a new branch if one is named; return the commit."""
    if branch is not None:
        git(folder, "checkout", "--quiet", "-B", branch)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "more")
    return git(folder, "rev-parse", "HEAD")
