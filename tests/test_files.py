"""Files are looked at together, and once: what did not change is known."""

import os
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from storyboard.files import Files
from storyboard.media import probing
from storyboard.model import LocalFile, PictureFacts, Unusable
from storyboard.store import STORE

SIZES = {"a.png": (40, 30), "b.png": (64, 36), "c.jpg": (20, 20)}


def later() -> int:
    """Return a time at which no file has changed a moment ago."""
    return time.time_ns() + 10**10


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with a store and three pictures."""
    (tmp_path / STORE).mkdir()
    for name, size in SIZES.items():
        Image.new("RGB", size).save(tmp_path / name)
    return tmp_path


def names(project: Path) -> list[str]:
    return [str(project / one) for one in SIZES]


def look(project: Path, now: Callable[[], int] = later) -> dict[str, LocalFile | Unusable]:
    """Look as a run of its own does, and keep what was found."""
    files = Files(project, now=now)
    found = files.facts(names(project))
    files.keep()
    return {Path(name).name: one for name, one in found.items()}


def sizes(found: dict[str, LocalFile | Unusable]) -> dict[str, tuple[int, int]]:
    facts = {name: one.facts for name, one in found.items() if isinstance(one, LocalFile)}
    return {n: (one.width, one.height) for n, one in facts.items() if isinstance(one, PictureFacts)}


@pytest.fixture
def probed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that are probed from here on."""
    seen: list[str] = []
    honest = probing.probe

    def noted(path: Path) -> object:
        seen.append(path.name)
        return honest(path)

    monkeypatch.setattr(probing, "probe", noted)
    return seen


def kept_in(project: Path) -> list[Path]:
    return [one for one in (project / STORE).rglob("*") if one.is_file()]


def test_what_did_not_change_is_not_read_again(project: Path, probed: list[str]) -> None:
    first = look(project)
    assert sizes(first) == SIZES
    assert sorted(probed) == sorted(SIZES)
    probed.clear()
    assert look(project) == first
    assert probed == []


def test_several_files_are_read_at_the_same_time(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = threading.Barrier(2, timeout=60)

    def meeting(path: Path) -> PictureFacts:
        if path.name != "c.jpg":
            both.wait()
        return PictureFacts(path.suffix, 1, 1)

    monkeypatch.setattr(probing, "probe", meeting)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert set(sizes(look(project)).values()) == {(1, 1)}


def test_to_read_several_leaves_the_filters_of_warnings_alone(project: Path) -> None:
    before = list(warnings.filters)
    look(project)
    assert list(warnings.filters) == before


def test_what_cannot_be_used_is_a_value_beside_the_others(project: Path) -> None:
    (project / "b.png").unlink()
    (project / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    found = look(project)
    reasons = {name: one.reason for name, one in found.items() if isinstance(one, Unusable)}
    assert reasons == {"b.png": "missing", "c.jpg": "incomplete"}
    assert sizes(found) == {"a.png": SIZES["a.png"]}


def test_other_bytes_of_the_same_length_and_time_are_seen(project: Path) -> None:
    path = project / "a.png"
    first, then = look(project), path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert path.stat().st_size == then.st_size
    assert look(project)["a.png"] != first["a.png"]


def test_a_file_that_changed_a_moment_ago_is_read_again(project: Path, probed: list[str]) -> None:
    changed = max((project / one).stat().st_ctime_ns for one in SIZES)
    look(project, lambda: changed + 10**9)
    assert kept_in(project) == []
    probed.clear()
    look(project)
    assert sorted(probed) == sorted(SIZES)


def test_the_same_content_at_another_time_is_hashed_and_not_probed(
    project: Path, probed: list[str]
) -> None:
    first = look(project)
    probed.clear()
    for one in SIZES:
        os.utime(project / one)
    assert look(project) == first
    assert probed == []


def test_a_project_without_a_store_gets_none(project: Path) -> None:
    (project / STORE).rmdir()
    assert sizes(look(project)) == SIZES
    assert not (project / STORE).exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"files": [], "facts": 3}', b"\xff\0"])
def test_what_is_damaged_is_found_again(damage: bytes, project: Path, probed: list[str]) -> None:
    first = look(project)
    (kept,) = kept_in(project)
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    probed.clear()
    assert look(project) == first
    assert sorted(probed) == sorted(SIZES)
    assert sorted(kept.read_bytes()) == sorted(whole)


def test_where_nothing_can_be_written_nothing_is_kept(project: Path) -> None:
    (project / STORE / "derived").write_text("a file where the folder should be")
    assert sizes(look(project)) == SIZES


def test_a_link_is_neither_followed_nor_written_through(project: Path) -> None:
    look(project)
    (kept,) = kept_in(project)
    elsewhere = project / "elsewhere.json"
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    Image.new("RGB", (8, 8)).save(project / "a.png")
    assert sizes(look(project))["a.png"] == (8, 8)
    assert elsewhere.read_bytes() == before
    assert kept.is_symlink()
