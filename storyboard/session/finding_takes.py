"""Find the takes of each shot: of its job, of others that asked the same, and of older words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from types import MappingProxyType

from storyboard.catalogue import Catalogue
from storyboard.jobs import ClipJob, JobDigest, JobId, ShotDigest
from storyboard.lock import UNDECIDED, Decision, Entries, Lock, LockedTake, Pick
from storyboard.model import AspectRatio, ClipDigest, Seconds, ShotName
from storyboard.plan import JobState, KeptTake, StoreView, which_takes
from storyboard.session.kept_by_shot import KeptByShot, KeptShot
from storyboard.session.shot_takes import UNUSED, ShotTake, TakesOfShot, TakeUse
from storyboard.session.shots_alike import Film, ShotsAlike


def takes_of_shots(
    groups: Sequence[ShotsAlike],
    held: StoreView,
    catalogue: Catalogue,
    lock: Lock,
    there: Mapping[ClipDigest, Path] = MappingProxyType({}),
) -> tuple[TakesOfShot, ...]:
    """Return the takes of every shot of a model, in the order of the films.

    `groups` are of all films of a storyboard: the numbers of takes depend on all of them. A kept
    take is one of a shot if its request is the shot's job, or asked for what the shot asks for, or
    was made for a shot of that name in the same film; so it stays one when the shot is packed
    otherwise, renamed, or has other words. A clip that only the lock names is one as well; of
    these, `there` are in the store, with their files.
    """
    finder = _Finder(groups, KeptByShot(held, catalogue), lock, there)
    named: dict[tuple[ShotName, AspectRatio | None], int] = {}
    for one in groups:
        named[one.name, one.ratio] = named.get((one.name, one.ratio), 0) + 1
    return tuple(
        TakesOfShot(
            name=one.name,
            ratio=one.ratio,
            asks=one.asks,
            films=tuple(one.films),
            alone=named[one.name, one.ratio] == 1,
            takes=finder.takes(one),
        )
        for one in groups
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A take of a shot that has no number yet."""

    job: JobDigest
    rendering: int
    kept: KeptTake
    at: Seconds | None
    used: Seconds
    asks: ShotDigest | None
    is_current: bool | None


