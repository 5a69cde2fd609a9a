"""A project folder into its open store: the journal, the clips, and this run's claims."""

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from storyboard.clock import utc_now
from storyboard.store import clips, runs
from storyboard.store.derived import derive
from storyboard.store.journal import Journal
from storyboard.store.layout import STORE, Layout
from storyboard.store.life import AttemptId, KeptClip, Known, Life, Order, Stored
from storyboard.store.problem import Conflict
from storyboard.store.runs import Run, RunId
from storyboard.store.schema import open_journal
from storyboard.store.takes import TakeKey, lives_of_takes
from storyboard.store.viewing import is_there


def new_id() -> str:
    """Make an id that no other has."""
    return uuid.uuid4().hex


class Store:
    """The store of a project, open for writing by one run. Use it from one thread at a time.

    `project` is the folder that paths are relative to, `layout` says where the store's things
    are. Other processes may have the same store open.
    """

    def __init__(
        self,
        layout: Layout,
        *,
        project: Path,
        now: Callable[[], datetime] = utc_now,
        make_id: Callable[[], str] = new_id,
    ) -> None:
        self.layout = layout
        self.project = project
        self.now = now
        self._make_id = make_id
        layout.make()
        journal = open_journal(layout.journal, lambda: runs.any_alive(layout.runs))
        self.journal = Journal(journal, layout.journal)
        try:
            with self.journal.transaction():
                runs.sweep(layout.runs)
                self._run = Run(layout.runs, RunId(make_id()))
        except BaseException:
            self.journal.close()
            raise

    @classmethod
    def open(cls, project: Path, *, folder: str = STORE) -> Self:
        """Open the store of a project, made where there is none.

        `folder` is another place in the project, for rehearsals whose clips are not the real ones.

        Raises:
            StoreProblem: where a later version wrote it, it is damaged, or the disk refuses.
        """
        return cls(Layout(project / folder), project=project)

    def close(self) -> None:
        """Let go of claims and files."""
        self._run.close()
        self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def others(self) -> bool:
        """Tell whether another living run has this store open."""
        return runs.any_alive(self.layout.runs, besides=self._run.id)

    def new_attempt(self) -> AttemptId:
        """Make a new attempt's id."""
        return AttemptId(self._make_id())

    def latest(self, take: TakeKey) -> Life | None:
        """Read where a take stands now."""
        return self.journal.latest(take)

    def lives(self) -> dict[TakeKey, Life]:
        """Read where every take of every job stands."""
        return lives_of_takes(self.journal.attempts())

    def record(self, steps: Sequence[Known]) -> tuple[Conflict | None, ...]:
        """Append steps in one commit; see `Journal.record`."""
        return self.journal.record(steps)

    def transaction(self) -> AbstractContextManager[None]:
        """Make several writes one commit: one wait for the disk instead of many."""
        return self.journal.transaction()

    def claim(self, take: TakeKey) -> RunId | None:
        """Claim a take for this run; return the other living run that has it, if any."""
        alive = lambda run: runs.alive(self.layout.runs, run)  # noqa: E731 - one line, used once
        return self.journal.claim(take, self._run.id, self.now(), alive)

    def is_being_sent(self, order: Order) -> bool:
        """Tell whether a living run awaits the answer to an equal request for another take."""
        return any(runs.alive(self.layout.runs, run) for run in self.journal.being_sent(order))

    def release(self, takes: Sequence[TakeKey]) -> None:
        """Give up this run's claims on takes."""
        self.journal.release(takes, self._run.id)

    def upload(self, provider: str, file: str, lasts: timedelta) -> str | None:
        """Return the URL of a file's content at a provider, where it is not older than `lasts`."""
        found = self.journal.upload(provider, file)
        # Either way: a clock that was ahead then must not make it last for years.
        return found[0] if found and abs(self.now() - found[1]) < lasts else None

    def note_upload(self, provider: str, file: str, url: str) -> None:
        """Record where a file's content stands at the provider."""
        self.journal.note_upload(provider, file, url, self.now())

    def is_there(self, life: Stored) -> bool:
        """Tell whether a stored result is still there; a voice is, by its name."""
        return is_there(self.layout, life)

    def clip_path(self, clip: KeptClip) -> Path:
        """Return a clip's file, whether or not it is there."""
        return self.layout.clip(clip.digest, clip.suffix)

    def part_path(self, attempt: AttemptId) -> Path:
        """Return where an attempt's download is written to."""
        return clips.part_path(self.layout, attempt)

    def settle(self, attempt: AttemptId, suffix: str) -> clips.Settled:
        """Flush, hash and name a finished download; see `clips.settle`."""
        return clips.settle(self.layout, attempt, suffix)

    def wrong_path(self, attempt: AttemptId) -> Path:
        """Return where a whole download is that is not what was asked for."""
        return clips.wrong_path(self.layout, attempt)

    def set_aside(self, attempt: AttemptId, came: Path) -> None:
        """Name a whole download as a wrong one; see `clips.set_aside`."""
        clips.set_aside(self.layout, attempt, came)

    def settle_wrong(self, attempt: AttemptId) -> clips.Settled:
        """Settle a download that is not what was asked for; see `clips.settle`."""
        path = self.wrong_path(attempt)
        return clips.settle(self.layout, attempt, path.suffix, path)

    def settled_before(self, attempt: AttemptId) -> clips.Settled | None:
        """Find a download that an earlier run finished and did not record."""
        return clips.settled_before(self.layout, attempt)

    def keep(self, settled: clips.Settled) -> Path:
        """Put a settled file among the clips; record it in the journal next, then call `done`."""
        return clips.keep(self.layout, settled)

    def done(self, settled: clips.Settled) -> None:
        """Clear away what stood aside for an attempt that the journal knows the end of."""
        clips.done(settled)

    def derive(self, recipe: str, suffix: str, make: Callable[[Path], None]) -> Path:
        """Return the file of a recipe, made by `make(path)` where it is not there yet."""
        return derive(self.layout, recipe, suffix, self._make_id()[:8], make)
