"""What may be removed from a store: what can be made again; and what was paid for, when told."""

from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storyboard.jobs import JobDigest, take_name
from storyboard.model import Usd
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
    """A job whose result may be let go: what it cost, and the file it would take along."""

    life: Stored | Mislaid | Failed | Refused
    cost: Usd
    path: Path | None


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
    found = []
    for take, life in store.lives().items():
        if not is_meant(name, order_of(life)) or not isinstance(life, _FORGETTABLE):
            continue
        (held,) = holding(store.layout, {take.job: [life]}) or (None,)
        found.append(Forgettable(life, amount_of(life), held.path if held else None))
    return tuple(found)


def is_meant(name: str, order: Order) -> bool:
    """Tell whether a take is meant by a name: its job's or its own, or eight digits of its job's.

    A job's name means all its takes, `opening/pour..smile, take 2` that one.
    """
    short = len(name) >= 8 and order.job.startswith(name)  # noqa: PLR2004 - as git does it
    return short or name in {order.id, take_name(order.id, order.take)}


def forget(store: Store, one: Forgettable) -> Cleaned:
    """Let go of a job's result: it may be rendered, and paid, anew. Its file is removed.

    Recorded before the file goes: a crash between leaves a file too many, never one too few.
    """
    (conflict,) = store.record([Forgotten(one.life, store.now())])
    if conflict is not None:
        raise conflict
    if one.path is None or not one.path.exists() or _is_needed(store, one.path):
        return Cleaned(0, 0)
    size = one.path.stat().st_size
    effect("clip.remove")
    one.path.unlink()
    effect("clip.removed")
    return Cleaned(1, size)


def _is_needed(store: Store, path: Path) -> bool:
    """Tell whether another attempt needs a clip, or may: a later version may have named it."""
    attempts = store.journal.attempts()
    held: tuple[Held, ...] = holding(store.layout, attempts)
    every = (life for lives in attempts.values() for life in lives)
    return any(other.path == path for other in held) or any(
        path.stem in one for life in every for one in later_texts(life)
    )
