"""Objects are read in order, many at a time, and what is missing is None."""

from pathlib import Path

import pytest
from repositories import commit, git, repository

from storyboard.git import objects
from storyboard.git.command import GitProblem, git_in
from storyboard.git.objects import objects_of


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return repository(tmp_path / "here")


def test_many_are_read_in_order(here: Path) -> None:
    commit(here, {f"{n}": f"text {n}\n" * 5000 for n in range(100)})
    names = [f"main:{n}" for n in range(100)]
    with objects_of(git_in(here)) as found:
        read = [*found.read([*names, "main", "main^{tree}"])]
    assert [one.data for one in read[:100] if one] == [
        f"text {n}\n".encode() * 5000 for n in range(100)
    ]
    assert [one.kind for one in read if one] == ["blob"] * 100 + ["commit", "tree"]


def test_what_is_missing_and_what_is_too_large_is_none(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(here, {"small": "1", "large": "12345678"})
    monkeypatch.setattr(objects, "MOST_BYTES", 4)
    with objects_of(git_in(here)) as found:
        missing, large, small = found.read(["0" * 40, "main:large", "main:small"])
    assert missing is None
    assert large is not None
    assert large.data is None
    assert small is not None
    assert small.data == b"1"


def test_damage_ends_it_with_what_git_says(here: Path) -> None:
    commit(here, {"small": "1"})
    id_ = git(here, "rev-parse", "main:small")
    path = here / ".git" / "objects" / id_[:2] / id_[2:]
    path.chmod(0o644)
    path.write_bytes(b"torn")
    found = None
    try:
        with objects_of(git_in(here)) as opened:
            (found,) = opened.read([id_])
    except GitProblem as problem:
        assert id_ in str(problem)  # noqa: PT017 -- which of both it is depends on git's version
    assert found is None
