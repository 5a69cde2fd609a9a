"""Read the files of a name from every branch, tag, stash and detached commit of a repository."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from storyboard.git.command import Git, GitProblem, git_in
from storyboard.git.objects import GitObject, Objects, objects_of
from storyboard.git.refs import (
    Ref,
    WorkTree,
    left_out,
    prefix_of,
    refs,
    short_name,
    work_trees,
)
from storyboard.git.trees import Below, files_below

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CommittedFile(Generic[T]):
    """A content of a file, once for all branches that have it.

    `path` is from the top of the repository, on the first of them; `refs` are their full names.
    """

    path: str
    refs: tuple[str, ...]
    content: T


@dataclass(frozen=True, slots=True)
class Committed(Generic[T]):
    """What a repository has of files of a name, and what of it could not be seen.

    `folders` are where the folder that was asked for is in each work tree, that folder first;
    `inside` is its path from the top. Each text of `unseen` names something, as in "could not look
    at …".
    """

    files: tuple[CommittedFile[T], ...]
    folders: tuple[Path, ...]
    inside: str
    unseen: tuple[str, ...]


def committed(folder: Path, suffix: str, read: Callable[[bytes], T]) -> Committed[T] | None:
    """Read files whose names end with `suffix` from all that the repository of a folder has.

    `read` is called once for each content. Nothing is fetched: a branch that nobody fetched is not
    there, which `unseen` says if it can be known. None if the folder is in no repository.
    """
    here = folder.resolve()
    if not any((one / ".git").exists() for one in (here, *here.parents)):
        return None
    try:
        return _committed(git_in(here), suffix, read)
    except GitProblem as problem:
        return Committed((), (here,), "", (f"any branch: {problem}",))


def _committed(git: Git, suffix: str, read: Callable[[bytes], T]) -> Committed[T]:
    inside = prefix_of(git)
    named, warnings = refs(git)
    trees = work_trees(git)
    unseen = [*left_out(git, named), *warnings]
    files: list[CommittedFile[T]] = []
    try:
        with objects_of(git) as objects:
            below = _below(objects, (*named, *_detached(trees, named)), suffix, unseen)
            files += _contents(objects, below, read, unseen)
    except GitProblem as problem:
        unseen.append(f"all branches: {problem}")
    return Committed(tuple(files), _folders(git.folder, trees, inside), inside, tuple(unseen))


def _detached(trees: Sequence[WorkTree], named: Sequence[Ref]) -> Iterator[Ref]:
    """Yield commits that work trees have checked out and that no branch leads to."""
    ids = {one.id for one in named}
    for tree in trees:
        if tree.head is not None and tree.head not in ids:
            yield Ref(f"HEAD of {tree.top}", tree.head)


def _folders(folder: Path, trees: Sequence[WorkTree], inside: str) -> tuple[Path, ...]:
    """Return a folder and its like in other work trees: they may share its store."""
    others = (one.top / inside for one in trees)
    return (folder, *(one for one in others if one.is_dir() and one.resolve() != folder))


def _below(
    objects: Objects, named: Sequence[Ref], suffix: str, unseen: list[str]
) -> Sequence[tuple[Ref, Mapping[str, str]]]:
    """Find the paths of files by content, for each name."""
    tops = _trees_of(objects, dict.fromkeys(one.id for one in named))
    found = files_below(objects, filter(None, tops.values()), suffix)
    below = []
    for ref in named:
        top = tops.get(ref.id, "")
        if top is None:  # a tag of a file holds no others
            continue
        here = found[top] if top else Below({}, ("",))
        unseen += [_damaged(ref, path) for path in here.unread]
        below.append((ref, here.files))
    return below


def _trees_of(objects: Objects, ids: Iterable[str]) -> dict[str, str | None]:
    """Return the tree that each name leads to; None if it is a file, no entry if it is missing."""
    tops: dict[str, str | None] = {}
    wanted = [*ids]
    for id_, found in zip(wanted, objects.read([f"{one}^{{}}" for one in wanted]), strict=True):
        match found:
            case GitObject(kind="commit", data=bytes() as data):
                tops[id_] = (
                    data.partition(b"\n")[0].removeprefix(b"tree ").decode("ascii", "replace")
                )
            case GitObject(kind="tree", id=tree):
                tops[id_] = tree
            case GitObject(kind="blob"):
                tops[id_] = None
    return tops


def _contents(
    objects: Objects,
    below: Sequence[tuple[Ref, Mapping[str, str]]],
    read: Callable[[bytes], T],
    unseen: list[str],
) -> Iterator[CommittedFile[T]]:
    """Read each content once, for all names that have it."""
    places: dict[str, list[tuple[Ref, str]]] = {}
    for ref, files in below:
        for id_, path in files.items():
            places.setdefault(id_, []).append((ref, path))
    for some, found in zip(places.values(), objects.read([*places]), strict=True):
        ref, path = some[0]
        if found is None or found.data is None:
            unseen.append(_damaged(ref, path))
        else:
            yield CommittedFile(path, tuple(one.name for one, _ in some), read(found.data))


def _damaged(ref: Ref, path: str) -> str:
    what = f"{path} on {short_name(ref.name)}" if path else short_name(ref.name)
    return f"{what}: missing here, damaged, or a link"
