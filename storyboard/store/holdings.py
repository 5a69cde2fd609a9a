"""The store into what it holds and whether that is sound: every clip hashed again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from storyboard.jobs import JobDigest, JobId
from storyboard.model import Usd
from storyboard.provider import RequestId, VoiceMade
from storyboard.source import is_lfs_pointer
from storyboard.store.clips import digest_of
from storyboard.store.layout import Layout
from storyboard.store.life import (
    Failed,
    KeptClip,
    KeptFile,
    Life,
    Stored,
    amount_of,
    known_of,
    order_of,
    request_of,
)

_HEAD = 64
"""Bytes that tell a pointer."""


@dataclass(frozen=True, slots=True)
class Held:
    """A result that is kept: of which take of which job, since when, what it cost.

    A voice has no `path`. What an adopted one cost was paid elsewhere. `wanted` False marks a clip
    that came and was not what was asked for.
    """

    job: JobDigest
    name: JobId
    take: int
    at: datetime
    cost: Usd
    request: RequestId | None
    path: Path | None
    digest: str
    size: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A clip's file is not there."""

    held: Held


@dataclass(frozen=True, slots=True)
class Damaged:
    """A clip's file is not what was stored; `is_pointer` if Git LFS has left a pointer instead."""

    held: Held
    is_pointer: bool


@dataclass(frozen=True, slots=True)
class Stray:
    """A file among the clips that the journal does not know; it may have been paid for."""

    path: Path


Finding: TypeAlias = Missing | Damaged | Stray


def holding(layout: Layout, attempts: Mapping[JobDigest, Iterable[Life]]) -> tuple[Held, ...]:
    """List what the journal says is kept, oldest first."""
    held = (one for lives in attempts.values() for life in lives for one in _held(layout, life))
    return tuple(sorted(held, key=lambda one: (one.at, one.name)))


def _held(layout: Layout, life: Life) -> Iterator[Held]:
    known = known_of(life)
    if isinstance(known, Stored):
        yield _one(layout, life, known, known.kept)
        known = known.before if isinstance(known.before, Failed) else known
    if isinstance(known, Failed) and known.aside is not None:
        yield _one(layout, life, known, known.aside)


def _one(
    layout: Layout, life: Life, known: Stored | Failed, kept: KeptClip | KeptFile | VoiceMade
) -> Held:
    order = order_of(life)
    path = None if isinstance(kept, VoiceMade) else layout.clip(kept.digest, kept.suffix)
    return Held(
        job=order.job,
        name=order.id,
        take=order.take,
        at=known.at,
        cost=amount_of(life),
        request=request_of(life),
        path=path,
        digest=kept.id if isinstance(kept, VoiceMade) else kept.digest,
        size=0 if isinstance(kept, VoiceMade) else kept.size,
        wanted=isinstance(known, Stored),
    )


def verify(layout: Layout, held: Iterable[Held]) -> Iterator[Finding]:
    """Hash every clip again, and look for files that nobody knows."""
    known: set[Path] = set()
    for one in held:
        if one.path is None or one.path in known:
            continue
        known.add(one.path)
        if not one.path.exists():
            yield Missing(one)
        elif digest_of(one.path) != one.digest:
            yield Damaged(one, _is_pointer(one.path))
    for path in sorted(layout.clips.glob("*/*")):
        if path not in known:
            yield Stray(path)


def _is_pointer(path: Path) -> bool:
    with path.open("rb") as file:
        return is_lfs_pointer(file.read(_HEAD))
