"""Open a journal's database: make it, bring it to this version, or refuse a later one."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from storyboard.store import problem
from storyboard.store.effects import effect

VERSION = 2
"""What is known of a journal by its number; a higher one is refused. See docs/journal.md."""
APPLICATION = 0x53544F52  # "STOR", so that `file` and others can tell what it is
_BUSY_S = 60.0
_AGAIN_S = 0.02
_OURS_OR_EMPTY = {0, APPLICATION}

_TABLES = """
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  attempt TEXT NOT NULL,
  job TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX events_of_job ON events (job, seq);
CREATE TABLE uploads (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  provider TEXT NOT NULL,
  file TEXT NOT NULL,
  url TEXT NOT NULL
);
CREATE INDEX uploads_of_file ON uploads (file, provider, seq);
CREATE TABLE claims (job TEXT PRIMARY KEY, owner TEXT NOT NULL, at TEXT NOT NULL);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
"""What version 1 has as well, byte for byte."""

_GUARDS = """
-- Which attempt holds which request. No two hold one: whoever records the second is refused, in
-- whatever process and by whatever way it got there. Rows of version 1 do not name the provider as
-- it is named now, so theirs is empty here, which stands for any.
CREATE TABLE requests (
  request TEXT NOT NULL,
  provider TEXT NOT NULL,
  attempt TEXT NOT NULL,
  PRIMARY KEY (request, provider)
) WITHOUT ROWID;
CREATE TRIGGER requests_stay BEFORE UPDATE ON requests
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER requests_are_kept BEFORE DELETE ON requests
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER requests_have_one_attempt BEFORE INSERT ON requests WHEN EXISTS (
    SELECT 1 FROM requests WHERE request = NEW.request AND (provider = '' OR NEW.provider = '')
  )
  BEGIN SELECT RAISE(ABORT, 'another attempt has this request'); END;
CREATE TRIGGER accepted_requests AFTER INSERT ON events WHEN NEW.kind = 'accepted'
  BEGIN INSERT INTO requests (request, provider, attempt) VALUES (
    json_extract(NEW.data, '$.request'),
    coalesce(json_extract(NEW.data, '$.provider'), ''),
    NEW.attempt
  ); END;
CREATE TRIGGER adopted_requests AFTER INSERT ON events WHEN NEW.kind = 'adopted'
  AND json_extract(NEW.data, '$.origin.request') IS NOT NULL
  BEGIN INSERT INTO requests (request, provider, attempt) VALUES (
    json_extract(NEW.data, '$.origin.request'),
    coalesce(json_extract(NEW.data, '$.origin.provider'), ''),
    NEW.attempt
  ); END;
-- The last guard against paying twice: whatever the program believes, the database takes no
-- second attempt at a take whose first is not over. A kind that only a later version knows is not
-- over either.
CREATE TRIGGER one_attempt_at_a_time BEFORE INSERT ON events
  WHEN NEW.kind IN ('intended', 'adopted') AND EXISTS (
    SELECT 1 FROM (SELECT attempt, data, min(seq) FROM events WHERE job = NEW.job GROUP BY attempt)
      AS begun
    WHERE coalesce(CASE WHEN json_valid(begun.data) THEN json_extract(begun.data, '$.take') END, 1)
        = coalesce(CASE WHEN json_valid(NEW.data) THEN json_extract(NEW.data, '$.take') END, 1)
      AND (
        SELECT kind FROM events WHERE job = NEW.job AND attempt = begun.attempt
        ORDER BY seq DESC LIMIT 1
      ) NOT IN ('refused', 'failed', 'abandoned', 'forgotten')
  )
  BEGIN SELECT RAISE(ABORT, 'an attempt at this job is not over'); END;
"""

# Made when a journal is opened, if it is not there: such a guard may be added without a version.
_RECOVERED_ALONE = """
CREATE TRIGGER IF NOT EXISTS recovered_alone BEFORE INSERT ON events
  WHEN NEW.kind = 'recovered' AND EXISTS (
    SELECT 1 FROM (SELECT attempt, data, min(seq) FROM events WHERE job = NEW.job GROUP BY attempt)
      AS begun
    WHERE begun.attempt <> NEW.attempt
      AND coalesce(CASE WHEN json_valid(begun.data) THEN json_extract(begun.data, '$.take') END, 1)
        = (SELECT coalesce(CASE WHEN json_valid(data) THEN json_extract(data, '$.take') END, 1)
           FROM events WHERE job = NEW.job AND attempt = NEW.attempt ORDER BY seq LIMIT 1)
      AND (
        SELECT kind FROM events WHERE job = NEW.job AND attempt = begun.attempt
        ORDER BY seq DESC LIMIT 1
      ) NOT IN ('refused', 'failed', 'abandoned', 'forgotten')
  )
  BEGIN SELECT RAISE(ABORT, 'another attempt at this take has begun'); END;
"""

