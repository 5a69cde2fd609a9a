"""Arrange a lock as its storyboard is now: an entry for every shot, in the order of the film.

Nothing that was decided is lost. An entry of a shot that was renamed gets its new name; one of a
shot that is gone stays behind the one that it followed; films that ask for different things get an
entry each with what was decided for both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from storyboard.jobs import ShotDigest
from storyboard.lock.decision import UNDECIDED, Decision, Superseded
from storyboard.lock.finding import AskedShot, Entries
from storyboard.lock.locked import Lock, LockedShot
from storyboard.model import AspectRatio, ShotName

Key: TypeAlias = tuple[ShotName, AspectRatio | None]


@dataclass(frozen=True, slots=True)
class _Group:
    """Films whose shot of one name asks for the same."""

    shots: tuple[AskedShot, ...]

    @property
    def asks(self) -> ShotDigest | None:
        return self.shots[0].asks

    @property
    def films(self) -> tuple[str, ...]:
        return tuple(one.film for one in self.shots if one.film is not None)


def arranged(lock: Lock, shots: Sequence[AskedShot]) -> Lock:
    """Return the lock with an entry for each of the shots, which are all shots of all films.

    The shots of a film are together, in its order; a choice of films is not enough, for what was
    decided for others would be taken for obsolete.
    """
    entries = Entries(lock, frozenset(one.name for one in shots))
    keys = _order(shots)
    former: dict[Key, list[LockedShot]] = {}
    for one in lock.shots:
        former.setdefault(_key(one), []).append(one)
    used: dict[int, Key] = {}
    made: dict[Key, list[LockedShot]] = {}
    for key, groups in _groups(shots, keys).items():
        chosen = [_source(entries, group) for group in groups]
        used |= {id(one): key for one in chosen if one is not None}
        made[key] = _entries(key, groups, chosen, former.get(key, []))
    return replace(lock, shots=tuple(_with_the_gone(lock, made, used)))


def _key(entry: LockedShot) -> Key:
    return entry.name, entry.ratio


def _order(shots: Iterable[AskedShot]) -> list[Key]:
    """Return each name once: in the order of the first film, those of others after their own."""
    follower: dict[Key | None, Key | None] = {None: None}  # None is before the first
    before: dict[str | None, Key] = {}
    for one in shots:
        key = (one.name, one.ratio)
        if key not in follower:
            former = before.get(one.film)
            follower[key], follower[former] = follower[former], key
        before[one.film] = key
    order: list[Key] = []
    following = follower[None]
    while following is not None:
        order.append(following)
        following = follower[following]
    return order


def _groups(shots: Iterable[AskedShot], keys: Iterable[Key]) -> dict[Key, list[_Group]]:
    found: dict[Key, dict[ShotDigest | None, list[AskedShot]]] = {key: {} for key in keys}
    for one in shots:
        found[one.name, one.ratio].setdefault(one.asks, []).append(one)
    return {key: [_Group(tuple(one)) for one in every.values()] for key, every in found.items()}


def _source(entries: Entries, group: _Group) -> LockedShot | None:
    """Return the entry that a group goes on with: one that was chosen for its words, if any."""
    found: dict[int, LockedShot] = {}
    for one in group.shots:
        match = entries.find(one)
        if match is not None:
            found.setdefault(id(match.entry), match.entry)
    every = [*found.values()]
    for entry in every:
        if entry.decision.pick is not None and entry.decision.pick.asks == group.asks:
            return entry
    return next((one for one in every if not one.is_undecided), every[0] if every else None)


def _entries(
    key: Key,
    groups: Sequence[_Group],
    sources: Sequence[LockedShot | None],
    former: Sequence[LockedShot],
) -> list[LockedShot]:
    """Make the entries of one name; what no group goes on with is superseded in the first."""
    going = {id(one) for one in sources}
    before = [*{id(one): one for one in (*former, *sources) if one is not None}.values()]
    overrides = {own.film: own for one in before for own in one.overrides}
    placed = {film for group in groups for film in group.films}
    made: list[LockedShot] = []
    for group, source in zip(groups, sources, strict=True):
        decision = source.decision if source else UNDECIDED
        theirs = set(group.films)
        if not made:
            theirs |= overrides.keys() - placed  # of films that are gone
            left = [one.decision for one in former if id(one) not in going]
            decision = _with_the_former(decision, left, group.asks)
        made.append(
            LockedShot(
                name=key[0],
                kind=group.shots[0].kind,
                decision=decision,
                ratio=key[1],
                films=group.films if len(groups) > 1 else None,
                overrides=tuple(overrides[film] for film in sorted(theirs & overrides.keys())),
            )
        )
    return made


def _with_the_former(
    decision: Decision, former: Iterable[Decision], asks: ShotDigest | None
) -> Decision:
    known = {one.clip for one in decision.takes}
    superseded = decision.superseded
    for one in former:
        ended = one.superseded
        if one.pick is not None:
            ended = (*ended, Superseded(one.pick, asks or one.pick.asks))
        superseded += tuple(it for it in ended if it.pick.take.clip not in known)
        known |= {it.clip for it in one.takes}
    return replace(decision, superseded=superseded)


def _with_the_gone(
    lock: Lock, made: dict[Key, list[LockedShot]], used: dict[int, Key]
) -> Iterator[LockedShot]:
    """Go through all entries; one of a shot that is gone follows the one that it followed."""
    behind: dict[Key | None, list[LockedShot]] = {}
    before: Key | None = None
    for one in lock.shots:
        if id(one) in used or _key(one) in made:
            before = used.get(id(one), _key(one))
        elif not one.is_undecided:
            behind.setdefault(before, []).append(one)
    yield from behind.get(None, ())
    for key, entries in made.items():
        yield from entries
        yield from behind.get(key, ())
