"""`store gc --forget` keeps what a lock on any branch names, and what nobody could look for."""

import json
import sys
from pathlib import Path

import click
import pytest

sys.path.append(str(Path(__file__).parents[1] / "git"))
sys.path.append(str(Path(__file__).parents[1] / "store"))
from repositories import PLAIN, commit, git, repository
from store_values import FACTS, FAULT, finished, order, path_to

from storyboard.cli import show
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.session import REHEARSAL
from storyboard.store import STORE, Store
from storyboard.store import life as states


def kept(project: Path, name: str, folder: str = STORE) -> str:
    """Keep a clip of a job; return its digest."""
    made = order(name, name.encode().hex())
    with Store.open(project, folder=folder) as store:
        store.part_path(made.attempt).write_bytes(name.encode())
        settled = store.settle(made.attempt, ".mp4")
        store.keep(settled)
        done = finished(made)
        facts = states.KeptClip(settled.digest, ".mp4", settled.size, FACTS)
        for step in path_to(states.Stored(done, facts, done.at)):
            assert store.record([step]) == (None,)
        store.done(settled)
    return settled.digest


def clips(project: Path) -> set[str]:
    return {path.stem for path in (project / STORE).rglob("*.mp4")}


def lock(*digests: str) -> str:
    return "version: 1\n" + "".join(f"      clip: {one}\n" for one in digests)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)
    return repository(tmp_path / "films")


def forgetting(project: Path, *words: str) -> int:
    return run(["store", "gc", str(project), "--yes", *words])


def test_what_a_branch_names_is_refused_and_the_rest_is_not(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tea, milk, gone = (kept(project, name) for name in ("tea", "milk", "gone"))
    commit(project, {"film.lock.yaml": lock(tea)}, "evening")
    git(project, "checkout", "--quiet", "main")
    (project / "new.lock.yaml").write_text(lock(milk), "utf-8")
    every = [word for name in ("tea", "milk", "gone") for word in ("--forget", f"opening/{name}")]
    assert forgetting(project, *every) == Exit.DECLINED
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "job           clip          lock            on",
        f"opening/tea   {tea[:12]}  film.lock.yaml  evening",
        f"opening/milk  {milk[:12]}  new.lock.yaml   this folder",
    ]
    assert said.err.startswith(
        "error: 2 of 3 results are named by a lock; nothing was removed\n  help: "
    )
    assert "--even-if-locked" in said.err
    assert clips(project) == {tea, milk, gone}
    assert forgetting(project, "--forget", "opening/gone") == Exit.OK
    assert capsys.readouterr().out == "1 file removed, 0.0 MB\n"
    assert clips(project) == {tea, milk}


def test_it_is_forgotten_if_that_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tea = kept(project, "tea")
    commit(project, {"film.lock.yaml": lock(tea)})
    for branch in ("a", "b", "c", "d"):
        git(project, "branch", branch)
    assert forgetting(project, "--forget", "opening/tea", "--even-if-locked") == Exit.OK
    out = capsys.readouterr().out
    assert f"opening/tea  {tea[:12]}  film.lock.yaml  this folder, a, b and 3 more" in out
    assert clips(project) == set()


def test_programs_are_told_which_locks_name_what(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tea = kept(project, "tea")
    commit(project, {"film.lock.yaml": lock(tea)})
    for words, code in (((), Exit.DECLINED), (("--even-if-locked",), Exit.OK)):
        assert forgetting(project, "--forget", "opening/tea", "--json", *words) == code
        said = capsys.readouterr()
        told = json.loads(said.out)
        here, on_main = told["locked"]
        assert (here["refs"], here["folder"]) == ([], str(project))
        assert (on_main["refs"], on_main["folder"]) == (["refs/heads/main"], None)
        assert {on_main[key] for key in ("job", "clip", "lock")} == {
            "opening/tea",
            tea,
            "film.lock.yaml",
        }
        assert told["not_looked_at"] == []
        assert told["branches"] is True
        assert "film.lock.yaml" in said.err


def test_what_could_not_be_looked_at_is_said_and_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project}", "shallow")
    shallow = tmp_path / "shallow"
    tea = kept(shallow, "tea")
    assert forgetting(shallow, "--forget", "opening/tea") == Exit.DECLINED
    said = capsys.readouterr()
    assert said.out == (
        "not looked at: branches that this shallow clone may lack (git fetch --unshallow)\n"
        "not looked at: branches of `origin` that are not fetched here "
        "(git remote set-branches origin '*' && git fetch origin)\n"
    )
    assert "not every lock that may name these clips could be looked at" in said.err
    assert clips(shallow) == {tea}
    assert forgetting(shallow, "--forget", "opening/tea", "--even-if-locked") == Exit.OK
    assert clips(shallow) == set()


def test_of_much_that_could_not_be_looked_at_the_first_is_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(project, "tea")
    for n in range(12):
        git(project, "remote", "add", f"far{n:02}", "https://example.com/far")
    assert forgetting(project, "--forget", "opening/tea") == Exit.DECLINED
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 9
    assert "`far00`: none was fetched yet" in lines[0]
    assert lines[-1] == "not looked at: 4 more; --json has all"


def test_without_git_it_is_refused_in_a_repository_alone(
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept(project, "tea")
    plain = tmp_path / "plain"
    plain.mkdir()
    kept(plain, "tea")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert forgetting(project, "--forget", "opening/tea") == Exit.DECLINED
    assert "not looked at: any branch: there is no git on this machine" in capsys.readouterr().out
    assert forgetting(plain, "--forget", "opening/tea") == Exit.OK
    assert "note: not in a git repository" in capsys.readouterr().out
    assert clips(plain) == set()


def test_a_lock_that_changes_while_somebody_thinks_is_seen(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tea = kept(project, "tea")

    def confirmed(*_: object, **__: object) -> bool:
        (project / "film.lock.yaml").write_text(lock(tea), "utf-8")
        return True

    monkeypatch.setattr(show, "interactive", lambda: True)
    monkeypatch.setattr(click, "confirm", confirmed)
    assert run(["store", "gc", str(project), "--forget", "opening/tea"]) == Exit.DECLINED
    assert "a lock has changed" in capsys.readouterr().err
    assert clips(project) == {tea}


def test_a_rehearsal_is_forgotten_by_its_own_locks(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tea = kept(project, "tea", REHEARSAL.folder)
    (project / "film.lock.yaml").write_text(lock(tea), "utf-8")
    own = project / "film.rehearsal.lock.yaml"
    own.write_text(lock(tea), "utf-8")
    words = ("--forget", "opening/tea", "--backend", "emulator")
    assert forgetting(project, *words) == Exit.DECLINED
    assert "film.rehearsal.lock.yaml" in capsys.readouterr().out
    own.unlink()
    assert forgetting(project, *words) == Exit.OK
    assert "(a rehearsal: nothing is paid)" in capsys.readouterr().err
    assert clips(project) == set()


def test_nothing_is_looked_for_if_there_is_no_clip_to_lose(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = states.Failed(finished(), FAULT, None, finished().at)
    with Store.open(project) as store:
        for step in path_to(failed):
            assert store.record([step]) == (None,)
    monkeypatch.setenv("PATH", "")
    assert forgetting(project, "--forget", "opening/j1") == Exit.OK
