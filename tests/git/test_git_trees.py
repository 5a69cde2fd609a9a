"""Files are found in trees of any shape, each tree read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from repositories import commit, git, repository

from storyboard.git.command import git_in
from storyboard.git.objects import GitObject, objects_of
from storyboard.git.trees import Below, files_below

SUFFIX = ".lock.yaml"


def below(here: Path, *revisions: str) -> list[Below]:
    roots = [git(here, "rev-parse", f"{one}^{{tree}}") for one in revisions]
    with objects_of(git_in(here)) as objects:
        found = files_below(objects, roots, SUFFIX)
    return [found[root] for root in roots]


def test_files_are_found_at_any_depth_with_their_paths(tmp_path: Path) -> None:
    here = repository(tmp_path / "here")
    commit(here, {"a.lock.yaml": "a", "deep/er/b.lock.yaml": "b", "deep/c.yaml": "c"})
    commit(here, {"ünï/d e.lock.yaml": "d"}, "other")
    (here / "link.lock.yaml").symlink_to("a.lock.yaml")
    commit(here, {}, "linked")
    main, other, linked = below(here, "main", "other", "linked")
    assert [*main.files.values()] == ["a.lock.yaml", "deep/er/b.lock.yaml"]
    assert {*other.files.values()} - {*main.files.values()} == {"ünï/d e.lock.yaml"}
    assert (main.unread, linked.unread) == ((), ("link.lock.yaml",))
    assert linked.files == other.files


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    here = repository(tmp_path / "here")
    commit(here, {"a.lock.yaml": "a", "deep/er/b.lock.yaml": "b"})
    lost = git(here, "rev-parse", "main:deep/er")
    (here / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    (found,) = below(here, "main")
    assert [*found.files.values()] == ["a.lock.yaml"]
    assert found.unread == ("deep/er/",)


@dataclass
class Made:
    """Objects of a repository that somebody made up."""

    trees: dict[str, bytes]
    asked: list[str] = field(default_factory=list)

    def read(self, names: Sequence[str]) -> Iterator[GitObject | None]:
        """Read some of them."""
        self.asked += names
        yield from (GitObject(one, "tree", self.trees[one]) for one in names)


def entry(mode: str, name: str, id_: str) -> bytes:
    return f"{mode} {name}\0".encode() + bytes.fromhex(id_)


def made_id(number: int) -> str:
    return f"{number:040x}"


def test_a_tree_that_names_another_many_times_is_read_once_and_does_not_grow() -> None:
    trees = {
        made_id(n): b"".join(entry("40000", f"f{k}", made_id(n + 1)) for k in range(10))
        for n in range(30)
    }
    trees[made_id(30)] = entry("100644", "a.lock.yaml", made_id(99)) + entry(
        "120000", "b.lock.yaml", made_id(98)
    )
    objects = Made(trees)
    found = files_below(objects, [made_id(0)], SUFFIX)[made_id(0)]  # type: ignore[arg-type]
    assert found.files == {made_id(99): f"{'f0/' * 30}a.lock.yaml"}
    assert 0 < len(found.unread) <= 10
    assert len(objects.asked) == 31


def test_very_deep_folders_are_gone_through() -> None:
    trees = {made_id(n): entry("40000", "f", made_id(n + 1)) for n in range(5000)}
    trees[made_id(5000)] = entry("100644", "a.lock.yaml", made_id(9999))
    found = files_below(Made(trees), [made_id(0)], SUFFIX)[made_id(0)]  # type: ignore[arg-type]
    assert [*found.files] == [made_id(9999)]


def test_a_tree_that_is_not_one_cannot_be_read() -> None:
    found = files_below(Made({made_id(0): b"100644 no zero"}), [made_id(0)], SUFFIX)  # type: ignore[arg-type]
    assert found[made_id(0)] == Below({}, ("",))
