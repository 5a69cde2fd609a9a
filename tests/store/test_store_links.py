"""A store that holds links, or files and rows that it did not make: nothing outside is touched."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from store_values import DAY, finished, insert, order, path_to, stored

from storyboard.cli.main import run
from storyboard.store import Store, StoreProblem, key_of, view
from storyboard.store import life as states
from storyboard.store.layout import STORE
from storyboard.store.life import AttemptId
from storyboard.store.locking import lock
from storyboard.store.rows import Row, to_row
from storyboard.store.runs import RunId, alive, sweep

REHEARSAL = f"{STORE}/rehearsal"

INSIDE = (
    "journal.db",
    "journal.db-wal",
    "journal.db-shm",
    ".gitignore",
    "clips",
    "clips/ab",
    f"clips/ab/{'ab' * 32}.mp4",
    "aside",
    "aside/a1.part",
    f"aside/a1-{'c' * 64}.mp4",
    "derived",
    "derived/films",
    "derived/ab",
    f"derived/ab/{'ab' * 32}.mp4",
    "runs",
    "runs/me.lock",
    "rehearsal",
    "rehearsal/journal.db",
    "rehearsal/emulator",
    "rehearsal/emulator/log.txt",
    "what nobody knows",
)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of the user's, with a file in it."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "dear.txt").write_text("dear")
    (folder / f"{'ab' * 32}.mp4").write_text("dear as well")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def untouched(outside: Path) -> bool:
    return {path.name: path.read_text() for path in outside.iterdir()} == {
        "dear.txt": "dear",
        f"{'ab' * 32}.mp4": "dear as well",
    }


@pytest.mark.parametrize("where", INSIDE)
@pytest.mark.parametrize("target", ["folder", "file", "nothing"])
def test_a_link_in_a_store_is_refused(
    where: str, target: str, project: Path, outside: Path
) -> None:
    link = project / STORE / where
    link.parent.mkdir(parents=True)
    leads = {"folder": outside, "file": outside / "dear.txt", "nothing": outside / "new.txt"}
    link.symlink_to(leads[target])
    opens: tuple[Callable[[], object], ...] = (
        lambda: Store.open(project),
        lambda: view(project),
    )
    if where.startswith("rehearsal"):
        opens += (
            lambda: Store.open(project, folder=REHEARSAL),
            lambda: view(project, folder=REHEARSAL),
        )
    for use in opens:
        with pytest.raises(StoreProblem) as caught:
            use()
        assert caught.value.code == "SB915"
        assert str(link) in caught.value.message
    assert untouched(outside)
    assert link.is_symlink()


COMMANDS = ("store gc", "store ls", "store verify", "spend", "reconcile", "cancel")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_names_the_link(
    command: str,
    project: Path,
    outside: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FAL_KEY", "a key")
    monkeypatch.chdir(project)
    Store.open(project).close()
    derived = project / STORE / "derived"
    derived.rmdir()
    derived.symlink_to(outside)
    assert run(command.split()) == 7
    said = capsys.readouterr().err
    assert "error[SB915]" in said
    assert str(derived) in said
    assert untouched(outside)


def test_a_whole_store_may_be_a_link_to_another(project: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    with Store.open(tree) as store:
        for step in path_to(stored()):
            assert store.record([step]) == (None,)
    (project / STORE).symlink_to(tree / STORE)
    with Store.open(project) as store:
        assert store.lives() == {key_of(order()): stored()}
    assert view(project).in_flight == {order().job}


def test_a_whole_store_may_be_a_link_to_an_empty_folder(project: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    (project / STORE).symlink_to(disk)
    Store.open(project).close()
    Store.open(project, folder=REHEARSAL).close()
    assert (disk / "journal.db").is_file()
    Store.open(project).close()


@pytest.mark.parametrize("folder", [STORE, REHEARSAL])
def test_a_whole_store_may_not_lead_to_what_is_none(
    folder: str, project: Path, outside: Path
) -> None:
    (project / STORE).symlink_to(outside)
    for use in (Store.open, view):
        with pytest.raises(StoreProblem, match="a link to what is not a store") as caught:
            use(project, folder=folder)  # type: ignore[operator]  # both take it
        assert caught.value.code == "SB915"
    assert untouched(outside)


# --- files that the store did not make


def test_cleaning_leaves_what_the_store_did_not_make(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(project) as store:
        derived, aside = store.layout.derived, store.layout.aside
        over = states.Abandoned(
            states.Intended(order(), DAY), "never sent", states.Charge.NONE, DAY
        )
        for step in path_to(over):
            assert store.record([step]) == (None,)
    name = "ab" * 32
    own = [
        derived / "ab" / f"{name}.mp4",
        derived / "ab" / f"{name}.0123abcd.making.mp4",
        derived / "ab" / f".{name}.mp4.12-34.part",
        derived / "films" / f"{name}.json",
        derived / "films" / f".{name}.json.12-34.part",
        aside / "a1.part",
        aside / f"a1-{name}.mp4",
    ]
    others = [
        derived / "notes.txt",
        derived / "ab" / "notes.txt",
        derived / "mine" / f"{name}.mp4",
        derived / "cd" / f"{name}.mp4" / "in a folder.txt",
    ]
    beside = [aside / "a1", aside / "a1.txt", aside / "a1-notes.txt", aside / "a1.part.txt"]
    for path in (*own, *others, *beside):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"12345")
    assert run(["store", "gc", str(project), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["removed"] == {"files": len(own), "bytes": 5 * len(own)}
    assert not [path for path in own if path.exists()]
    assert all(path.read_bytes() == b"12345" for path in (*others, *beside))
    left = {Path(path) for path in told["left"]}
    assert left == {derived / "notes.txt", derived / "ab" / "notes.txt", derived / "mine"} | {
        derived / "cd" / f"{name}.mp4"
    }
    assert run(["store", "gc", str(project)]) == 0
    assert f"left alone: {derived / 'notes.txt'}" in capsys.readouterr().err
    assert not (derived / "films").exists()  # an empty folder is not kept


def test_a_whole_file_aside_is_known_by_its_exact_name(project: Path) -> None:
    with Store.open(project) as store:
        store.part_path(AttemptId("a1")).write_bytes(b"clip")
        settled = store.settle(AttemptId("a1"), ".mp4")
        for other in (f"{settled.path.stem}.MP4 x", f"{settled.path.stem}", "a1-notes.txt"):
            settled.path.with_name(other).write_bytes(b"clip")
        assert store.settled_before(AttemptId("a1")) == settled
        settled.path.unlink()
        settled.path.mkdir()
        assert store.settled_before(AttemptId("a1")) is None


# --- a journal that somebody has made up

TO_DEAR = "../../../outside/dear"


def row_of(life: states.Life, **changes: object) -> Row:
    row = to_row(life)
    data = json.loads(row.data)
    for name, value in changes.items():
        kept = data.get("clip") or data.get("aside")
        (kept if kept and name in kept else data)[name] = value
    return Row(row.attempt, row.job, row.kind, row.at, json.dumps(data))


FAILED = states.Failed(
    finished(),
    states.Fault("SB812", "not it", "look", states.Charge.PAID),
    states.KeptFile("c" * 64, ".mp4", 1),  # type: ignore[arg-type]  # a digest is a text
    DAY,
)


@pytest.mark.parametrize("life", [stored(), FAILED], ids=["stored", "failed"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("digest", TO_DEAR),
        ("digest", "/../../../../outside/dear"),
        ("digest", "C" * 64),
        ("suffix", "/../../../../outside/dear.txt"),
        ("suffix", ".mp4/../../../../../outside/dear.txt"),
        ("suffix", "." + "x" * 99),
    ],
)
def test_a_digest_or_a_suffix_that_is_a_path_is_refused(  # noqa: PLR0913, PLR0917 - two fixtures more
    life: states.Known,
    field: str,
    value: str,
    project: Path,
    outside: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Store.open(project).close()
    *before, last = path_to(life)
    db = sqlite3.connect(project / STORE / "journal.db")
    insert(db, [*map(to_row, before), row_of(last, **{field: value})])
    db.commit()
    db.close()
    for command in (
        ["store", "gc", str(project), "--forget", "opening/j1", "--yes"],
        ["store", "gc", str(project), "--forget", order().job, "--yes"],
        ["store", "gc", str(project)],
        ["store", "verify", str(project)],
    ):
        assert run(command) == 7
        assert "error[SB911]" in capsys.readouterr().err
    assert untouched(outside)


@pytest.mark.parametrize("attempt", ["../../../outside/dear", "/etc/hosts", "a1*", "."])
def test_an_attempt_that_is_a_path_is_refused(
    attempt: str, project: Path, outside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(project).close()
    row = to_row(states.Intended(order(), DAY))
    db = sqlite3.connect(project / STORE / "journal.db")
    insert(db, [Row(attempt, row.job, row.kind, row.at, row.data)])
    db.commit()
    db.close()
    assert run(["store", "gc", str(project)]) == 7
    assert "error[SB911]" in capsys.readouterr().err
    assert untouched(outside)


@pytest.mark.parametrize("owner", ["../elsewhere/me", "me\n", "m e", "m" * 65])
def test_an_owner_that_is_no_name_of_a_run_is_dead(owner: str, tmp_path: Path) -> None:
    folders = tmp_path / "runs", tmp_path / "elsewhere"
    for folder in folders:
        folder.mkdir()
    with (tmp_path / "runs" / f"{owner}.lock").open("w") as held:
        assert lock(held.fileno())
        assert not alive(folders[0], RunId(owner))


def test_sweeping_removes_lock_files_of_runs_alone(tmp_path: Path) -> None:
    for name in ("me.lock", "m e.lock", "me.txt"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"m e.lock", "me.txt"}
