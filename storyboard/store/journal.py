"""Record steps of attempts as lasting rows, each exactly where it may stand, and read them back."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from storyboard.jobs import JobDigest
from storyboard.store import problem
from storyboard.store.effects import effect
from storyboard.store.life import (
    Accepted,
    Adopted,
    Failed,
    Known,
    Life,
    Order,
    Over,
    Stored,
    order_of,
    provider_of,
    request_of,
)
from storyboard.store.rows import IllegalStep, Row, checked_row, fold, kind_before, kind_of
from storyboard.store.runs import RunId
from storyboard.store.schema import translate
from storyboard.store.takes import TakeKey, take_lives

_SELECT = "SELECT attempt, job, kind, at, data FROM events"
_OF_JOB = f"{_SELECT} WHERE job = ? ORDER BY seq"
_BEING_SENT = """
SELECT DISTINCT claims.owner FROM events AS begun JOIN claims ON claims.job = CASE
    coalesce(json_extract(begun.data, '$.take'), 1)
    WHEN 1 THEN begun.job ELSE begun.job || '#' || json_extract(begun.data, '$.take')
  END
WHERE begun.attempt != ? AND begun.kind = 'intended'
  AND json_extract(begun.data, '$.endpoint') = ? AND json_extract(begun.data, '$.body') = ?
  AND NOT EXISTS (
    SELECT 1 FROM events AS later
    WHERE later.job = begun.job AND later.attempt = begun.attempt AND later.seq > begun.seq
  )
