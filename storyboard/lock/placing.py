"""Put a decision where it belongs in a lock: for all films that share the entry, or for one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeAlias

from storyboard.lock.decision import Decision
from storyboard.lock.finding import AskedShot, Entries
from storyboard.lock.locked import Lock, LockedShot, Override
from storyboard.model import ShotName

Change: TypeAlias = Callable[[Decision], Decision]
"""One of the functions of `choosing`, with all but the decision given."""


def change_shared(lock: Lock, asked: AskedShot, change: Change) -> Lock:
    """Change what was decided for all films that share the entry; overrides stay.

    Raises:
        LookupError: the shot has no entry; `arranged` gives it one.
    """
    entry = _entry(lock, asked)
    return _with(lock, entry, replace(entry, decision=change(entry.decision)))


def change_override(lock: Lock, asked: AskedShot, change: Change) -> Lock:
    """Change what was decided for the shot's film alone; it begins with what all others have.

    Raises:
        LookupError: the shot has no entry.
        ValueError: the storyboard has no variations, so there is no film to name.
    """
    if asked.film is None:
        raise ValueError("only a film of a campaign has an override")
    entry = _entry(lock, asked)
    own = Override(asked.film, change(entry.of_film(asked.film)))
    others = tuple(one for one in entry.overrides if one.film != asked.film)
    sorted_ = sorted((*others, own), key=lambda one: one.film)
    return _with(lock, entry, replace(entry, overrides=tuple(sorted_)))


def change_shown(lock: Lock, asked: AskedShot, change: Change) -> Lock:
    """Change what counts for the shot's film: its override if it has one, else what all share.

    Raises:
        LookupError: the shot has no entry.
    """
    entry = _entry(lock, asked)
    if any(one.film == asked.film for one in entry.overrides):
        return change_override(lock, asked, change)
    return change_shared(lock, asked, change)


def change_each(lock: Lock, changes: Iterable[tuple[AskedShot, Change]]) -> Lock:
    """Change what counts for the films of many shots, one after the other, as `change_shown` does.

    Raises:
        LookupError: a shot has no entry; nothing is changed then.
    """
    entries = Entries(lock, ())
    changed = {id(one): one for one in lock.shots}
    for asked, change in changes:
        entry = entries.named(asked)
        if entry is None:
            raise LookupError(f"the lock has no entry of {asked.name}")
        alone = change_shown(Lock((changed[id(entry)],)), asked, change)
        (changed[id(entry)],) = alone.shots
    return replace(lock, shots=tuple(changed.values()))


def drop_override(lock: Lock, asked: AskedShot) -> Lock:
    """Let the shot's film have what all others have again.

    Raises:
        LookupError: the shot has no entry.
    """
    entry = _entry(lock, asked)
    others = tuple(one for one in entry.overrides if one.film != asked.film)
    return _with(lock, entry, replace(entry, overrides=others))


def _entry(lock: Lock, asked: AskedShot) -> LockedShot:
    entry = Entries(lock, ()).named(asked)
    if entry is None:
        raise LookupError(f"the lock has no entry of {asked.name}")
    return entry


def _with(lock: Lock, entry: LockedShot, changed: LockedShot) -> Lock:
    return replace(lock, shots=tuple(changed if one is entry else one for one in lock.shots))


def without(lock: Lock, name: ShotName) -> Lock:
    """Return the lock without what was decided for a shot: one that is gone and not coming back."""
    return replace(lock, shots=tuple(one for one in lock.shots if one.name != name))
