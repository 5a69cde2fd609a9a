"""Tell what has changed in a lock, entry by entry: to a line for people and to JSON."""

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.lock import (
    UNDECIDED,
    Decision,
    Lock,
    LockedShot,
    LockedTake,
    Verdict,
    entry_name,
)


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """What was decided for the shot of an entry before, and what is now.

    `film` is set if it was decided for this film alone; `films` are those that the entry lists. An
    entry that is gone has no `now`; an override that is gone has what all films have as `now`.
    """

    name: str
    film: str | None
    films: tuple[str, ...] | None
    before: Decision
    now: Decision | None

    @property
    def words(self) -> str:
        """Tell it in a line."""
        film = f" [{self.film}]" if self.film is not None else ""
        return f"{self.name}{film}: {', '.join(self._parts())}"

    def to_json(self) -> dict[str, object]:
        """Write it for programs."""
        now = self.now or UNDECIDED
        approval = now.approval
        return {
            "shot": self.name,
            "film": self.film,
            "films": None if self.films is None else [*self.films],
            "pick": _take_json(now),
            "was": _take_json(self.before),
            "verdict": approval.verdict.value if approval else None,
            "why": approval.why if approval else None,
        }

    def _parts(self) -> Iterator[str]:
        if self.now is None:
            yield "it is gone, and its entry is removed"
            return
        if self.before.pick != self.now.pick:
            yield _pick_words(self.before, self.now)
        approval = self.now.approval
        if approval != self.before.approval:
            if approval is None:
                yield "no verdict"
            elif approval.verdict is Verdict.APPROVED:
                yield "approved"
            else:
                yield f"rejected: {approval.why}"
        elif self.before.pick == self.now.pick:
            yield "as it was"


def _pick_words(before: Decision, now: Decision) -> str:
    was, pick = before.pick, now.pick
    if pick is None:
        return "no pick" if was is None else f"no pick, was {_take(was.take)}"
    if was is None:
        return f"{_take(pick.take)} is picked"
    if was.take.clip == pick.take.clip and was.asks != pick.asks:
        return f"{_take(pick.take)} is kept for the new words"
    if was.take.clip == pick.take.clip:
        return f"{_take(pick.take)} is picked again"
    return f"{_take(pick.take)} is picked, was {_take(was.take)}"


def _take(take: LockedTake) -> str:
    return f"take {take.number} ({take.clip[:12]})"


def _take_json(decision: Decision) -> dict[str, object] | None:
    if decision.pick is None:
        return None
    take = decision.pick.take
    return {"take": take.number, "clip": take.clip}


def changed_entries(before: Lock, after: Lock) -> tuple[ChangedEntry, ...]:
    """Compare two locks, of which the second was made of the first by deciding."""
    return tuple(_changed(before, after))


def _changed(before: Lock, after: Lock) -> Iterator[ChangedEntry]:
    known = {(one.name, one.ratio, one.films): one for one in before.shots}
    for entry in after.shots:
        former = known.pop((entry.name, entry.ratio, entry.films), None)
        if former is not entry:
            yield from _entry(former or LockedShot(entry.name, entry.kind), entry)
    for gone in known.values():
        name = entry_name(gone.name, gone.ratio)
        yield ChangedEntry(name, None, gone.films, gone.decision, None)


def _entry(before: LockedShot, now: LockedShot) -> Iterator[ChangedEntry]:
    name = entry_name(now.name, now.ratio)
    if before.decision != now.decision:
        yield ChangedEntry(name, None, now.films, before.decision, now.decision)
    films = dict.fromkeys(one.film for one in (*before.overrides, *now.overrides))
    for film in films:
        was, is_ = before.of_film(film), now.of_film(film)
        if (film in {one.film for one in now.overrides}) == (
            film in {one.film for one in before.overrides}
        ) and was == is_:
            continue
        yield ChangedEntry(name, film, now.films, was, is_)
