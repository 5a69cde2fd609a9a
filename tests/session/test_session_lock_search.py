"""Locks that name clips are found on the disk and on every branch; what was not seen is said."""

import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "git"))
from repositories import PLAIN, commit, git, repository

from storyboard.lock import LockedClips
from storyboard.model import ClipDigest
from storyboard.session import NamingLocks, lock_search, naming_locks
from storyboard.store import STORE

ONE, TWO, THREE = (ClipDigest(letter * 64) for letter in "abc")
CLIPS = (ONE, TWO)


def lock(*clips: str) -> str:
    return "version: 1\n" + "".join(f"      clip: {one}\n" for one in clips)


def named(found: NamingLocks) -> dict[str, set[str]]:
    """Return which places of locks name which clips."""
    return {
        place: {"one" if clip == ONE else "two" for clip in one.clips}
        for one in found.locks
        for place in (one.refs or (f"{one.folder}: {one.path}",))
    }


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)
    return repository(tmp_path / "films")


def test_every_place_of_a_lock_is_looked_at(project: Path, tmp_path: Path) -> None:
    commit(project, {"ads/tea.lock.yaml": lock(ONE, THREE), "ads/none.lock.yaml": lock(THREE)})
    commit(project, {"ads/tea.lock.yaml": lock(TWO)}, "other")
    git(project, "checkout", "--quiet", "main")
    (project / "ads" / "tea.lock.yaml").write_text(lock(THREE), "utf-8")
    (project / "ads" / "new.lock.yaml").write_text(lock(ONE, TWO), "utf-8")
    git(project, "worktree", "add", "--quiet", "-b", "third", str(tmp_path / "tree"))
    (tmp_path / "tree" / "ads" / "old.lock.yaml").write_text(lock(TWO), "utf-8")
    found = naming_locks(project / "ads", CLIPS)
    ads, tree = project / "ads", tmp_path / "tree" / "ads"
    assert named(found) == {
        f"{ads}: ads/new.lock.yaml": {"one", "two"},
        f"{tree}: ads/old.lock.yaml": {"two"},
        f"{tree}: ads/tea.lock.yaml": {"one"},
        "refs/heads/main": {"one"},
        "refs/heads/other": {"two"},
        "refs/heads/third": {"one"},
    }
    assert found.clips == {ONE, TWO}
    assert (found.unseen, found.in_repository) == ((), True)


@pytest.mark.parametrize(
    "text",
    [
        f"version: 9\nclips: paid\nwhatever: {{clip: {ONE}}}\n",
        f"<<<<<<< HEAD\n      clip: {THREE}\n=======\n      clip: {ONE}\n>>>>>>> other\n",
        f'{{"clip": "{ONE}"',
        f"\xff\xfe not UTF-8 {ONE}",
    ],
    ids=["later", "half merged", "torn", "latin"],
)
def test_a_lock_in_any_form_names_its_clips(project: Path, text: str) -> None:
    path = project / "tea.lock.yaml"
    path.write_bytes(text.encode("latin-1"))
    assert naming_locks(project, CLIPS).clips == {ONE}
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "a lock")
    path.unlink()
    found = naming_locks(project, CLIPS)
    assert named(found) == {"refs/heads/main": {"one"}}


def test_a_rehearsal_has_locks_of_its_own(project: Path) -> None:
    (project / "a.rehearsal.lock.yaml").write_text(lock(ONE), "utf-8")
    (project / "b.lock.yaml").write_text(lock(TWO), "utf-8")
    assert naming_locks(project, CLIPS, LockedClips.REHEARSAL).clips == {ONE}
    assert naming_locks(project, CLIPS).clips >= {TWO}


def test_what_the_program_keeps_is_no_place_of_locks(project: Path) -> None:
    for folder in (".git", STORE):
        (project / folder).mkdir(exist_ok=True)
        (project / folder / "a.lock.yaml").write_text(lock(ONE), "utf-8")
    assert naming_locks(project, CLIPS).locks == ()


def test_the_locks_of_a_project_whose_store_is_used_count_as_well(
    project: Path, tmp_path: Path
) -> None:
    (project / STORE).mkdir()
    commit(project, {"tea.lock.yaml": lock(ONE)})
    other = tmp_path / "other"
    other.mkdir()
    (other / STORE).symlink_to(project / STORE)
    (other / "new.lock.yaml").write_text(lock(TWO), "utf-8")
    found = naming_locks(other, CLIPS)
    assert found.clips == {ONE, TWO}
    assert found.project == other.resolve()
    disk = tmp_path / "disk"
    disk.mkdir()
    (other / STORE).unlink()
    (other / STORE).symlink_to(disk)
    assert naming_locks(other, CLIPS).clips == {TWO}


POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{THREE}\nsize 120\n"


@pytest.mark.parametrize("text", [POINTER, "\0GITCRYPT\0 and more"], ids=["pointer", "encrypted"])
def test_a_lock_that_does_not_show_its_text_is_named(project: Path, text: str) -> None:
    commit(project, {"tea.lock.yaml": text})
    here, on_main = naming_locks(project, CLIPS).unseen
    assert here.startswith(str(project / "tea.lock.yaml"))
    assert on_main.startswith("tea.lock.yaml on main")


def test_one_that_is_too_large_or_refused_is_named_and_a_pipe_is_passed_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(project / "pipe.lock.yaml")
    assert naming_locks(project, CLIPS).unseen == ()
    (project / "tea.lock.yaml").write_text(lock(ONE), "utf-8")
    monkeypatch.setattr(lock_search, "MOST_BYTES", 5)
    (unseen,) = naming_locks(project, CLIPS).unseen
    assert "tea.lock.yaml" in unseen

    def refused(self: Path, _: str) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refused)
    (unseen,) = naming_locks(project, CLIPS).unseen
    assert unseen == f"{project / 'tea.lock.yaml'}: Permission denied"


def test_outside_of_a_repository_only_the_disk_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "tea.lock.yaml").write_text(lock(ONE), "utf-8")
    found = naming_locks(tmp_path, CLIPS)
    assert named(found) == {f"{tmp_path}: tea.lock.yaml": {"one"}}
    assert (found.unseen, found.in_repository) == ((), False)


def test_what_git_refuses_is_said(project: Path) -> None:
    (project / ".git" / "HEAD").unlink()
    found = naming_locks(project, CLIPS)
    assert found.in_repository
    assert "any branch: git refuses" in found.unseen[0]
