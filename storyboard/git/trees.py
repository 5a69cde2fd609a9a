"""Find the files of a name in trees, each tree read once, however many commits share it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storyboard.git.objects import GitObject, Objects

_FOLDER, _LINK = b"40000", b"120000"
_FILE = b"100"
_MOST_NAMED = 10
"""Paths of what cannot be read: the first few say enough."""


@dataclass(slots=True)
class Tree:
    """What of a tree counts: files and links of the name, and all folders, by id of each."""

    files: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    folders: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Below:
    """What is in a tree and below: a path of each file, by the id of its content.

    `unread` are paths of what cannot be read, the first few: links, and folders that are missing.
    """

    files: Mapping[str, str]
    unread: tuple[str, ...]


def files_below(objects: Objects, roots: Iterable[str], suffix: str) -> Mapping[str, Below]:
    """Find files whose names end with `suffix` in trees, by the id of each tree.

    A content that a tree has at several paths is named by the first of them.
    """
    wanted = [*dict.fromkeys(roots)]
    trees = _read(objects, wanted, suffix)
    done: dict[str, Below] = {}
    for root in wanted:
        _gather(root, trees, done)
    return {root: done[root] for root in wanted}


def _read(objects: Objects, roots: Iterable[str], suffix: str) -> Mapping[str, Tree | None]:
    """Read trees and all below them, a level at a time; None for one that is not there."""
    trees: dict[str, Tree | None] = {}
    level = [*roots]
    while level:
        for id_, found in zip(level, objects.read(level), strict=True):
            trees[id_] = _tree(found, suffix) if found else None
        below = (id_ for one in level if (tree := trees[one]) for _, id_ in tree.folders)
        level = [id_ for id_ in dict.fromkeys(below) if id_ not in trees]
    return trees


def _tree(found: GitObject, suffix: str) -> Tree | None:
    if found.kind != "tree" or found.data is None:
        return None
    try:
        entries = [*_entries(found.data, len(found.id) // 2)]
    except ValueError:  # git compares what it reads with its digest, and somebody wrote this
        return None
    tree = Tree()
    for mode, name, id_ in entries:
        if mode == _FOLDER:
            tree.folders.append((name, id_))
        elif not name.endswith(suffix):
            continue
        elif mode == _LINK:
            tree.links.append(name)
        elif mode.startswith(_FILE):
            tree.files.setdefault(id_, name)
    return tree


def _entries(data: bytes, id_bytes: int) -> Iterator[tuple[bytes, str, str]]:
    """Go through a tree as git stores it: `MODE NAME`, a zero, and the bytes of an id."""
    at = 0
    while at < len(data):
        zero = data.index(b"\0", at)
        mode, _, name = data[at:zero].partition(b" ")
        at = zero + 1 + id_bytes
        yield mode, name.decode("utf-8", "surrogateescape"), data[zero + 1 : at].hex()


def _gather(root: str, trees: Mapping[str, Tree | None], done: dict[str, Below]) -> None:
    """Put together what is below a tree, from the lowest folders up; they may be very deep."""
    stack = [root]
    while stack:
        tree = trees[stack[-1]]
        waiting = [id_ for _, id_ in tree.folders if id_ not in done] if tree else []
        if waiting:
            stack += waiting
            continue
        done[stack.pop()] = _below(tree, done)


def _below(tree: Tree | None, done: Mapping[str, Below]) -> Below:
    if tree is None:
        return Below({}, ("",))
    files, unread = dict(tree.files), [*tree.links]
    for name, id_ in tree.folders:
        for content, path in done[id_].files.items():
            files.setdefault(content, f"{name}/{path}")
        unread += [f"{name}/{path}" for path in done[id_].unread]
    return Below(files, tuple(unread[:_MOST_NAMED]))
