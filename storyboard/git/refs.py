"""List what a repository has on branches, tags and work trees, and what its clone left out."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from storyboard.git.command import Git

STASH = "refs/stash"
_BRANCHES = frozenset({"refs/heads/*", "refs/*"})
_ROOMS = {"refs/heads/": "", "refs/remotes/": "", "refs/tags/": "tag ", "refs/": ""}
_HARMLESS = "ignoring dangling symref"
"""`origin/HEAD` after the branch that it named was renamed: it holds nothing."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A branch, tag or other name, and the id of what it leads to."""

    name: str
    id: str


@dataclass(frozen=True, slots=True)
class WorkTree:
    """A folder that files of the repository are checked out in; `head` is its commit, if any."""

    top: Path
    head: str | None


def short_name(name: str) -> str:
    """Name a branch as people do: `main`, `origin/main`, `tag v1`, `stash`."""
    for room, said in _ROOMS.items():
        if name.startswith(room):
            return f"{said}{name.removeprefix(room)}"
    return name


def refs(git: Git) -> tuple[tuple[Ref, ...], tuple[str, ...]]:
    """List all branches, remote-tracking branches, tags and stashes, and warnings about others.

    Raises:
        GitProblem: git refuses, or takes too long.
    """
    said = git.ask("for-each-ref", "--format=%(objectname) %(refname) %(symref)")
    found = []
    for line in said.out.decode("utf-8", "surrogateescape").splitlines():
        id_, name, *leads_to = line.split(" ")
        if not any(leads_to):  # a name for another name, which is listed as well
            found.append(Ref(name, id_))
    if any(one.name == STASH for one in found):
        found += _stashed(git)
    return tuple(found), tuple(one for one in said.warnings if _HARMLESS not in one)


def _stashed(git: Git) -> Iterator[Ref]:
    """List stashes below the latest, which only the log of its name has."""
    ids = git.ask("rev-list", "--walk-reflogs", STASH, "--").out.decode("ascii").split()
    yield from (Ref(f"stash@{{{n}}}", id_) for n, id_ in enumerate(ids) if n)


def work_trees(git: Git) -> tuple[WorkTree, ...]:
    """List the folders that a repository is checked out in, the main one first.

    Raises:
        GitProblem: git refuses, or takes too long.
    """
    # Its -z is younger than the git of systems that are still looked after.
    said = git.ask("worktree", "list", "--porcelain").out
    return tuple(_work_trees(said.decode("utf-8", "surrogateescape").split("\n")))


def _work_trees(lines: Iterable[str]) -> Iterator[WorkTree]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(" ")
            fields[name] = value
        elif "worktree" in fields:
            head = fields.get("HEAD", "0")
            if "bare" not in fields:
                yield WorkTree(Path(fields["worktree"]), head if head.strip("0") else None)
            fields = {}


def left_out(git: Git, found: Sequence[Ref]) -> Iterator[str]:
    """Say which branches a clone has not got: it is shallow, or some were never fetched.

    Raises:
        GitProblem: git refuses, or takes too long.
    """
    if git.ask("rev-parse", "--is-shallow-repository").out.strip() != b"false":
        yield "branches that this shallow clone may lack (git fetch --unshallow)"
    names = [one.name for one in found]
    for remote, specs in _fetched(git).items():
        yield from _unfetched(remote, specs, names)


def _fetched(git: Git) -> dict[str, list[str]]:
    """Return what is fetched of each remote, by its configuration."""
    said = git.ask("config", "--null", "--list").out.decode("utf-8", "surrogateescape")
    remotes: dict[str, list[str]] = {}
    for entry in said.split("\0"):
        key, _, value = entry.partition("\n")
        section, _, rest = key.partition(".")
        remote, _, name = rest.rpartition(".")
        if section == "remote" and remote and name in {"url", "fetch"}:
            remotes.setdefault(remote, []).extend([value] if name == "fetch" else [])
    return remotes


def _unfetched(remote: str, specs: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    every = f"git remote set-branches {remote} '*' && git fetch {remote}"
    targets = [
        target.removesuffix("*")
        for source, _, target in (one.lstrip("+").partition(":") for one in specs)
        if source in _BRANCHES
    ]
    if not targets or any(one.startswith("^") for one in specs):
        yield f"branches of `{remote}` that are not fetched here ({every})"
    elif not any(name.startswith(target) for name in names for target in targets):
        yield f"branches of `{remote}`: none was fetched yet (git fetch {remote})"


def prefix_of(git: Git) -> str:
    """Return the path of a folder from the top of its work tree, empty for the top itself.

    Raises:
        GitProblem: git refuses, or takes too long.
    """
    said = git.ask("rev-parse", "--show-prefix").out.removesuffix(b"\n")
    return os.fsdecode(said).removesuffix("/")
