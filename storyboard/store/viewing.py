"""Read what is known of a project's jobs from its store, without writing a byte."""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import assert_never

from storyboard.jobs import JobDigest
from storyboard.plan import (
    Charged,
    JobState,
    KeptTake,
    KnownTake,
    Requested,
    StoreView,
    which_takes,
)
from storyboard.provider import Charge, VoiceMade
from storyboard.store import life as states
from storyboard.store import runs
from storyboard.store.catalogues import kept_catalogues
from storyboard.store.journal import Journal
from storyboard.store.layout import Layout
from storyboard.store.links import check_links
from storyboard.store.next_steps import FailedJobs, FetchAgain, Open, TakeUp, next_step
from storyboard.store.schema import check_version, is_made, translate
from storyboard.store.takes import TakeKey, state_of, take_lives


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
    attempts, owners = journal.attempts(), journal.owners()
    living = {owner for owner in set(owners.values()) if runs.alive(layout.runs, owner)}
    claimed = frozenset(key for key, owner in owners.items() if owner in living)
    takes: dict[JobDigest, dict[int, KnownTake]] = {}
    shown: dict[JobDigest, KnownTake] = {}
    lives: dict[JobDigest, states.Life] = {}
    for job, tried in attempts.items():
        of_job = take_lives(tried)
        takes[job] = {
            number: _known(layout, number, life, claimed=TakeKey(job, number) in claimed)
            for number, life in of_job.items()
        }
        (first,) = which_takes({number: one.state for number, one in takes[job].items()}, 1)
        # A job of which no take is there, or is to come, is told of by its latest.
        number = first if first in of_job else max(of_job)
        shown[job], lives[job] = takes[job][number], of_job[number]
    kept = (JobState.RENDERED, JobState.IN_FLIGHT, JobState.UNKNOWN, JobState.LEFT)
    endpoints = frozenset(
        states.order_of(lives[job]).endpoint for job, one in shown.items() if one.state in kept
    )
    return StoreView(
        rendered=_those(shown, JobState.RENDERED),
        in_flight=_those(shown, JobState.IN_FLIGHT),
        unknown=_those(shown, JobState.UNKNOWN),
        left=_those(shown, JobState.LEFT),
        failed={job: one.failure for job, one in shown.items() if one.failure},
        held=_those(shown, JobState.FAILED),
        refetched=frozenset(job for job, one in shown.items() if one.refetched),
        earlier={states.order_of(life).id: job for job, life in lives.items()},
        days={job: one.day for job, one in shown.items() if one.day is not None},
        requested={job: _requested(states.order_of(life)) for job, life in lives.items()},
        endpoints=endpoints,
        catalogues=kept_catalogues(layout) if endpoints else (),
        takes=takes,
        charged=tuple(_charged(attempts)),
    )


def _charged(attempts: Mapping[JobDigest, Iterable[states.Life]]) -> Iterator[Charged]:
    """Tell what each attempt cost that is not known to have cost nothing."""
    for job, lives in attempts.items():
        for life in lives:
            if states.charge_of(life) is not Charge.NONE:
                yield Charged(job, states.order_of(life).films, states.amount_of(life))


def _known(layout: Layout, number: int, life: states.Life, *, claimed: bool) -> KnownTake:
    """Tell where a take stands; it is `claimed` if a living run is at work on it."""
    step = next_step(life, lambda stored: is_there(layout, stored), FailedJobs.LEAVE)
    state = state_of(step)
    if isinstance(step, TakeUp):
        unknown = _is_unknown(step.life, claimed=claimed)
        state = JobState.UNKNOWN if unknown else JobState.IN_FLIGHT
    fault = life.fault if isinstance(life, states.Refused | states.Failed) else None
    return KnownTake(
        number=number,
        state=state,
        failure=fault.message if fault else "",
        refetched=isinstance(step, FetchAgain),
        day=life.at.date() if isinstance(life, states.Stored) else None,
        kept=_kept(layout, life),
    )


def _kept(layout: Layout, life: states.Life) -> KeptTake | None:
    """Tell of the clip that a take has, or had: its file may be gone."""
    stored = life.before if isinstance(life, states.Mislaid) else life
    if not isinstance(stored, states.Stored) or not isinstance(stored.kept, states.KeptClip):
        return None
    order, clip = states.order_of(life), stored.kept
    return KeptTake(
        clip=clip.digest,
        suffix=clip.suffix,
        size=clip.size,
        length=clip.facts.duration,
        kept_at=_first_kept(stored).at,
        price=states.amount_of(life),
        request=states.request_of(life),
        provider=states.provider_of(life),
        endpoint=order.endpoint,
        job=order.id,
        seconds=order.seconds,
        shots=order.shots,
        used=order.used,
        starts=order.starts,
        asks=order.asks,
        films=order.films,
        is_there=is_there(layout, stored),
    )


def _first_kept(stored: states.Stored) -> states.Stored:
    """Return how a result was first kept: one that was mislaid is fetched again."""
    before: states.Life | states.Adopted = stored
    while not isinstance(before, states.Intended | states.Adopted):
        if isinstance(before, states.Stored):
            stored = before
        before = before.before
    return stored


def _requested(order: states.Order) -> Requested:
    body = json.loads(order.asked)
    return Requested(order.endpoint, body, order.shots, order.used, order.films)


def _those(shown: Mapping[JobDigest, KnownTake], state: JobState) -> frozenset[JobDigest]:
    return frozenset(job for job, one in shown.items() if one.state is state)


def _is_unknown(life: Open, *, claimed: bool) -> bool:  # a fact of the take, not a mode
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
