"""A journal of version 1 in the second version's hands, and the other way round."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import version_1
from store_values import (
    DAY,
    adopted,
    finished,
    insert,
    intended,
    job_of,
    order,
    path_to,
    stored,
    take_1,
    ticket,
)

from storyboard.provider import Charge
from storyboard.store import Conflict, Store, StoreProblem, view
from storyboard.store import life as states
from storyboard.store.cleaning import clean, forget, forgettable
from storyboard.store.holdings import Stray, holding, verify
from storyboard.store.journal import Journal
from storyboard.store.layout import STORE, Layout
from storyboard.store.life import Life, charge_of, order_of, request_of, units_of
from storyboard.store.rows import Row, kind_of
from storyboard.store.runs import Run, RunId
from storyboard.store.schema import VERSION, open_journal
from storyboard.store.spending import spent, whole
from storyboard.store.viewing import reading

HARBOUR = Path(__file__).with_name("journals") / "harbour-1.sql"
READ = json.loads(HARBOUR.with_suffix(".json").read_text("utf-8"))
RELEASED = "0a59c36"
ROOT = Path(__file__).resolve().parents[2]
ROWS = "SELECT seq, at, attempt, job, kind, data FROM events ORDER BY seq"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A project whose journal the released program has written."""
    layout = Layout(tmp_path / STORE)
    layout.make()
    db = sqlite3.connect(layout.journal)
    db.executescript(HARBOUR.read_text("utf-8"))
    db.close()
    return tmp_path


def database(project: Path) -> sqlite3.Connection:
    return sqlite3.connect(project / STORE / "journal.db", isolation_level=None)


def told(attempts: dict[str, list[Life]]) -> dict[str, list[dict[str, object]]]:
    """Say of each attempt what the released program said of it."""
    return {
        job: [
            {
                "attempt": order_of(life).attempt,
                "id": order_of(life).id,
                "kind": kind_of(life),
                "at": life.at.isoformat(),
                "cost": str(order_of(life).cost),
                "charge": charge_of(life).value,
                "request": request_of(life),
                "units": units_of(life),
                "provider": order_of(life).provider,
            }
            for life in lives
        ]
        for job, lives in attempts.items()
    }


def check_read(journal: Journal) -> None:
    attempts = journal.attempts()
    assert told(attempts) == READ["attempts"]
    sums = whole(spent(attempts))
    assert {"paid": str(sums.paid), "possible": str(sums.possible)} == READ["spent"]
    assert journal.owners() == {take_1(job): run for job, run in READ["owners"].items()}
    assert journal.last() == READ["last"]


def test_the_journal_has_every_state_of_version_1() -> None:
    kinds = {one["kind"] for lives in READ["attempts"].values() for one in lives}
    assert kinds == {
        "intended",
        "unknown",
        "accepted",
        "finished",
        "stored",
        "mislaid",
        "refused",
        "failed",
        "abandoned",
        "forgotten",
    }


def test_a_journal_of_version_1_is_read_as_it_is_and_not_touched(harbour: Path) -> None:
    before = {path: path.read_bytes() for path in harbour.rglob("*") if path.is_file()}
    with reading(Layout(harbour / STORE)) as journal:
        assert journal is not None
        check_read(journal)
    seen = view(harbour)
    assert len(seen.rendered) == 1  # a voice
    assert len(seen.in_flight) == 10  # its clips are elsewhere: they would be fetched again
    assert len(seen.unknown) == 2
    assert {path: path.read_bytes() for path in harbour.rglob("*") if path.is_file()} == before


def test_it_is_brought_to_version_2_without_a_row_being_rewritten(harbour: Path) -> None:
    db = database(harbour)
    rows, uploads = db.execute(ROWS).fetchall(), db.execute("SELECT * FROM uploads").fetchall()
    seen = view(harbour)
    with Store.open(harbour) as store:
        check_read(store.journal)
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert db.execute(ROWS).fetchall() == rows
    assert db.execute("SELECT * FROM uploads").fetchall() == uploads
    requests = {one["request"] for lives in READ["attempts"].values() for one in lives}
    held = db.execute("SELECT request FROM requests").fetchall()
    assert {one for (one,) in held} == requests - {None}
    assert view(harbour) == seen
    Store.open(harbour).close()  # again is no harm
    db.close()


def test_it_has_the_tables_and_guards_of_a_new_one(harbour: Path, tmp_path: Path) -> None:
    schema = "SELECT type, name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name"
    Store.open(harbour).close()
    Store.open(tmp_path / "new").close()
    old, new = database(harbour), database(tmp_path / "new")
    assert old.execute(schema).fetchall() == new.execute(schema).fetchall()
    assert old.execute("PRAGMA application_id").fetchall() == [(version_1.APPLICATION,)]
    old.close()
    new.close()


