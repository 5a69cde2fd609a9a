"""Files of a name are read from all that a repository has; what was not seen is said."""

import shutil
from pathlib import Path

import pytest
from repositories import commit, git, repository

from storyboard.git import committed
from storyboard.git.command import Git
from storyboard.git.committed_files import Committed

SUFFIX = ".lock.yaml"


def read(folder: Path) -> Committed[bytes]:
    found = committed(folder, SUFFIX, bytes)
    assert found is not None
    return found


def on(found: Committed[bytes]) -> dict[bytes, tuple[str, ...]]:
    return {one.content: one.refs for one in found.files}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return repository(tmp_path / "here")


def test_every_branch_tag_stash_and_detached_commit_is_read_and_equal_contents_once(
    here: Path, tmp_path: Path
) -> None:
    commit(here, {"ad/a.lock.yaml": "one"})
    git(here, "tag", "-a", "v1", "-m", "one")
    git(here, "tag", "-a", "v2", "-m", "the same", "v1")
    git(here, "tag", "file", git(here, "rev-parse", "HEAD:ad/a.lock.yaml"))
    git(here, "tag", "folder", git(here, "rev-parse", "HEAD:ad"))
    commit(here, {"ad/a.lock.yaml": "two"}, "other")
    git(here, "checkout", "--quiet", "--detach")
    commit(here, {"ad/a.lock.yaml": "three"})
    git(here, "worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"))
    (here / "ad" / "a.lock.yaml").write_text("four", "utf-8")
    git(here, "stash")
    calls: list[bytes] = []
    found = committed(here / "ad", SUFFIX, lambda data: calls.append(data) or data)
    assert found is not None
    assert on(found) == {
        b"one": ("refs/heads/main", "refs/tags/folder", "refs/tags/v1", "refs/tags/v2"),
        b"two": ("refs/heads/other",),
        b"four": ("refs/stash",),
        b"three": (f"HEAD of {here}", f"HEAD of {tmp_path / 'tree'}"),
    }
    assert len(calls) == 4
    assert found.inside == "ad"
    assert found.folders == (here / "ad", tmp_path / "tree" / "ad")
    assert found.unseen == ()
    assert {one.path for one in found.files} == {"ad/a.lock.yaml"}


def test_a_remote_tracking_branch_is_read(here: Path, tmp_path: Path) -> None:
    commit(here, {"a.lock.yaml": "far"}, "far")
    git(here, "checkout", "--quiet", "main")
    git(tmp_path, "clone", "--quiet", str(here), "clone")
    assert on(read(tmp_path / "clone")) == {b"far": ("refs/remotes/origin/far",)}


def test_how_many_processes_there_are_does_not_depend_on_how_many_branches(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    begun = Git.begun

    def counted(self: Git, *words: str) -> object:
        started.append(words[0])
        return begun(self, *words)

    monkeypatch.setattr(Git, "begun", counted)
    for n in range(30):
        commit(here, {"a.lock.yaml": f"{n}"}, f"branch-{n}")
    assert len(read(here).files) == 30
    assert sorted(started) == sorted(
        ("cat-file", "config", "for-each-ref", "rev-parse", "rev-parse", "worktree")
    )


def test_outside_of_a_repository_there_is_nothing(tmp_path: Path) -> None:
    assert committed(tmp_path, SUFFIX, bytes) is None


def test_what_cannot_be_read_is_said(here: Path) -> None:
    kept = commit(here, {"a.lock.yaml": "one", "deep/b.lock.yaml": "two"})
    lost = commit(here, {"a.lock.yaml": "three"}, "lost")
    for gone in (lost, git(here, "rev-parse", f"{kept}:deep/b.lock.yaml")):
        (here / ".git" / "objects" / gone[:2] / gone[2:]).unlink()
    found = read(here)
    assert on(found)[b"one"] == ("refs/heads/main",)
    assert {one.partition(":")[0] for one in found.unseen} >= {
        "lost",
        "deep/b.lock.yaml on main",
    }


def test_no_git_and_a_refusal_of_git_are_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        assert read(here).unseen == ("any branch: there is no git on this machine",)
    shutil.rmtree(here / ".git" / "refs")
    (unseen,) = read(here).unseen
    assert "any branch: git refuses: not a git repository" in unseen


def test_a_partial_clone_is_not_completed(here: Path, tmp_path: Path) -> None:
    commit(here, {"a.lock.yaml": "one"})
    git(here, "config", "uploadpack.allowFilter", "true")
    url = f"file://{here}"
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", url, "partial")
    found = read(tmp_path / "partial")
    assert found.files == ()
    assert found.unseen
