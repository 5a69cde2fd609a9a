"""Read what is known of a project's jobs from its store, without writing a byte."""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import assert_never

from storyboard.jobs import JobDigest
from storyboard.plan import Requested, StoreView
from storyboard.provider import VoiceMade
from storyboard.store import life as states
from storyboard.store import runs
from storyboard.store.catalogues import kept_catalogues
from storyboard.store.journal import Journal
from storyboard.store.latest_attempts import latest_of_each
from storyboard.store.layout import Layout
from storyboard.store.links import check_links
from storyboard.store.next_steps import (
    FailedJobs,
    FetchAgain,
    Keep,
    LeaveFailed,
    LeaveLater,
    NextStep,
    Open,
    TakeUp,
    next_step,
)
from storyboard.store.schema import check_version, is_made, translate


def view_of(layout: Layout) -> StoreView:
    """Read what a store holds; an empty view where nothing was written into its journal yet.

    Raises:
        StoreProblem: where a later version wrote it, it is damaged, or it holds a link.
    """
    with reading(layout) as journal:
        if journal is None:
            return StoreView()
        return _view(layout, journal)


@contextmanager
def reading(layout: Layout) -> Iterator[Journal | None]:
    """Open the journal for reading only; None where there is none, or nothing in it yet.

    Raises:
        StoreProblem: where a later version wrote it, it is damaged, or the store holds a link.
    """
    check_links(layout.root)
    path = layout.journal
    if not path.exists():
        yield None
        return
    with ExitStack() as stack:
        db = _connect(path, stack)
        stack.callback(db.close)
        check_version(db, path)
        # A run that died while it made the journal leaves a database without tables.
        yield Journal(db, path) if is_made(db) else None


def _connect(path: Path, stack: ExitStack) -> sqlite3.Connection:
    """Open without leaving a trace.

    A journal that was closed cleanly has no write-ahead log beside it and is read as it is. One
    in use has its log and index there already. Where even that needs a write that is not
    allowed, a copy is read.
    """
    log = path.with_name(f"{path.name}-wal")
    mode = "mode=ro" if log.exists() else "mode=ro&immutable=1"
    try:
        return _open(f"{path.absolute().as_uri()}?{mode}")
    except sqlite3.OperationalError:
        spare = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storyboard-")))
        try:
            for name in (path, log):
                if name.exists():
                    shutil.copyfile(name, spare / name.name)
            return _open((spare / path.name).as_uri())
        except sqlite3.Error as error:
            raise translate(error, path) from error
    except sqlite3.Error as error:
        raise translate(error, path) from error


def _open(uri: str) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        db.close()
        raise
    return db


def _view(layout: Layout, journal: Journal) -> StoreView:
    lives = latest_of_each(journal.attempts())
    owners = journal.owners()
    living = {owner for owner in set(owners.values()) if runs.alive(layout.runs, owner)}
    claimed = frozenset(job for job, owner in owners.items() if owner in living)
    steps = {
        job: next_step(life, lambda stored: is_there(layout, stored), FailedJobs.LEAVE)
        for job, life in lives.items()
    }
    rendered, left = _those(steps, Keep), _those(steps, LeaveLater)
    unknown = frozenset(
        job
        for job, step in steps.items()
        if isinstance(step, TakeUp) and _is_unknown(step.life, claimed=job in claimed)
    )
    open_ = _those(steps, TakeUp)
    endpoints = frozenset(states.order_of(lives[job]).endpoint for job in rendered | open_ | left)
    return StoreView(
        rendered=rendered,
        in_flight=open_ - unknown,
        unknown=unknown,
        left=left,
        failed={
            job: life.fault.message
            for job, life in lives.items()
            if isinstance(life, states.Refused | states.Failed)
        },
        held=_those(steps, LeaveFailed) | _those(steps, FetchAgain),
        refetched=_those(steps, FetchAgain),
        earlier={states.order_of(life).id: job for job, life in lives.items()},
        days={
            job: life.at.date() for job, life in lives.items() if isinstance(life, states.Stored)
        },
        requested={job: _requested(states.order_of(life)) for job, life in lives.items()},
        endpoints=endpoints,
        catalogues=kept_catalogues(layout) if endpoints else (),
    )


def _requested(order: states.Order) -> Requested:
    body = json.loads(order.asked)
    return Requested(order.endpoint, body, order.shots, order.used, order.films)


def _those(steps: Mapping[JobDigest, NextStep], kind: type[NextStep]) -> frozenset[JobDigest]:
    return frozenset(job for job, step in steps.items() if isinstance(step, kind))


def _is_unknown(life: Open, *, claimed: bool) -> bool:  # a fact of the job, not a mode
    """Tell whether nobody knows of an open attempt; if its run lives, it will be accepted."""
    return isinstance(life, states.Unknown) or (isinstance(life, states.Intended) and not claimed)


def is_there(layout: Layout, life: states.Stored) -> bool:
    """Tell whether a stored result is still there; a voice is, by its name."""
    match life.kept:
        case states.KeptClip(digest=digest, suffix=suffix):
            return layout.clip(digest, suffix).exists()
        case VoiceMade():
            return True
    assert_never(life.kept)
