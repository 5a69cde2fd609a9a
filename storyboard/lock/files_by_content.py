"""Gather the files that films are made from, besides clips, and the digests that a lock names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from storyboard.lock.locked import LockedFile
from storyboard.model import LocalFile, Storyboard

_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def locked_files(storyboards: Iterable[Storyboard]) -> tuple[LockedFile, ...]:
    """Return the files of storyboards, each once, sorted: stills, footage, music, fonts, pictures.

    Files that stand for what cannot be used are left out.
    """
    seen: set[int] = set()
    found = {
        LockedFile(one.path, one.digest)
        for board in storyboards
        for one in _files(board, seen)
        if not one.is_stand_in
    }
    return tuple(sorted(found, key=lambda one: (one.path, one.digest)))


def named_digests(data: bytes) -> frozenset[str]:
    """Return every SHA-256 in a lock, also in one that is half merged or of a later version."""
    return frozenset(one.decode() for one in _DIGEST.findall(data))


def _files(value: object, seen: set[int]) -> Iterator[LocalFile]:
    """Go through a value of the model; what variations share is gone through once."""
    if isinstance(value, LocalFile):
        yield value
        return
    if id(value) in seen or isinstance(value, str | int):
        return
    if is_dataclass(value):
        seen.add(id(value))
        for one in fields(value):
            yield from _files(getattr(value, one.name), seen)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _files(one, seen)
    elif isinstance(value, tuple):
        for one in value:
            yield from _files(one, seen)
