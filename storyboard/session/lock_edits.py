"""Decide for shots of films: picks, approvals and rejections as changes of a lock."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from storyboard.lock import (
    Change,
    Decision,
    Entries,
    FilmChange,
    Lock,
    LockedTake,
    Verdict,
    approve,
    change_alike,
    change_own,
    change_shared,
    drop_override,
    keep,
    pick,
    reject,
    withdraw,
)
from storyboard.session.shots_to_decide import OfferedShot

APPROVED = Verdict.APPROVED

Edit: TypeAlias = Callable[[Lock], Lock]
"""Changes a lock that has an entry for every shot."""

Changes: TypeAlias = tuple[FilmChange, ...]
"""What somebody decides for shots, film by film; `for_each` and its like make an edit of it."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, and when."""

    by: str
    when: datetime

    def pick(self, shots: Sequence[OfferedShot], take: LockedTake) -> Changes:
        """Pick a take for a shot in films that have it."""
        having = [(one, own) for one in shots for own in one.takes if own.clip == take.clip]
        return tuple(
            FilmChange(one.asked, (own.clip, own.at, own.used), self._picking(one, own))
            for one, own in having
        )

    def withdraw(self, shots: Sequence[OfferedShot]) -> Changes:
        """Pick nothing for a shot."""
        return tuple(FilmChange(one.asked, None, withdraw) for one in shots)

    def keep(self, shots: Sequence[OfferedShot]) -> Changes:
        """Accept the stale picks of a shot for what it asks for now."""
        return tuple(FilmChange(one.asked, one.asked.asks, self._keeping(one)) for one in shots)

    def pick_shown(self, shots: Sequence[OfferedShot]) -> Changes:
        """Pick what is shown for every shot that has no pick."""
        return tuple(
            FilmChange(one.asked, take.clip, _unless_picked(self._picking(one, take)))
            for one in shots
            if (take := one.shown) is not None
        )

    def approve(self, shots: Sequence[OfferedShot]) -> Changes:
        """Approve what is seen; what a model made is picked as well, if nothing is."""
        return tuple(FilmChange(one.asked, one.seen, self._approving(one)) for one in shots)

    def reject(self, shots: Sequence[OfferedShot], why: str) -> Changes:
        """Reject what is seen, and say why."""
        return tuple(FilmChange(one.asked, one.seen, self._rejecting(one, why)) for one in shots)

    def _picking(self, shot: OfferedShot, take: LockedTake) -> Change:
        def change(decision: Decision) -> Decision:
            asks, before = shot.asked.asks, decision.pick
            if asks is None or (before and (before.take, before.asks) == (take, asks)):
                return decision
            return pick(decision, take, asks, self.by, self.when)

        return change

    def _keeping(self, shot: OfferedShot) -> Change:
        def change(decision: Decision) -> Decision:
            asks = shot.asked.asks
            if asks is None:
                return decision
            if decision.pick is None and decision.superseded:
                latest = decision.superseded[-1]
                if latest.gave_way_to == asks:
                    return pick(decision, latest.pick.take, asks, self.by, self.when)
            return keep(decision, asks, self.by, self.when)

        return change

    def _approving(self, shot: OfferedShot) -> Change:
        def change(decision: Decision) -> Decision:
            if shot.seen is None:
                return decision
            if shot.shown is not None:
                decision = _unless_picked(self._picking(shot, shot.shown))(decision)
            said = decision.approval
            if said and (said.verdict, said.seen, said.by) == (APPROVED, shot.seen, self.by):
                return decision
            return approve(decision, shot.seen, self.by, self.when)

        return change

    def _rejecting(self, shot: OfferedShot, why: str) -> Change:
        def change(decision: Decision) -> Decision:
            if shot.seen is None:
                return decision
            return reject(decision, shot.seen, self.by, self.when, why)

        return change


def for_each(changes: Changes) -> Edit:
    """Decide for every film as it is; films that come to the same share it."""
    return lambda lock: change_alike(lock, changes)


def for_one(changes: Changes) -> Edit:
    """Decide for films by themselves, whatever others have."""
    return lambda lock: change_own(lock, changes)


def for_others(changes: Changes) -> Edit:
    """Decide for films that have nothing of their own; for what they share, if all have."""

    def edit(lock: Lock) -> Lock:
        sharing = tuple(_sharing(lock, changes))
        if sharing or not changes:
            return change_alike(lock, sharing)
        first = changes[0]
        return change_shared(lock, first.asked, first.change)

    return edit


def shared_again(shots: Sequence[OfferedShot]) -> Edit:
    """Let films have again what was decided for all."""

    def edit(lock: Lock) -> Lock:
        for one in shots:
            lock = drop_override(lock, one.asked)
        return lock

    return edit


def in_turn(edits: Iterable[Edit]) -> Edit:
    """Make one edit of several."""
    every = tuple(edits)

    def edit(lock: Lock) -> Lock:
        for one in every:
            lock = one(lock)
        return lock

    return edit


def _unless_picked(change: Change) -> Change:
    return lambda decision: decision if decision.pick is not None else change(decision)


def _sharing(lock: Lock, changes: Changes) -> Iterator[FilmChange]:
    entries = Entries(lock, ())
    for one in changes:
        entry = entries.named(one.asked)
        if entry is None or all(own.film != one.asked.film for own in entry.overrides):
            yield one
