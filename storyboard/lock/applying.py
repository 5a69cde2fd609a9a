"""Apply a lock to films: which takes were picked for their shots, and whether these are current."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from storyboard.jobs import PickedShot, Picks
from storyboard.lock.decision import LockedTake
from storyboard.lock.finding import AskedShot, Entries, PickState, pick_state
from storyboard.lock.locked import Lock
from storyboard.model import AspectRatio, ClipDigest, ShotName


def applied_picks(
    lock: Lock,
    shots: Sequence[AskedShot],
    known: Collection[ClipDigest],
    unpicked: Collection[ShotName] = (),
) -> Mapping[tuple[str | None, AspectRatio | None], Picks]:
    """Return the picks of each film and ratio that has any.

    `shots` are all shots of all films; `known` are the clips that the journal of this store has as
    takes; `unpicked` are shots whose picks are to be passed over.
    """
    if not any(True for _ in lock.takes):
        return {}
    entries = Entries(lock, frozenset(one.name for one in shots))
    found: dict[tuple[str | None, AspectRatio | None], tuple[_Taken, _Taken]] = {}
    for asked, state, take in _picked(entries, shots):
        if asked.name not in unpicked:
            current, stale = found.setdefault((asked.film, asked.ratio), ({}, {}))
            shot = picked_shot(take)
            if take.clip not in known:
                # Each store counts renderings for itself: another one's first is not this one's.
                shot = replace(shot, rendering=0)
            (current if state is PickState.CURRENT else stale)[asked.name] = shot
    return {film: Picks(current, stale) for film, (current, stale) in found.items()}


_Taken = dict[ShotName, PickedShot]


def _picked(
    entries: Entries, shots: Sequence[AskedShot]
) -> Iterator[tuple[AskedShot, PickState, LockedTake]]:
    for asked in shots:
        match = entries.find(asked)
        if match is not None and match.decision.pick is not None:
            state = pick_state(match.decision, asked)
            if state is not PickState.NONE:
                yield asked, state, match.decision.pick.take


def picked_shot(take: LockedTake) -> PickedShot:
    """Return a take as packing and the cut know it."""
    return PickedShot(take.clip, take.job, take.rendering, take.number, take.at, take.used)
