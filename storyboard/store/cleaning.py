"""What may be removed from a store: what can be made again; and what was paid for, when told."""

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storyboard.jobs import JobDigest, take_name
from storyboard.model import ClipDigest, Usd
from storyboard.store.catalogues import CATALOGUE_PART
from storyboard.store.clips import PART, SETTLED
from storyboard.store.derived import derived_files, is_own_file
from storyboard.store.effects import effect
from storyboard.store.holdings import Held, holding
from storyboard.store.life import (
    Failed,
    Forgotten,
    Life,
    Mislaid,
    Order,
    Over,
    Refused,
    Stored,
    amount_of,
    later_texts,
    order_of,
)
from storyboard.store.store import Store

_FORGETTABLE = Stored | Mislaid | Failed | Refused


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was removed: files, and their bytes. `left` are files that the store did not make."""

    files: int
    size: int
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgettable:
    """A take whose result may be forgotten: what it cost, and the files that go with it.

    `clips` are what those files hold, or held: one may be gone, to be fetched again.
    """

    life: Stored | Mislaid | Failed | Refused
    cost: Usd
    paths: tuple[Path, ...]
    clips: frozenset[ClipDigest]


def clean(store: Store) -> Cleaned:
    """Remove what costs nothing to make again, and what interrupted downloads left behind.

    Files are known by the names that the store gives them; anything else is left where it is.
    """
    made, left = derived_files(store.layout)
    files = [*made, *_leftovers(store, store.journal.attempts())]
    size = sum(path.lstat().st_size for path in files)
    for path in files:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in made}:
        with suppress(OSError):  # it holds more than what was made here
            folder.rmdir()
    return Cleaned(len(files), size, left)


def _leftovers(store: Store, attempts: Mapping[JobDigest, Iterable[Life]]) -> list[Path]:
    """Find files aside whose attempts are over; those of open ones are still to be taken up."""
    over = {
        order_of(life).attempt
        for lives in attempts.values()
        for life in lives
        if isinstance(life, Stored | Over)
    }
    return [
        path
        for path in store.layout.aside.glob("*")
        if is_own_file(path) and (CATALOGUE_PART.fullmatch(path.name) or _of_one(path.name, over))
    ]


def _of_one(name: str, attempts: Container[str]) -> bool:
    """Tell whether a file aside is of one of these attempts."""
    named = PART.fullmatch(name) or SETTLED.fullmatch(name)
    return named is not None and named["attempt"] in attempts


def forgettable(store: Store, name: str) -> tuple[Forgettable, ...]:
    """Find takes by their job's name or their own, by digest, or by eight digits of it or more."""
    return tuple(
        _forgettable(store, life)
        for life in store.lives().values()
        if isinstance(life, _FORGETTABLE) and is_meant(name, order_of(life))
    )


def _forgettable(store: Store, life: Stored | Mislaid | Failed | Refused) -> Forgettable:
    stored = life.before if isinstance(life, Mislaid) else life
    held = holding(store.layout, {order_of(life).job: [stored]})
    clips = [one for one in held if one.path is not None]
    return Forgettable(
        life,
        amount_of(life),
        tuple(one.path for one in clips if one.path is not None),
        frozenset(ClipDigest(one.digest) for one in clips),
    )


def is_meant(name: str, order: Order) -> bool:
    """Tell whether a take is meant by a name: its job's or its own, or eight digits of its job's.

    A job's name means all its takes, `opening/pour..smile, take 2` that one.
    """
    short = len(name) >= 8 and order.job.startswith(name)  # noqa: PLR2004 - as git does it
    return short or name in {order.id, take_name(order.id, order.take)}


def forget(store: Store, one: Forgettable) -> Cleaned:
    """Forget a take's result: it may be rendered, and paid, again. Its files are removed.

    Recorded before the files go: a crash between leaves a file too many, never one too few.

    Raises:
        Conflict: another run has gone on with it.
    """
    (conflict,) = store.record([Forgotten(one.life, store.now())])
    if conflict is not None:
        raise conflict
    removed = [
        size for path in one.paths if path.exists() and (size := _removed(store, path)) is not None
    ]
    return Cleaned(len(removed), sum(removed))


def _removed(store: Store, path: Path) -> int | None:
    """Remove a clip that no attempt needs any more; return its bytes, None if it stays."""
    if _is_needed(store, path):
        return None
    size = path.stat().st_size
    effect("clip.remove")
    path.unlink()
    effect("clip.removed")
    return size


def _is_needed(store: Store, path: Path) -> bool:
    """Tell whether another attempt needs a clip, or may: a later version may have named it."""
    attempts = store.journal.attempts()
    held: tuple[Held, ...] = holding(store.layout, attempts)
    every = (life for lives in attempts.values() for life in lives)
    return any(other.path == path for other in held) or any(
        path.stem in one for life in every for one in later_texts(life)
    )