"""


class Journal:
    """The append-only record of what was asked, answered and paid.

    Every write is one transaction that is on the disk when it returns. One thread at a time may
    use it; other processes may at any time.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path
        self._opened = path.stat()

    def close(self) -> None:
        """Close; the last one to do so folds the write-ahead log into the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the write lock, and commit at the end; inside another one, be part of that.

        Raises:
            StoreProblem: where the disk refuses, another process holds the lock too long, or the
                journal is not in its place any more.
        """
        if self._db.in_transaction:
            yield
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._check_in_place()
                yield
                effect("journal.commit")
                self._db.execute("COMMIT")
                effect("journal.committed")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    def _check_in_place(self) -> None:
        """Make sure that what is written can be read: a file removed takes writes all the same.

        What was sent then would be known to nobody, and sent again by the next run.
        """
        try:
            now = self._path.stat()
        except OSError as error:
            raise problem.removed(self._path) from error
        if not os.path.samestat(now, self._opened):
            raise problem.removed(self._path)

    def record(self, steps: Sequence[Known]) -> tuple[problem.Conflict | None, ...]:
        """Append steps in one commit; a step that does not fit what others wrote is left out.

        An attempt begins with an `Intended`, or with a `Stored` that is `Adopted`: several takes
        of one job may be under way or kept at once, each take has one attempt at a time.

        Raises:
            StoreProblem: where nothing could be written; then no step is.
        """
        with self.transaction():
            return tuple(self._append(step) for step in steps)

    def _append(self, step: Known) -> problem.Conflict | None:
        order = order_of(step)
        before = kind_before(step)
        if before is None:
            against = self._against_beginning(step, order)
        else:
            last = self._last_kind(order)
            against = None if last == before else _gone_on(last)
            if isinstance(step, Stored) and isinstance(step.before, Failed):
                against = against or self._against_recovery(order)
        against = against or self._against_request(step)
        if against is not None:
            return problem.Conflict(f"{order.id}: {against}")
        row = checked_row(step)
        self._db.execute(
            "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, ?, ?, ?, ?)",
            (row.at, row.attempt, row.job, row.kind, row.data),
        )
        return None

    def _last_kind(self, order: Order) -> str | None:
        found = self._db.execute(
            "SELECT kind FROM events WHERE job = ? AND attempt = ? ORDER BY seq DESC LIMIT 1",
            (order.job, order.attempt),
        ).fetchone()
        return found and str(found[0])

    def _against_beginning(self, step: Known, order: Order) -> str | None:
        """Return why an attempt may not begin: its take has one, or its clip is a take already."""
        for life in self._fold(_OF_JOB, (order.job,)).get(order.job, ()):
            other = order_of(life)
            if other.attempt == order.attempt or (
                other.take == order.take and not isinstance(life, Over)
            ):
                return _gone_on(kind_of(life))
            if isinstance(step, Stored) and isinstance(life, Stored) and life.kept == step.kept:
                return "its clip is here already"
        return None

    def _against_recovery(self, order: Order) -> str | None:
        """Return why a result that was given up may not count again: another attempt has begun."""
        for life in self._fold(_OF_JOB, (order.job,)).get(order.job, ()):
            other = order_of(life)
            same = other.take == order.take and other.attempt != order.attempt
            if same and not isinstance(life, Over):
                return _gone_on(kind_of(life))
        return None

    def _against_request(self, step: Known) -> str | None:
        """Return why a request may not be recorded: another attempt holds it."""
        match step:
            case Accepted() | Stored(before=Adopted()):
                found = self._db.execute(
                    "SELECT 1 FROM requests WHERE request = ?1"
                    " AND (provider IN (?2, '') OR ?2 = '')",
                    (request_of(step), provider_of(step) or ""),
                ).fetchone()
                return found and f"another attempt has request {request_of(step)}"
            case _:
                return None

    def attempts(self) -> dict[JobDigest, list[Life]]:
        """Read every job's attempts, in the order in which they began."""
        return self._fold(f"{_SELECT} ORDER BY seq", ())

    def latest(self, take: TakeKey) -> Life | None:
        """Read where a take stands, also by what other processes did; see `latest_of`."""
        attempts = self._fold(_OF_JOB, (take.job,)).get(take.job, ())
        return take_lives(attempts).get(take.number)

    def last(self) -> int:
        """Return the place of the last step there is, 0 where there is none."""
        try:
            (place,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        return int(place)

    def before(self, order: Order, after: int) -> tuple[int, tuple[Life, ...]]:
        """Read attempts at jobs of which something was written after a place, before an attempt.

        That attempt's own place comes first, to go on from.
        """
        begun = "SELECT seq FROM events WHERE job = ? AND attempt = ? AND kind = 'intended'"
        between = "SELECT DISTINCT job FROM events WHERE seq > ? AND seq < ?"
        try:
            (here,) = self._db.execute(begun, (order.job, order.attempt)).fetchone()
            jobs = self._db.execute(between, (after, here)).fetchall()
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        found = (self._fold(_OF_JOB, (job,))[job] for (job,) in jobs)
        return int(here), tuple(life for lives in found for life in lives)

    def _fold(self, query: str, values: tuple[str, ...]) -> dict[JobDigest, list[Life]]:
        try:
            return fold(Row(*one) for one in self._db.execute(query, values))
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        except IllegalStep as error:
            raise problem.damaged(self._path, str(error)) from error

    def claim(
        self, take: TakeKey, run: RunId, at: datetime, lives: Callable[[RunId], bool]
    ) -> RunId | None:
        """Claim a take for a run, also from a dead one; return the living run that has it."""
        job = _claimed(take)
        with self.transaction():
            found = self._db.execute("SELECT owner FROM claims WHERE job = ?", (job,)).fetchone()
            if found and found[0] != run and lives(RunId(found[0])):
                return RunId(found[0])
            self._db.execute(
                "INSERT OR REPLACE INTO claims (job, owner, at) VALUES (?, ?, ?)",
                (job, run, at.isoformat()),
            )
            return None

    def release(self, takes: Sequence[TakeKey], run: RunId) -> None:
        """Give up claims, so that another run may go on with the takes."""
        with self.transaction():
            self._db.executemany(
                "DELETE FROM claims WHERE job = ? AND owner = ?",
                [(_claimed(take), run) for take in takes],
            )

    def owners(self) -> dict[TakeKey, RunId]:
        """Read who claims what; an owner may be dead."""
        try:
            return {
                _claim_of(job): RunId(owner)
                for job, owner in self._db.execute("SELECT job, owner FROM claims")
            }
        except sqlite3.Error as error:
            raise translate(error, self._path) from error

    def being_sent(self, order: Order) -> frozenset[RunId]:
        """Read which runs have intended an equal request for another take, and know no answer yet.

        A run that owns one may be dead; then nobody will hear the answer.
        """
        try:
            found = self._db.execute(
                _BEING_SENT, (order.attempt, order.endpoint, order.body)
            ).fetchall()
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        return frozenset(RunId(owner) for (owner,) in found)

    def note_upload(self, provider: str, file: str, url: str, at: datetime) -> None:
        """Record where a file's content stands at the provider."""
        with self.transaction():
            self._db.execute(
                "INSERT INTO uploads (at, provider, file, url) VALUES (?, ?, ?, ?)",
                (at.isoformat(), provider, file, url),
            )

    def upload(self, provider: str, file: str) -> tuple[str, datetime] | None:
        """Read where and since when a file's content stands at the provider."""
        try:
            found = self._db.execute(
                "SELECT url, at FROM uploads WHERE file = ? AND provider = ?"
                " ORDER BY seq DESC LIMIT 1",
                (file, provider),
            ).fetchone()
        except sqlite3.Error as error:
            raise translate(error, self._path) from error
        return (found[0], datetime.fromisoformat(found[1])) if found else None


def _claimed(take: TakeKey) -> str:
    """Write a take as `claims` has it: the first by its digest alone, as before there were more."""
    return take.job if take.number == 1 else f"{take.job}#{take.number}"


def _claim_of(text: str) -> TakeKey:
    job, _, number = text.partition("#")
    return TakeKey(JobDigest(job), int(number) if number.isdecimal() else 1)


def _gone_on(last: str | None) -> str:
    return f"another run has gone on with it ({last})"