def test_it_goes_on_where_version_1_left_it(harbour: Path) -> None:
    with Store.open(harbour) as store:
        for (job, _), life in store.lives().items():
            match life:
                case states.Accepted():
                    step: states.Known = states.Finished(life, finished().product, "3", DAY)
                case states.Intended():
                    step = states.Unknown(life, "crashed", DAY)
                case states.Stored():
                    (again,) = store.record([intended(replace(order(attempt="ff"), job=job))])
                    assert isinstance(again, Conflict)
                    continue
                case _:
                    continue
            assert store.record([step]) == (None,)
            assert store.latest(take_1(job)) == step


def test_a_request_of_version_1_is_taken_up_for_no_other_attempt(harbour: Path) -> None:
    (known, *_) = (
        str(one["request"])
        for lives in READ["attempts"].values()
        for one in lives
        if one["request"]
    )
    lost = states.Unknown(intended(), "lost", DAY)
    with Store.open(harbour) as store:
        taken = states.Accepted(lost, ticket(known), DAY)
        none, _, refused = store.record([lost.before, lost, taken])
        assert none is None
        assert str(refused) == f"opening/j1: another attempt has request {known}"


def test_two_attempts_of_version_1_with_one_request_are_kept(tmp_path: Path) -> None:
    """It could happen, to jobs with equal bodies in two runs."""
    both = [finished(order(f"j{n}", f"a{n}")).before for n in (1, 2)]
    both = [states.Accepted(life.before, ticket("r1"), DAY) for life in both]
    project = of_version_1(tmp_path, *both)
    with Store.open(project) as store:
        assert store.lives() == {take_1(order_of(life).job): life for life in both}
        assert store.record([states.Finished(both[1], finished().product, "4", DAY)]) == (None,)
    db = database(project)
    assert db.execute("SELECT * FROM requests").fetchall() == [("r1", "", "a1")]
    db.close()


def of_version_1(project: Path, *lives: states.Known) -> Path:
    layout = Layout(project / STORE)
    layout.make()
    db = sqlite3.connect(layout.journal)
    db.executescript(version_1.SCHEMA)
    insert(db, [version_1.to_row(step) for life in lives for step in path_to(life)])
    db.execute(f"PRAGMA application_id = {version_1.APPLICATION}")
    db.execute(f"PRAGMA user_version = {version_1.VERSION}")
    db.commit()
    db.close()
    return project


def test_a_run_that_dies_while_it_changes_the_journal_leaves_it_as_it_was(harbour: Path) -> None:
    code = (
        "import sys, pathlib; from storyboard.store import Store\n"
        "Store.open(pathlib.Path(sys.argv[1])).close()\n"
    )
    for at, version in ((1, 1), (2, VERSION)):
        done = subprocess.run(  # noqa: S603 -- our own interpreter
            [sys.executable, "-c", code, str(harbour)],
            env={**os.environ, "STORYBOARD_CRASH_AT": str(at)},
            check=False,
        )
        assert done.returncode == -9
        db = database(harbour)
        assert db.execute("PRAGMA user_version").fetchone() == (version,)
        db.close()
        with reading(Layout(harbour / STORE)) as journal:
            assert journal is not None
            check_read(journal)


def test_a_journal_that_cannot_be_changed_stays_of_version_1(harbour: Path) -> None:
    """One whose rows do not read is left for whoever can mend it."""
    db = database(harbour)
    db.execute("DROP INDEX events_of_request")
    insert(db, [Row("a1", job_of("j1"), "accepted", "", "no JSON")])
    rows = db.execute(ROWS).fetchall()
    db.execute("CREATE INDEX events_of_request ON events (job) WHERE kind = 'accepted'")
    with pytest.raises(StoreProblem, match="damaged: malformed JSON"):
        Store.open(harbour)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert db.execute(ROWS).fetchall() == rows
    db.close()


def test_a_journal_is_not_changed_under_a_run_of_an_earlier_version(harbour: Path) -> None:
    run = Run(Layout(harbour / STORE).runs, RunId("old"))
    with pytest.raises(StoreProblem, match="version 1, and another run is using it") as caught:
        Store.open(harbour)
    assert caught.value.code == "SB914"
    db = database(harbour)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()
    assert view(harbour).unknown
    run.close()
    Store.open(harbour).close()


# --- programs of version 1


