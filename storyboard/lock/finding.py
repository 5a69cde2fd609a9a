"""Find what was decided for the shots of films: by name, and for renamed shots by what they ask."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from storyboard.jobs import ShotDigest
from storyboard.lock.decision import UNDECIDED, Decision, SeenShot
from storyboard.lock.locked import Lock, LockedShot, ShotKind
from storyboard.model import AspectRatio, ShotName


@dataclass(frozen=True, slots=True)
class AskedShot:
    """A shot of a film as the storyboard has it now.

    `asks` is its digest, None for stills and footage. `film` is the variation, None if the
    storyboard has none. `ratio` is set for an output that is rendered again.
    """

    name: ShotName
    kind: ShotKind
    asks: ShotDigest | None
    film: str | None = None
    ratio: AspectRatio | None = None


class FoundBy(StrEnum):
    """How an entry was found: by the shot's name, or by what it asks for under another name."""

    NAME = "name"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Match:
    """The entry of a shot, and what of it was decided for its film."""

    entry: LockedShot
    decision: Decision
    found_by: FoundBy


class PickState(StrEnum):
    """Whether a shot has a pick, and whether that was chosen for what it asks for now."""

    NONE = "none"
    CURRENT = "current"
    STALE = "stale"


class ApprovalState(StrEnum):
    """What was said of a shot; `stale` if it was said of another clip, trim, crop or words."""

    NONE = "none"
    APPROVED = "approved"
    REJECTED = "rejected"
    STALE = "stale"


@dataclass(slots=True)
class Entries:
    """The entries of a lock, to be found by the shots of a storyboard.

    `present` are the names of its shots in all films: the entry of any other name may be of a shot
    that was renamed.
    """

    lock: Lock
    present: Collection[ShotName]
    _listed: dict[tuple[ShotName, AspectRatio | None, str], LockedShot] = field(init=False)
    _others: dict[tuple[ShotName, AspectRatio | None], LockedShot] = field(init=False)
    _asking: dict[tuple[ShotName | None, AspectRatio | None, ShotDigest], LockedShot] = field(
        init=False
    )

    def __post_init__(self) -> None:
        self._listed, self._others, self._asking = {}, {}, {}
        for one in self.lock.shots:
            if one.films is None:
                self._others[one.name, one.ratio] = one
            for film in one.films or ():
                self._listed[one.name, one.ratio, film] = one
        for asked_for in (_picked_for, _approved_for):  # a pick tells more of a shot
            for one in self.lock.shots:
                asks = asked_for(one.decision)
                if asks is not None:
                    name = one.name if one.name in self.present else None
                    self._asking.setdefault((name, one.ratio, asks), one)

    def find(self, asked: AskedShot) -> Match | None:
        """Return the entry of a shot, None if there is none."""
        entry = self.named(asked)
        if entry is not None:
            return Match(entry, entry.of_film(asked.film), FoundBy.NAME)
        if asked.asks is None:
            return None
        # A film that is new shares what others decided for the same words.
        entry = self._asking.get((asked.name, asked.ratio, asked.asks))
        if entry is not None:
            return Match(entry, entry.decision, FoundBy.NAME)
        entry = self._asking.get((None, asked.ratio, asked.asks))
        return Match(entry, entry.of_film(asked.film), FoundBy.WORDS) if entry else None

    def named(self, asked: AskedShot) -> LockedShot | None:
        """Return the entry that has the shot's name and its film."""
        listed = self._listed.get((asked.name, asked.ratio, asked.film or ""))
        return listed or self._others.get((asked.name, asked.ratio))


def _picked_for(decision: Decision) -> ShotDigest | None:
    return None if decision.pick is None else decision.pick.asks


def _approved_for(decision: Decision) -> ShotDigest | None:
    return None if decision.approval is None else decision.approval.seen.asks


def pick_state(decision: Decision, asked: AskedShot) -> PickState:
    """Tell whether a shot's pick is for what it asks for now."""
    if decision.pick is None or asked.asks is None:
        return PickState.NONE
    return PickState.CURRENT if decision.pick.asks == asked.asks else PickState.STALE


def approval_state(decision: Decision, seen: SeenShot) -> ApprovalState:
    """Tell what was said of a shot that is seen so now."""
    if decision.approval is None:
        return ApprovalState.NONE
    if decision.approval.seen != seen:
        return ApprovalState.STALE
    return ApprovalState(decision.approval.verdict.value)


@dataclass(frozen=True, slots=True)
class LockedStanding:
    """Where a shot stands. Without anything to be seen it cannot be approved."""

    asked: AskedShot
    match: Match | None
    pick: PickState
    approval: ApprovalState


def standings(
    lock: Lock, shots: Iterable[tuple[AskedShot, SeenShot | None]]
) -> tuple[LockedStanding, ...]:
    """Tell where every shot stands; beside each is what is seen of it now, None for a slate."""
    every = tuple(shots)
    entries = Entries(lock, frozenset(asked.name for asked, _ in every))
    return tuple(_standing(entries.find(asked), asked, seen) for asked, seen in every)


def _standing(match: Match | None, asked: AskedShot, seen: SeenShot | None) -> LockedStanding:
    decision = match.decision if match else UNDECIDED
    said = ApprovalState.NONE
    if seen is not None:
        said = approval_state(decision, seen)
    elif decision.approval is not None:
        said = ApprovalState.STALE
    return LockedStanding(asked, match, pick_state(decision, asked), said)
