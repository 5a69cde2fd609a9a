"""Git runs nothing that a repository names, asks nothing, and does not wait for ever."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from repositories import commit, git, repository

from storyboard.git.command import GitProblem, git_in
from storyboard.git.objects import objects_of


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_its_words_come_back_and_its_refusal_is_told(tmp_path: Path) -> None:
    repository(tmp_path / "r")
    asked = git_in(tmp_path / "r").ask("rev-parse", "--is-inside-work-tree")
    assert (asked.out, asked.warnings) == (b"true\n", ())
    with pytest.raises(GitProblem, match="git refuses: Needed a single revision"):
        git_in(tmp_path / "r").ask("rev-parse", "--verify", "nobody")


def test_it_is_looked_for_in_absolute_folders_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path / "git", "touch ran")
    monkeypatch.chdir(tmp_path)
    for path in (".", "", os.pathsep):
        with pytest.raises(GitProblem, match="there is no git on this machine"):
            git_in(tmp_path, {"PATH": path})


def test_one_that_does_not_answer_is_ended(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "git", "exec sleep 600")
    slow = git_in(tmp_path, {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}, patience=0.2)
    with pytest.raises(GitProblem, match="took too long"):
        slow.ask("rev-parse")


def test_an_interruption_ends_it_as_well(tmp_path: Path) -> None:
    script(tmp_path / "bin" / "git", "exec sleep 600")
    slow = git_in(tmp_path, {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"})
    with pytest.raises(KeyboardInterrupt), slow.begun("rev-parse"):
        raise KeyboardInterrupt


def test_a_program_that_is_none_does_not_start(tmp_path: Path) -> None:
    script(tmp_path / "git", "").write_bytes(b"\x7fELF of another machine")
    with pytest.raises(GitProblem, match="does not start"):
        git_in(tmp_path, {"PATH": str(tmp_path)}).ask("rev-parse")


def test_which_repository_is_meant_is_said_by_the_folder_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, other = repository(tmp_path / "here"), repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    asked = git_in(here).ask("rev-parse", "--show-toplevel")
    assert Path(asked.out.decode().strip()) == here.resolve()


def test_a_folder_that_looks_like_a_repository_is_not_taken_for_one(tmp_path: Path) -> None:
    outer = repository(tmp_path / "outer")
    git(outer, "init", "--quiet", "--bare", "film")
    with pytest.raises(GitProblem):
        git_in(outer / "film").ask("for-each-ref")


def test_nothing_that_a_repository_configures_is_run(tmp_path: Path) -> None:
    here = repository(tmp_path / "here")
    commit(here, {"a.lock.yaml": "one"})
    trap = script(tmp_path / "trap", f"touch {tmp_path / 'ran'}; exit 1")
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "pager.log"):
        git(here, "config", key, str(trap))
    for key in ("core.alternateRefsCommand", "diff.external", "gpg.program", "core.editor"):
        git(here, "config", key, str(trap))
    git(here, "config", "filter.x.smudge", str(trap))
    git(here, "config", "diff.x.textconv", str(trap))
    (here / ".gitattributes").write_text("* filter=x diff=x\n", "utf-8")
    # A blob that is elsewhere would be fetched, through a program that the address names.
    git(here, "config", "remote.far.url", f"ext::{trap}")
    git(here, "config", "remote.far.promisor", "true")
    git(here, "config", "protocol.ext.allow", "always")
    git(here, "config", "extensions.partialClone", "far")
    lost = git(here, "rev-parse", "HEAD:a.lock.yaml")
    (here / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    for hook in ("pre-auto-gc", "reference-transaction", "post-index-change"):
        script(here / ".git" / "hooks" / hook, f"touch {tmp_path / 'ran'}")
    asked = git_in(here)
    asked.ask("for-each-ref")
    asked.ask("worktree", "list", "--porcelain")
    asked.ask("config", "--null", "--list")
    with suppress(GitProblem), objects_of(asked) as objects:
        assert [*objects.read([lost])] == [None]
    assert not (tmp_path / "ran").exists()
