"""Write into the lock what a run has come to: an entry for every shot, and picks that gave way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from storyboard.jobs import JobDigest
from storyboard.lock import (
    AskedShot,
    Change,
    Decision,
    Entries,
    Lock,
    LockedFile,
    PickState,
    arranged,
    asked_shots,
    change_each,
    entry_name,
    locked_files,
    pick_state,
    supersede,
)
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan, rendered_ratio
from storyboard.render import Outcome, Rendered
from storyboard.report import LockNews, SupersededShot
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.errors import MistakesError, SetupError
from storyboard.session.library_versions import film_libraries
from storyboard.session.lock_file import change_lock, lock_path

Record: TypeAlias = Callable[[Mapping[JobDigest, Outcome]], LockNews | None]
"""Writes into a lock what a run has come to, given what became of each job."""

_MISTAKES = "correct it, or restore it by `git checkout`; then `storyboard render` writes it"


@dataclass(frozen=True, slots=True)
class LockRecord:
    """What is written into a lock: the shots and files of all films, and what gave way.

    `is_whole` tells whether these are all films there are: a film that could not be read has shots
    that nobody knows, and then nothing is put in order, and no file left out. `pin` writes the
    versions of libraries also if the lock has some.
    """

    shots: tuple[AskedShot, ...]
    files: tuple[LockedFile, ...]
    rendered: frozenset[AskedShot]
    is_whole: bool
    pin: bool = False

    def of(self, lock: Lock) -> tuple[Lock, tuple[SupersededShot, ...]]:
        """Return the lock with it, and what gave way."""
        known = arranged(lock, self.shots) if self.is_whole else lock
        giving_way = [*self._giving_way(known)]
        changed = change_each(known, ((asked, change) for asked, _, change in giving_way))
        libraries = lock.libraries
        if self.pin or not libraries:
            libraries = film_libraries()
        changed = replace(changed, files=self._files(lock), libraries=libraries)
        return changed, tuple({one: None for _, one, _ in giving_way})

    def _giving_way(self, lock: Lock) -> Iterator[tuple[AskedShot, SupersededShot, Change]]:
        entries = Entries(lock, frozenset(one.name for one in self.shots))
        for asked in self.shots:
            entry = entries.named(asked) if asked in self.rendered else None
            if entry is None or asked.asks is None:
                continue
            decision = entry.of_film(asked.film)
            if decision.pick is None or pick_state(decision, asked) is not PickState.STALE:
                continue
            own = any(one.film == asked.film for one in entry.overrides)
            film = asked.film if own else None
            name = entry_name(asked.name, asked.ratio)
            yield asked, SupersededShot(name, film, decision.pick.take), _superseding(asked)

    def _files(self, lock: Lock) -> tuple[LockedFile, ...]:
        if self.is_whole:
            return self.files
        named = {one.path for one in self.files}
        others = (one for one in lock.files if one.path not in named)
        return tuple(sorted((*self.files, *others), key=lambda one: (one.path, one.digest)))


def _superseding(asked: AskedShot) -> Change:
    def change(decision: Decision) -> Decision:
        return decision if asked.asks is None else supersede(decision, asked.asks)

    return change


def record_run(  # noqa: PLR0913 -- what a run has come to is in four values
    ask: Ask,
    choice: BackendChoice,
    compiled: Compiled,
    plan: Plan,
    outcomes: Mapping[JobDigest, Outcome],
    *,
    pin: bool = False,
) -> LockNews | None:
    """Write into the lock of a storyboard what a run has come to; None if there is no lock for it.

    What keeps it from being written is in the news: the clips are kept in any case. `choice` is the
    backend that was asked for, which knows the lock. `pin` writes the versions of libraries also if
    the lock has some.
    """
    if choice.locked is None:
        return None
    path = lock_path(ask.storyboard, choice.locked)
    record = _record(compiled, plan, outcomes, pin=pin)
    superseded: tuple[SupersededShot, ...] = ()

    def change(lock: Lock) -> Lock:
        nonlocal superseded
        changed, superseded = record.of(lock)
        return changed

    try:
        change_lock(path, compiled.project / choice.folder, change, choice.locked)
    except MistakesError as error:
        return LockNews(path, (), error.message, _MISTAKES, error.diagnostics, error.texts)
    except SetupError as error:
        return LockNews(path, (), error.message, error.help)
    return LockNews(path, superseded)


def _record(
    compiled: Compiled, plan: Plan, outcomes: Mapping[JobDigest, Outcome], *, pin: bool
) -> LockRecord:
    boards = {one.variation: one.storyboard for one in compiled.every}
    shots = asked_shots(boards.items(), compiled.digests)
    there = {
        (film.variation, rendered_ratio(film), shot.name)
        for film in plan.films
        for job in film.clips
        if isinstance(outcomes.get(job.digest), Rendered)
        for shot in job.shots
    }
    return LockRecord(
        shots,
        locked_files(boards.values()),
        frozenset(one for one in shots if (one.film, one.ratio, one.name) in there),
        compiled.is_whole,
        pin,
    )