_FROM_VERSION_1 = """
DROP TRIGGER one_attempt_at_a_time;
DROP INDEX events_of_request;
"""

# Version 1 could record one request for two attempts: the first keeps it.
_REQUESTS_OF_VERSION_1 = """
INSERT INTO requests (request, provider, attempt)
SELECT request, '', attempt FROM (
  SELECT json_extract(data, '$.request') AS request, attempt, min(seq) FROM events
  WHERE kind = 'accepted' GROUP BY 1
);
"""

_SCRIPTS = {
    0: f"{_TABLES}{_GUARDS}",
    1: f"{_FROM_VERSION_1}{_GUARDS}{_REQUESTS_OF_VERSION_1}",
}
"""What brings a journal of a version to this one; 0 is an empty file. No row is rewritten."""


def open_journal(path: Path, in_use: Callable[[], bool] = lambda: False) -> sqlite3.Connection:
    """Open the journal for writing, made new where there is none, brought to this version.

    `in_use` tells whether another run has it open. One of an earlier version may be at work then,
    and could not read what this one writes.

    Raises:
        StoreProblem: where a later version wrote it, it is damaged, the disk refuses, or it is of
            an earlier version and in use.
    """
    try:
        db = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise problem.disk(path, OSError(None, str(error))) from error
    try:
        check_version(db, path)
        _log_ahead(db)
        # FULL: a commit is on the disk when it returns. Without it a power cut could forget a
        # request that was sent. fullfsync is what macOS needs to mean it.
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA fullfsync = 1")
        db.execute("PRAGMA checkpoint_fullfsync = 1")
        _make(db, path, in_use)
        db.execute(_RECOVERED_ALONE)
    except sqlite3.Error as error:
        db.close()
        raise translate(error, path) from error
    except problem.StoreProblem:
        db.close()
        raise
    return db


def check_version(db: sqlite3.Connection, path: Path) -> None:
    """Refuse what a later version wrote, and what is no journal.

    Raises:
        StoreProblem: where that is so.
    """
    try:
        version = _version(db)
        (application,) = db.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error as error:
        raise translate(error, path) from error
    if application not in _OURS_OR_EMPTY:
        raise problem.damaged(path, "it is a database of another program")
    if version > VERSION:
        raise problem.newer(path, version, VERSION)


def is_made(db: sqlite3.Connection) -> bool:
    """Tell whether the tables are there: they come all at once, with the version."""
    return bool(_version(db))


def _log_ahead(db: sqlite3.Connection) -> None:
    """Set the journal to write ahead, waiting for others that open it at the same moment.

    The change begins as a read and ends as a write. Where another writes already, SQLite refuses
    that at once, whatever the timeout, since two that waited for each other would wait for ever
    (https://www.sqlite.org/c3ref/busy_handler.html). So it is asked again.
    """
    until = monotonic() + _BUSY_S
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # The low byte is the code, the others say more of it.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_AGAIN_S)
        else:
            return


def _make(db: sqlite3.Connection, path: Path, in_use: Callable[[], bool]) -> None:
    """Make or change the tables in one transaction, so that two runs at once do it once.

    A run that dies in it leaves the journal as it was.
    """
    if _version(db) == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        if (version := _version(db)) != VERSION:
            _check_idle(path, version, in_use)
            for statement in _statements(_SCRIPTS[version]):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            db.execute(f"PRAGMA user_version = {VERSION}")
        effect("schema.commit")
        db.execute("COMMIT")
        effect("schema.committed")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _check_idle(path: Path, version: int, in_use: Callable[[], bool]) -> None:
    """Refuse to change a journal under a run that knows it as it was; a new one is nobody's."""
    if version and in_use():
        raise problem.old_and_in_use(path, version, VERSION)


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> list[str]:
    """Split at complete statements; `executescript` would commit each by itself."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def translate(error: sqlite3.Error, path: Path) -> problem.StoreProblem:
    """Say in the program's words what SQLite found."""
    text = str(error)
    if "full" in text:
        return problem.disk(path, OSError(28, text))
    if "readonly" in text or "unable to open" in text or "I/O" in text:
        return problem.disk(path, OSError(None, text))
    if "locked" in text or "busy" in text:
        return problem.StoreProblem(
            problem.BUSY,
            f"{path} was busy for {_BUSY_S:.0f} s: another run holds it",
            "wait for the other run, or look for a process that hangs; nothing was lost",
        )
    return problem.damaged(path, text)
