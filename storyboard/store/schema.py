"""A path into an open journal database, made or checked, and never one of a later version."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep

from storyboard.store import problem
from storyboard.store.effects import effect

VERSION = 1
APPLICATION = 0x53544F52  # "STOR", so that `file` and others can tell what it is
_BUSY_S = 60.0
_AGAIN_S = 0.02
_OURS_OR_EMPTY = {0, APPLICATION}

_SCHEMA = """
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  attempt TEXT NOT NULL,
  job TEXT NOT NULL,
  kind TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX events_of_job ON events (job, seq);
CREATE INDEX events_of_request ON events (json_extract(data, '$.request')) WHERE kind = 'accepted';
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
-- The last guard against paying twice: whatever the program believes, the database takes no
-- second attempt at a job whose first is not over.
CREATE TRIGGER one_attempt_at_a_time BEFORE INSERT ON events WHEN NEW.kind = 'intended'
  AND (SELECT kind FROM events WHERE job = NEW.job ORDER BY seq DESC LIMIT 1)
    IN ('intended', 'unknown', 'accepted', 'finished', 'stored', 'mislaid')
  BEGIN SELECT RAISE(ABORT, 'an attempt at this job is not over'); END;
"""


def open_journal(path: Path) -> sqlite3.Connection:
    """Open the journal for writing, made new where there is none.

    Raises:
        StoreProblem: where a later version wrote it, it is damaged, or the disk refuses.
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
        _make(db)
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
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (application,) = db.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error as error:
        raise translate(error, path) from error
    if application not in _OURS_OR_EMPTY:
        raise problem.damaged(path, "it is a database of another program")
    if version > VERSION:
        raise problem.newer(path, version, VERSION)


def is_made(db: sqlite3.Connection) -> bool:
    """Tell whether the tables are there: they come all at once, with the version."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return bool(version)


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


def _make(db: sqlite3.Connection) -> None:
    """Make the tables in one transaction, so that two first runs at once make them once."""
    if db.execute("PRAGMA user_version").fetchone() == (VERSION,):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        if db.execute("PRAGMA user_version").fetchone() != (VERSION,):
            for statement in _statements(_SCHEMA):
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
