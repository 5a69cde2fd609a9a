import multiprocessing
import os
import shutil
import sqlite3
import stat
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from store_values import (
    DAY,
    FAULT,
    finished,
    intended,
    job_of,
    journals,
    order,
    path_to,
    stored,
    take_1,
    ticket,
)

from storyboard.plan import StoreView
from storyboard.provider import Charge
from storyboard.store import Conflict, Store, StoreProblem, view
from storyboard.store import life as states
from storyboard.store.layout import STORE, Layout
from storyboard.store.life import Life, order_of
from storyboard.store.runs import RunId, alive
from storyboard.store.schema import VERSION, open_journal
from storyboard.store.viewing import reading


def take_all(store: Store, *steps: Life) -> None:
    for step in steps:
        assert store.record([step]) == (None,)


@settings(max_examples=30, deadline=None)
@given(journals())
def test_what_was_recorded_is_read_back_by_the_next_run(steps: list[Life]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder)) as store:
            take_all(store, *steps)
        with Store.open(Path(folder)) as store:
            found = [life for lives in store.journal.attempts().values() for life in lives]
            assert {order_of(life).attempt: life for life in found} == {
                order_of(step).attempt: step for step in steps
            }
            for take, life in store.lives().items():
                assert store.latest(take) == life


def test_a_commit_is_on_the_disk_when_it_returns(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        db = store.journal._db  # noqa: SLF001 -- each connection has its own settings
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert db.execute("PRAGMA fullfsync").fetchone() == (1,)


def test_a_step_that_another_run_has_overtaken_is_a_conflict(tmp_path: Path) -> None:
    first = intended()
    with Store.open(tmp_path) as mine, Store.open(tmp_path) as theirs:
        take_all(mine, first, states.Accepted(first, ticket(), DAY))
        (conflict,) = theirs.record([states.Unknown(first, "stale", DAY)])
        assert isinstance(conflict, Conflict)
        (again,) = theirs.record([intended(order(attempt="a2"))])
        assert isinstance(again, Conflict)


def test_a_conflict_in_a_batch_leaves_the_other_steps(tmp_path: Path) -> None:
    one, two = intended(order("j1", "a1")), intended(order("j2", "a2"))
    with Store.open(tmp_path) as store:
        take_all(store, one)
        conflict, fine = store.record([intended(order("j1", "a9")), two])
        assert isinstance(conflict, Conflict)
        assert fine is None
        assert store.latest(take_1(order("j2").job)) == two


def test_one_found_request_is_not_taken_up_for_two_attempts(tmp_path: Path) -> None:
    lost = [states.Unknown(intended(order(f"j{n}", f"a{n}")), "no answer", DAY) for n in (1, 2)]
    with Store.open(tmp_path) as store:
        for life in lost:
            take_all(store, life.before, life)
        take_all(store, states.Accepted(lost[0], ticket("r7"), DAY))
        (conflict,) = store.record([states.Accepted(lost[1], ticket("r7"), DAY)])
        assert isinstance(conflict, Conflict)


def test_the_database_itself_takes_no_second_attempt_and_forgets_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        take_all(store, *path_to(stored()))
    db = sqlite3.connect(tmp_path / ".storyboard" / "journal.db")
    insert = (
        "INSERT INTO events (at, attempt, job, kind, data) VALUES ('', 'a9', ?, 'intended', '')"
    )
    for statement, words in (
        (insert, "not over"),
        ("DELETE FROM events", "append-only"),
        ("UPDATE events SET kind = 'refused'", "append-only"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=words):
            db.execute(statement, (order().job,) if "?" in statement else ())
    db.close()


def test_a_journal_of_a_later_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    path = tmp_path / ".storyboard" / "journal.db"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    for use in (Store.open, view):
        with pytest.raises(StoreProblem, match="a newer storyboard") as caught:
            use(tmp_path)
        assert caught.value.code == "SB910"
        assert "upgrade" in caught.value.help
    assert path.read_bytes() == before


@pytest.mark.parametrize("data", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 4096])
def test_a_damaged_journal_is_named_and_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    Store.open(tmp_path).close()
    path = tmp_path / ".storyboard" / "journal.db"
    path.write_bytes(data)
    for use in (Store.open, view):
        with pytest.raises(StoreProblem) as caught:
            use(tmp_path)
        assert caught.value.code == "SB911"
        assert "do not delete" in caught.value.help
    assert path.read_bytes() == data


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ".storyboard"
    folder.mkdir()
    db = sqlite3.connect(folder / "journal.db")
    db.execute("PRAGMA application_id = 7")
    db.execute("CREATE TABLE t (x)")
    db.commit()
    db.close()
    with pytest.raises(StoreProblem, match="another program"):
        Store.open(tmp_path)


def test_a_write_ahead_log_cut_anywhere_reads_as_a_prefix(tmp_path: Path) -> None:
    """A power cut leaves any part of the last commits; what is read is a journal that was."""
    project = tmp_path / "live"
    steps = path_to(stored())
    with Store.open(project) as store:
        take_all(store, *steps)
        journal = project / ".storyboard" / "journal.db"
        log = journal.with_name("journal.db-wal").read_bytes()
        base = journal.read_bytes()
    for cut in (*range(0, len(log), max(1, len(log) // 40)), len(log)):
        folder = tmp_path / f"cut{cut}" / ".storyboard"
        folder.mkdir(parents=True)
        (folder / "journal.db").write_bytes(base)
        (folder / "journal.db-wal").write_bytes(log[:cut])
        with Store.open(folder.parent) as store:
            life = store.lives().get(take_1(order().job))
        assert life is None or life in steps
    assert life == steps[-1]


def test_no_key_and_no_time_is_needed_to_view_and_nothing_is_written(tmp_path: Path) -> None:
    assert view(tmp_path) == view(tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())
    clip = stored(order("j1", "a1"))
    unknown = states.Unknown(intended(order("j2", "a2")), "lost", DAY)
    flying = finished(order("j3", "a3")).before
    failed = states.Failed(finished(order("j4", "a4")).before, FAULT, None, DAY)
    with Store.open(tmp_path) as store:
        for life in (clip, unknown, flying, failed):
            take_all(store, *path_to(life))
        assert isinstance(clip.kept, states.KeptClip)
        path = store.clip_path(clip.kept)
        path.parent.mkdir()
        path.write_bytes(b"clip")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    seen = view(tmp_path)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")} == before
    assert seen.rendered == {job_of("j1")}
    assert seen.unknown == {job_of("j2")}
    assert seen.in_flight == {job_of("j3")}
    assert seen.failed == {job_of("j4"): "the model failed"}
    assert seen.earlier["opening/j1"] == job_of("j1")
    assert seen.days[job_of("j1")] == DAY.date()
    assert seen.requested[job_of("j1")].body == {"prompt": "ünï"}
    path.unlink()
    assert view(tmp_path).in_flight == {
        job_of("j1"),
        job_of("j3"),
    }  # it is fetched again, not paid again


def test_an_intent_is_in_flight_while_its_run_lives_and_unknown_when_it_is_dead(
    tmp_path: Path,
) -> None:
    first = intended()
    job = order().job
    with Store.open(tmp_path) as store:
        assert store.claim(take_1(job)) is None
        take_all(store, first)
        assert view(tmp_path).in_flight == {job}
    assert view(tmp_path).unknown == {job}


def test_view_reads_a_store_that_may_not_be_written(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        take_all(store, *path_to(finished()))
        # In use, with its log beside it, copied to a place where nothing can be made.
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / ".storyboard", copy / ".storyboard")
    (copy / ".storyboard" / "journal.db-shm").unlink()
    folders = [copy / ".storyboard", copy]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert view(copy).in_flight == {order().job}
    finally:
        for folder in folders:
            folder.chmod(stat.S_IRWXU)


def _hold(project: str, ready: "multiprocessing.connection.Connection") -> None:
    store = Store.open(Path(project))
    store.claim(take_1(order().job))
    ready.send("ready")
    ready.recv()
    os.kill(os.getpid(), 9)


def test_a_claim_holds_against_other_processes_and_dies_with_its_own(tmp_path: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_hold, args=(str(tmp_path), theirs)
    )
    process.start()
    try:
        assert ours.recv() == "ready"
        with Store.open(tmp_path) as store:
            assert store.others()
            holder = store.claim(take_1(order().job))
            assert holder is not None
            assert alive(store.layout.runs, holder)
            ours.send("die")
            process.join()
            assert store.claim(take_1(order().job)) is None
            assert not alive(store.layout.runs, holder)
    finally:
        process.kill()
        process.join()


def test_a_journal_opened_by_others_at_the_same_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits = []

    def let_go(seconds: float) -> None:
        waits.append(seconds)
        other.close()

    monkeypatch.setattr("storyboard.store.schema.sleep", let_go)
    db = open_journal(path)
    assert len(waits) == 1
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    db.close()


def test_a_journal_that_stays_held_is_told_as_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    hour = iter(range(0, 3600, 40))
    monkeypatch.setattr("storyboard.store.schema.monotonic", lambda: next(hour))
    with pytest.raises(StoreProblem, match="another run holds it"):
        open_journal(path)
    other.close()


def test_a_claim_is_free_again_when_released_or_closed(tmp_path: Path) -> None:
    job = order().job
    with Store.open(tmp_path) as mine:
        with Store.open(tmp_path) as theirs:
            assert mine.claim(take_1(job)) is None
            assert mine.claim(take_1(job)) is None  # again is no contradiction
            assert theirs.claim(take_1(job)) is not None
            mine.release([take_1(job)])
            assert theirs.claim(take_1(job)) is None
        assert mine.claim(take_1(job)) is None
        assert not alive(mine.layout.runs, RunId("never-was"))


def test_lock_files_of_dead_runs_are_swept(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    stale = tmp_path / ".storyboard" / "runs" / "dead.lock"
    stale.touch()
    with Store.open(tmp_path):
        assert not stale.exists()


def test_git_sees_nothing_of_the_store(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    assert (tmp_path / ".storyboard" / ".gitignore").read_text().endswith("\n*\n")


def test_an_upload_is_known_by_content_and_provider_until_it_may_be_gone(tmp_path: Path) -> None:
    store = Store(Layout(tmp_path / ".storyboard"), project=tmp_path, now=lambda: DAY)
    store.note_upload("fal", "f1", "https://x/1")
    days = timedelta(days=5)
    assert store.upload("other", "f1", days) is None
    assert store.upload("fal", "f2", days) is None
    assert store.upload("fal", "f1", days) == "https://x/1"
    store.now = lambda: DAY.replace(month=12)
    assert store.upload("fal", "f1", days) is None
    # A clock that was ahead when it was noted must not make it last until then.
    store.now = lambda: DAY.replace(year=DAY.year - 1)
    assert store.upload("fal", "f1", days) is None
    store.close()


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        take_all(store, intended())
        pages = store.journal._db.execute("PRAGMA page_count").fetchone()[0]  # noqa: SLF001 - to fill it
        store.journal._db.execute(f"PRAGMA max_page_count = {pages}")  # noqa: SLF001
        long = states.Unknown(intended(), "no answer " * 10_000, DAY)
        with pytest.raises(StoreProblem) as caught:
            store.record([long])
        assert caught.value.code == "SB912"
        assert store.latest(take_1(order().job)) == intended()
        store.journal._db.execute("PRAGMA max_page_count = 100000")  # noqa: SLF001
        take_all(store, long)


def test_reading_gives_nothing_where_nothing_is(tmp_path: Path) -> None:
    with reading(Layout(tmp_path)) as journal:
        assert journal is None


def test_charges_survive_the_wire() -> None:
    assert {one.value for one in Charge} == {"none", "possible", "paid"}


def test_a_journal_that_was_only_begun_holds_nothing(tmp_path: Path) -> None:
    """A run that died between making the file and its tables leaves a database without any."""
    layout = Layout(tmp_path / STORE)
    layout.make()
    db = sqlite3.connect(layout.journal)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN IMMEDIATE")
    db.close()
    assert view(tmp_path) == StoreView()
