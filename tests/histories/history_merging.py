"""Merge three texts as `git merge` merges branches, without a work tree."""

import os
import subprocess
from pathlib import Path

_FILE = "history.lock.yaml"
_ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def merged(folder: Path, ours: bytes, base: bytes, theirs: bytes) -> bytes:
    """Return what `git merge` leaves of a file that two branches changed, marks included."""
    repository = folder / "merging"
    if not repository.exists():
        _git(folder, "init", "--quiet", "--bare", str(repository))
    commits = (("base", base, ""), ("ours", ours, "base"), ("theirs", theirs, "base"))
    stream = b"".join(_commit(*one) for one in commits)
    _git(repository, "fast-import", "--quiet", "--force", given=stream)
    tree = _git(repository, "merge-tree", "--write-tree", "ours", "theirs").split()[0].decode()
    return _git(repository, "cat-file", "blob", f"{tree}:{_FILE}")


def _commit(branch: str, data: bytes, onto: str) -> bytes:
    head = f"commit refs/heads/{branch}\ncommitter a <a@example.com> 0 +0000\ndata 0\n"
    start = f"from refs/heads/{onto}\n" if onto else ""
    file = f"M 100644 inline {_FILE}\ndata {len(data)}\n"
    return (head + start + file).encode() + data + b"\n"


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    environment = {key: one for key, one in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603 -- git, with our own words
        ["git", *words],  # noqa: S607 -- whichever git there is
        cwd=folder,
        env={**environment, **_ALONE},
        input=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr  # 1: there are conflicts
    return done.stdout
