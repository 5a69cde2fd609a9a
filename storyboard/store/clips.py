"""Bytes that were paid for into files that stay: aside, flushed, hashed, renamed, then recorded."""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from storyboard.model import ClipDigest
from storyboard.store import problem
from storyboard.store.effects import effect
from storyboard.store.layout import Layout, replace
from storyboard.store.life import AttemptId

_CHUNK = 1 << 20

PART = re.compile(r"(?P<attempt>[0-9a-f]{1,64})\.(part|note|wrong\.mp4)")
"""The names of a download under way, of the note beside it, and of one that was not asked for."""
SETTLED = re.compile(r"(?P<attempt>[0-9a-f]{1,64})-(?P<digest>[0-9a-f]{64})\.[a-z0-9]{1,8}")
"""The name of a whole file aside."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A whole file, flushed and hashed, still aside."""

    path: Path
    digest: ClipDigest
    size: int


def part_path(layout: Layout, attempt: AttemptId) -> Path:
    """Return where an attempt's download is written to."""
    return layout.aside / f"{attempt}.part"


def wrong_path(layout: Layout, attempt: AttemptId) -> Path:
    """Return where a whole download is that is not what was asked for; the last one of several."""
    return layout.aside / f"{attempt}.wrong.mp4"


def set_aside(layout: Layout, attempt: AttemptId, came: Path) -> None:
    """Name a whole download as one that is not what was asked for, so that people can look at it.

    Raises:
        StoreProblem: where the disk refuses.
    """
    replace(came, wrong_path(layout, attempt))


def settle(layout: Layout, attempt: AttemptId, suffix: str, part: Path | None = None) -> Settled:
    """Flush and hash an attempt's download, and name it by attempt and content.

    Whoever finds the file under that name after a crash knows that it is whole, and whose it is.
    `part` is where it is, if not where downloads are.

    Raises:
        StoreProblem: where the disk refuses.
    """
    part = part or part_path(layout, attempt)
    try:
        with part.open("rb+") as file:
            effect("clip.flush")
            os.fsync(file.fileno())
            effect("clip.flushed")
        digest = digest_of(part)
        size = part.stat().st_size
    except OSError as error:
        raise problem.disk(part, error) from error
    path = layout.aside / f"{attempt}-{digest}{suffix}"
    replace(part, path)
    return Settled(path, digest, size)


def settled_before(layout: Layout, attempt: AttemptId) -> Settled | None:
    """Find a download that an earlier run finished and did not record; None if none is whole."""
    for path in layout.aside.glob(f"{attempt}-*"):
        named = SETTLED.fullmatch(path.name)
        digest = ClipDigest(named["digest"] if named else "")
        if named and path.is_file() and digest_of(path) == digest:
            return Settled(path, digest, path.stat().st_size)
    return None


def keep(layout: Layout, settled: Settled) -> Path:
    """Put a settled file into `clips` under its content's name; a clip there is never overwritten.

    The file stays aside under its attempt's name too, until `done`: a crash before the journal
    knows of the clip leaves the name by which it is found.

    Raises:
        StoreProblem: where the disk refuses.
    """
    target = layout.clip(settled.digest, settled.path.suffix)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and digest_of(target) == settled.digest:
            return target
        effect("clip.link")
        # A new name beside, then a rename: a link straight to the name would fail on what a
        # crash or a bad disk left there, and a copy would be half there for a while.
        beside = target.with_name(f"{settled.path.name}.link")
        beside.unlink(missing_ok=True)
        _link(settled.path, beside)
        effect("clip.linked")
    except OSError as error:
        raise problem.disk(target, error) from error
    replace(beside, target)
    return target


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a disk without hard links (exFAT, some network disks)
        with source.open("rb") as have, target.open("wb") as made:
            while chunk := have.read(_CHUNK):
                made.write(chunk)
            made.flush()
            os.fsync(made.fileno())


def done(settled: Settled) -> None:
    """Clear away what stood aside for an attempt; only once the journal knows of its clip."""
    settled.path.unlink(missing_ok=True)


def digest_of(path: Path) -> ClipDigest:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return ClipDigest(hashlib.file_digest(file, "sha256").hexdigest())
