"""Put a decision where it belongs in a lock: for all films that share the entry, or for one."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from storyboard.lock.decision import Decision
from storyboard.lock.finding import AskedShot, Entries
from storyboard.lock.locked import Lock, LockedShot, Override, entry_name

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
    return _with(lock, entry, _overridden(entry, own))


def _overridden(entry: LockedShot, own: Override) -> LockedShot:
    others = (one for one in entry.overrides if one.film != own.film)
    return replace(entry, overrides=tuple(sorted((*others, own), key=lambda one: one.film)))


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


@dataclass(frozen=True, slots=True)
class FilmChange:
    """What is decided for a shot as one film shows it; `outcome` is equal if the decision is."""

    asked: AskedShot
    outcome: Hashable
    change: Change


def change_alike(lock: Lock, changes: Iterable[FilmChange]) -> Lock:
    """Decide for shots film by film: once for films that share an entry and have one outcome.

    A film whose outcome is another than that of the first, or that has an override, gets it as an
    override, which begins with what was decided for it before.

    Raises:
        LookupError: a shot has no entry; nothing is changed then.
    """
    entries = Entries(lock, ())
    changed = {id(one): one for one in lock.shots}
    shared: dict[int, Hashable] = {}
    for one in changes:
        entry, film = entries.named(one.asked), one.asked.film
        if entry is None:
            raise LookupError(f"the lock has no entry of {one.asked.name}")
        key = id(entry)
        has_own = any(own.film == film for own in entry.overrides)
        if not has_own and shared.setdefault(key, one.outcome) == one.outcome:
            decision = one.change(entry.decision)
            changed[key] = replace(changed[key], decision=decision)
        elif film is not None:
            own = Override(film, one.change(entry.of_film(film)))
            changed[key] = _overridden(changed[key], own)
    return replace(lock, shots=tuple(changed.values()))


def change_own(lock: Lock, changes: Iterable[FilmChange]) -> Lock:
    """Decide for the shots of films as overrides; what comes out as it was before needs none.

    Raises:
        LookupError: a shot has no entry; nothing is changed then.
        ValueError: the storyboard has no variations, so there is no film to name.
    """
    entries = Entries(lock, ())
    changed = {id(one): one for one in lock.shots}
    for one in changes:
        entry, film = entries.named(one.asked), one.asked.film
        if film is None:
            raise ValueError("only a film of a campaign has an override")
        if entry is None:
            raise LookupError(f"the lock has no entry of {one.asked.name}")
        before = entry.of_film(film)
        if (decision := one.change(before)) != before:
            changed[id(entry)] = _overridden(changed[id(entry)], Override(film, decision))
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


def without(lock: Lock, name: str) -> Lock:
    """Return the lock without what was decided for a shot that is gone and not coming back.

    `name` is the shot's, for all its entries, or that of one entry: `opening/pour@9:16`.
    """
    return replace(lock, shots=tuple(one for one in lock.shots if not is_named(one, name)))


def is_named(entry: LockedShot, name: str) -> bool:
    """Tell whether an entry is meant by a name, of a shot or of one entry."""
    return name in {entry.name, entry_name(entry.name, entry.ratio)}