@dataclass(slots=True)
class _Finder:
    """Finds takes for one shot after the other, in what is looked up once for all."""

    groups: Sequence[ShotsAlike]
    kept: KeptByShot
    lock: Lock
    there: Mapping[ClipDigest, Path]
    _entries: Entries = field(init=False)
    _asked_by: dict[ShotDigest, set[ShotName]] = field(init=False)
    _shown: dict[JobDigest, ClipDigest | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._entries = Entries(self.lock, frozenset(one.name for one in self.groups))
        self._asked_by = {}
        for one in self.groups:
            self._asked_by.setdefault(one.asks, set()).add(one.name)

    def takes(self, group: ShotsAlike) -> tuple[ShotTake, ...]:
        """Return the takes of a shot, by their numbers."""
        decided = self._decided(group)
        locked = _locked(decided.values())
        found = {
            clip: _as_picked(one, locked[clip].take) if clip in locked else one
            for clip, one in self._found(group).items()
        }
        in_order = sorted(found.values(), key=lambda one: one.kept.kept_at)
        numbers = _numbers([one.take for one in locked.values()], in_order)
        uses = self._uses(group, decided)
        takes = [
            _take(one, numbers[one.kept.clip], uses.get(one.kept.clip, UNUSED)) for one in in_order
        ]
        takes += [
            _away(one, numbers[clip], self.there.get(clip), uses.get(clip, UNUSED))
            for clip, one in locked.items()
            if clip not in found
        ]
        return tuple(sorted(takes, key=lambda one: one.number))

    def _found(self, group: ShotsAlike) -> dict[ClipDigest, _Found]:
        """Return the takes of a shot that are kept here, by their clips."""
        found = {one.kept.clip: one for one in self._of_jobs(group)}
        asking = self.kept.asking(group.asks)
        # A clip may have the same words twice: of two places, the shot's own is taken.
        for one in sorted(asking, key=lambda one: one.kept.shots[one.place] != group.name):
            if one.kept.clip not in found:
                found[one.kept.clip] = self._placed(one, group.duration, is_current=True)
        for label in group.labels:
            for one in self.kept.called(label, group.name, group.ratio):
                if one.kept.clip not in found and not self._is_of_another(one, group):
                    used = one.used or group.duration
                    is_current = None if one.asks is None else False
                    found[one.kept.clip] = self._placed(one, used, is_current=is_current)
        return found

    def _is_of_another(self, one: KeptShot, group: ShotsAlike) -> bool:
        """Tell whether a shot of another name asks for that today: names change hands."""
        names = None if one.asks is None else self._asked_by.get(one.asks)
        return names is not None and group.name not in names

    def _of_jobs(self, group: ShotsAlike) -> Iterator[_Found]:
        for job, place in group.jobs.values():
            at, used = job.shots[place].start, job.shots[place].used
            for number, take in self.kept.of_job(job).items():
                if take.kept is not None:
                    asks = KeptShot(job.digest, number, take.kept, place).asks
                    yield _Found(job.digest, number, take.kept, at, used, asks, is_current=True)

    def _placed(self, one: KeptShot, used: Seconds, *, is_current: bool | None) -> _Found:
        at = self.kept.starts(one)
        return _Found(one.job, one.rendering, one.kept, at, used, one.asks, is_current)

    def _decided(self, group: ShotsAlike) -> dict[Film, Decision]:
        """Return what was decided for the shot of each film, if anything was."""
        if not self.lock.shots:
            return {}
        every = ((film, self._entries.find(group.asked(film))) for film in group.films)
        return {film: match.decision for film, match in every if match is not None}

    def _uses(
        self, group: ShotsAlike, decided: Mapping[Film, Decision]
    ) -> dict[ClipDigest, TakeUse]:
        """Say of clips in which films they were picked, and which show them, as the cut chooses."""
        picked: dict[ClipDigest, list[Film]] = {}
        stale: dict[ClipDigest, list[Film]] = {}
        shown: dict[ClipDigest, list[Film]] = {}
        for film, job in group.films.items():
            pick = decided.get(film, UNDECIDED).pick
            clip = None if job is None else self._first(job)
            if pick is not None:
                current = pick.asks == group.asks
                (picked if current else stale).setdefault(pick.take.clip, []).append(film)
                clip = pick.take.clip if current or clip is None else clip
            if clip is not None:
                shown.setdefault(clip, []).append(film)
        return {
            clip: TakeUse(*(tuple(films.get(clip, ())) for films in (picked, stale, shown)))
            for clip in {**picked, **stale, **shown}
        }

    def _first(self, job: ClipJob) -> ClipDigest | None:
        """Return the clip of the take that films show of a job, if it is rendered."""
        if job.digest not in self._shown:
            known = self.kept.of_job(job)
            (number,) = which_takes({number: one.state for number, one in known.items()}, 1)
            take = known.get(number)
            kept = take.kept if take and take.state is JobState.RENDERED else None
            self._shown[job.digest] = kept.clip if kept else None
        return self._shown[job.digest]


def _as_picked(found: _Found, take: LockedTake) -> _Found:
    """Return a take that was picked with the part of its clip that was seen then."""
    return replace(found, at=take.at, used=take.used)


def _locked(decisions: Iterable[Decision]) -> dict[ClipDigest, Pick]:
    """Return the picks that a lock names, by their clips, those that gave way behind the others."""
    every = list({id(one): one for one in decisions}.values())
    picks = [one.pick for one in every if one.pick is not None]
    picks += [gone.pick for one in every for gone in one.superseded]
    found: dict[ClipDigest, Pick] = {}
    for pick in picks:
        found.setdefault(pick.take.clip, pick)
    return found


def _numbers(locked: Iterable[LockedTake], found: Iterable[_Found]) -> dict[ClipDigest, int]:
    """Number the takes of a shot: as the lock does, then as in their jobs, then by what is free."""
    numbers: dict[ClipDigest, int] = {}
    taken: set[int] = set()
    wishes = [(one.clip, one.number) for one in locked]
    wishes += [(one.kept.clip, one.rendering) for one in found]
    for clip, wish in wishes:
        if clip not in numbers:
            number = wish if wish not in taken else next(n for n in count(1) if n not in taken)
            numbers[clip] = number
            taken.add(number)
    return numbers


def _take(one: _Found, number: int, use: TakeUse) -> ShotTake:
    kept = one.kept
    return ShotTake(
        number=number,
        rendering=one.rendering,
        job=one.job,
        name=kept.job,
        clip=kept.clip,
        suffix=kept.suffix,
        size=kept.size,
        length=kept.length,
        at=one.at,
        used=one.used,
        endpoint=kept.endpoint,
        request=kept.request,
        price=kept.price,
        day=kept.kept_at.date(),
        together=kept.shots,
        asks=one.asks,
        is_current=one.is_current,
        is_known=True,
        is_there=kept.is_there,
        use=use if kept.is_there else replace(use, shown_in=()),
    )


def _away(pick: Pick, number: int, file: Path | None, use: TakeUse) -> ShotTake:
    """Return a take that only the lock knows: it was rendered on another machine."""
    take = pick.take
    return ShotTake(
        number=number,
        rendering=take.rendering,
        job=take.job,
        name=JobId(""),
        clip=take.clip,
        suffix=file.suffix if file else "",
        size=take.size,
        length=take.length,
        at=take.at,
        used=take.used,
        endpoint=take.endpoint,
        request=take.request or None,
        price=take.price,
        day=None,
        together=(),
        asks=None,
        is_current=None,
        is_known=False,
        is_there=file is not None,
        use=use if file else replace(use, shown_in=()),
    )