def test_version_1_refuses_a_journal_of_version_2(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    db = database(tmp_path)
    assert version_1.check(db) == "newer"
    db.execute(f"PRAGMA user_version = {version_1.VERSION}")
    assert version_1.check(db) == ""
    db.close()


@pytest.fixture
def released(tmp_path: Path) -> Iterator[Path]:
    """The released program, out of this project's own history."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not here")
    packed = subprocess.run(  # noqa: S603 -- a commit of our own
        [git, "archive", RELEASED, "storyboard", "schemas", "templates"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if packed.returncode:
        pytest.skip(f"commit {RELEASED} is not here")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(tmp_path / "released", filter="data")
    yield tmp_path / "released"
    shutil.rmtree(tmp_path / "released")


def test_the_released_program_itself_refuses_it_and_leaves_it_as_it_is(
    harbour: Path, released: Path
) -> None:
    Store.open(harbour).close()
    path = harbour / STORE / "journal.db"
    before = path.read_bytes()
    for command in (["spend"], ["store", "ls"], ["store", "gc"]):
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "storyboard", *command, str(harbour)],
            env={**os.environ, "PYTHONPATH": str(released)},
            cwd=released,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 7
        assert "error[SB910]" in done.stderr
        assert "was written by a newer storyboard: journal version 2, not 1" in done.stderr
    assert path.read_bytes() == before


# --- a later version of the second version


def test_what_a_later_version_wrote_is_shown_and_left_alone(tmp_path: Path) -> None:
    clip = stored(order("j1", "a1"))
    flying = finished(order("j2", "a2")).before
    with Store.open(tmp_path) as store:
        assert isinstance(clip.kept, states.KeptClip)
        store.part_path(order().attempt).write_bytes(b"clip")
        settled = store.settle(order().attempt, ".mp4")
        kept = states.KeptClip(settled.digest, ".mp4", 4, clip.kept.facts)
        clip = states.Stored(clip.before, kept, DAY)
        path = store.keep(settled)
        other = adopted(order("j3", "a3"), digest=settled.digest)
        for life in (clip, flying, other):
            for step in path_to(life):
                assert store.record([step]) == (None,)
        store.part_path(order_of(flying).attempt).write_bytes(b"on its way")
    db = database(tmp_path)
    for life in (clip, flying):
        row = Row(order_of(life).attempt, order_of(life).job, "praised", DAY.isoformat(), "{}")
        insert(db, [row])
    db.close()
    with Store.open(tmp_path) as store:
        attempts = store.journal.attempts()
        for life in (clip, flying):
            order_ = order_of(life)
            later = states.Later(life, "praised", "{}", DAY)
            assert store.latest(take_1(order_.job)) == later
            (again,) = store.record([intended(order(str(order_.id)[-2:], "ff"))])
            assert isinstance(again, Conflict)
            assert forgettable(store, str(order_.id)) == ()
        assert whole(spent(attempts)).paid == Decimal("3.136")
        held = holding(store.layout, attempts)
        assert [one.path for one in held] == [path, path]
        assert not [one for one in verify(store.layout, held) if isinstance(one, Stray)]
        clean(store)
        assert store.part_path(order_of(flying).attempt).exists()
        (one,) = forgettable(store, "opening/j3")
        assert one.cost == 0
        forget(store, one)
        assert path.exists()  # the one that a later version went on with needs it
    assert view(tmp_path).left == {job_of("j1"), job_of("j2")}


def test_a_clip_that_a_later_version_named_is_not_removed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.part_path(order().attempt).write_bytes(b"clip")
        settled = store.settle(order().attempt, ".mp4")
        path = store.keep(settled)
        facts = stored().kept.facts  # type: ignore[union-attr]
        life = states.Stored(finished(), states.KeptClip(settled.digest, ".mp4", 4, facts), DAY)
        refused = states.Abandoned(intended(order("j2", "a2")), "", Charge.NONE, DAY)
        for step in (*path_to(life), *path_to(refused)):
            assert store.record([step]) == (None,)
        db = database(tmp_path)
        data = json.dumps({"clip": settled.digest})
        insert(db, [Row("a2", job_of("j2"), "found-again", DAY.isoformat(), data)])
        db.close()
        (one,) = forgettable(store, "opening/j1")
        forget(store, one)
    assert path.exists()


def test_a_later_program_may_add_tables_and_columns(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert store.record(path_to(stored())) == (None,) * 4
    db = database(tmp_path)
    db.execute("ALTER TABLE events ADD COLUMN machine TEXT")
    db.execute("CREATE TABLE picks (shot TEXT)")
    db.close()
    with Store.open(tmp_path) as store:
        assert store.latest(take_1(order().job)) == stored()
        assert store.record([states.Mislaid(stored(), DAY)]) == (None,)


def test_an_open_journal_of_this_version_is_opened_beside(tmp_path: Path) -> None:
    """Only a journal of an earlier version has to be idle."""
    with Store.open(tmp_path) as store:
        assert store.record([intended()]) == (None,)
        db = open_journal(tmp_path / STORE / "journal.db", lambda: True)
        assert db.execute("SELECT count(*) FROM events").fetchone() == (1,)
        db.close()
