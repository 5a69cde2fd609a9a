"""What a repository has names for, and what its clone left out."""

from pathlib import Path

import pytest
from repositories import commit, git, repository

from storyboard.git.command import git_in
from storyboard.git.refs import left_out, prefix_of, refs, short_name, work_trees


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return repository(tmp_path / "here")


def unseen(folder: Path) -> tuple[str, ...]:
    asked = git_in(folder)
    return tuple(left_out(asked, refs(asked)[0]))


def test_branches_tags_and_every_stash_are_listed_and_a_name_for_a_name_is_not(
    here: Path, tmp_path: Path
) -> None:
    first = commit(here, {"a": "1"})
    git(here, "tag", "-a", "v1", "-m", "one")
    for text in ("2", "3"):
        (here / "a").write_text(text, "utf-8")
        git(here, "stash")
    git(tmp_path, "clone", "--quiet", str(here), "there")
    found, warnings = refs(git_in(here))
    assert warnings == ()
    assert {one.name for one in found} == {
        "refs/heads/main",
        "refs/tags/v1",
        "refs/stash",
        "stash@{1}",
    }
    assert {one.name: one.id for one in found}["refs/heads/main"] == first
    there = {one.name for one in refs(git_in(tmp_path / "there"))[0]}
    assert "refs/remotes/origin/main" in there
    assert "refs/remotes/origin/HEAD" not in there
    names = ["refs/heads/main", "refs/remotes/origin/main", "refs/tags/v1", "refs/stash", "x"]
    assert [short_name(one) for one in names] == ["main", "origin/main", "tag v1", "stash", "x"]


def test_a_branch_that_is_damaged_is_told_and_a_name_that_leads_nowhere_is_not(here: Path) -> None:
    (here / ".git" / "refs" / "heads" / "torn").write_text("torn\n", "utf-8")
    git(here, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/old")
    _, warnings = refs(git_in(here))
    assert len(warnings) == 1
    assert "refs/heads/torn" in warnings[0]


def test_work_trees_are_listed_with_what_they_have_checked_out(here: Path, tmp_path: Path) -> None:
    head = git(here, "rev-parse", "HEAD")
    git(here, "worktree", "add", "--quiet", "--detach", str(tmp_path / "other tree"))
    found = work_trees(git_in(here))
    assert [(one.top.name, one.head) for one in found] == [("here", head), ("other tree", head)]
    (here / "inner").mkdir()
    assert (prefix_of(git_in(here)), prefix_of(git_in(here / "inner"))) == ("", "inner")
    git(tmp_path, "clone", "--quiet", "--bare", str(here), "bare")
    git(tmp_path / "bare", "worktree", "add", "--quiet", str(tmp_path / "of bare"), "main")
    (only,) = work_trees(git_in(tmp_path / "of bare"))
    assert only.top.name == "of bare"


def test_a_whole_clone_lacks_nothing(here: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(here), "whole")
    git(tmp_path, "clone", "--quiet", "--mirror", str(here), "mirror")
    git(tmp_path / "mirror", "worktree", "add", "--quiet", str(tmp_path / "tree"), "main")
    assert [unseen(one) for one in (here, tmp_path / "whole", tmp_path / "tree")] == [()] * 3


def test_what_a_clone_left_out_is_said(here: Path, tmp_path: Path) -> None:
    commit(here, {"a": "1"})
    url = f"file://{here}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", url, "shallow")
    (shallow,) = unseen(tmp_path / "shallow")
    assert "shallow" in shallow
    git(tmp_path, "clone", "--quiet", "--single-branch", url, "single")
    (single,) = unseen(tmp_path / "single")
    assert "branches of `origin` that are not fetched here" in single
    git(here, "remote", "add", "far", "https://example.com/far")
    (never,) = unseen(here)
    assert never == "branches of `far`: none was fetched yet (git fetch far)"
    git(tmp_path, "clone", "--quiet", url, "without")
    git(tmp_path / "without", "config", "--add", "remote.origin.fetch", "^refs/heads/draft")
    assert "not fetched here" in unseen(tmp_path / "without")[0]
