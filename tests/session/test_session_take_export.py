"""Takes copied out of the store, under names for people."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from kept_project import FOUR, KeptProject

from storyboard.session import (
    FAL,
    REHEARSAL,
    ExportedTake,
    TakesOfShot,
    export_takes,
    takes_of,
)
from storyboard.session.errors import AskError, SetupError


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    made = KeptProject(tmp_path / "lamp")
    made.home.mkdir()
    made.keep(made.write())
    return made


def exported(
    project: KeptProject, folder: Path, shots: Sequence[TakesOfShot] | None = None
) -> tuple[ExportedTake, ...]:
    return export_takes(
        shots or takes_of(project.compiled(), project.choice), project.home, project.choice, folder
    )


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_every_take_is_a_copy_that_shares_nothing_with_the_store(
    project: KeptProject, tmp_path: Path
) -> None:
    found = exported(project, tmp_path / "out")
    assert [one.path.name for one in found] == [f"one-{name}_take-01.mp4" for name in "abcd"]
    assert names(tmp_path / "out") == [one.path.name for one in found]
    for one in found:
        kept = project.home / ".storyboard/clips" / one.take.clip[:2] / f"{one.take.clip}.mp4"
        assert one.path.read_bytes() == kept.read_bytes()
        assert not one.path.samefile(kept)
        assert one.path.stat().st_nlink == kept.stat().st_nlink == 1


def test_what_is_there_already_stays(project: KeptProject, tmp_path: Path) -> None:
    first = exported(project, tmp_path)
    before = [one.path.stat().st_mtime_ns for one in first]
    again = exported(project, tmp_path)
    assert [one.is_new for one in (*first, *again)] == [True] * 4 + [False] * 4
    assert [one.path.stat().st_mtime_ns for one in again] == before


def link(path: Path) -> None:
    path.symlink_to("nowhere.mp4")


def folder(path: Path) -> None:
    path.mkdir()


def other(path: Path) -> None:
    path.write_bytes(b"clip 9")


@pytest.mark.parametrize("make", [link, folder, other])
def test_nothing_else_is_overwritten_and_then_nothing_is_written(
    project: KeptProject, tmp_path: Path, make: object
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert callable(make)
    make(out / "one-c_take-01.mp4")
    with pytest.raises(AskError, match=r"one-c_take-01\.mp4 is there, and is not take 1"):
        exported(project, out)
    assert names(out) == ["one-c_take-01.mp4"]


def test_a_damaged_clip_is_not_exported(project: KeptProject, tmp_path: Path) -> None:
    take = project.takes()["one/a"].takes[0]
    kept = project.home / ".storyboard/clips" / take.clip[:2] / f"{take.clip}.mp4"
    kept.write_bytes(b"clip X")
    out = tmp_path / "out"
    with pytest.raises(SetupError, match="is not the clip that was stored any more"):
        exported(project, out)
    assert names(out) == []


def test_a_clip_that_is_not_here_is_left_out(project: KeptProject, tmp_path: Path) -> None:
    project.keep(project.compiled(), take=2)
    take = project.takes()["one/a"].takes[0]
    (project.home / ".storyboard/clips" / take.clip[:2] / f"{take.clip}.mp4").unlink()
    assert {one.take.number for one in exported(project, tmp_path / "out")} == {2}


def test_a_rehearsal_says_so_in_every_name(tmp_path: Path) -> None:
    project = KeptProject(tmp_path / "lamp", REHEARSAL)
    project.home.mkdir()
    project.keep(project.write())
    assert exported(project, tmp_path / "out")[0].path.name == "one-a_take-01.rehearsal.mp4"


def test_names_are_safe_and_stay_apart(project: KeptProject, tmp_path: Path) -> None:
    """One shot of a name among others has its film's name; no two takes are one file."""
    first, second, *_ = project.takes().values()
    alike = (
        replace(first, alone=False, films=("P1/../x: y",)),
        replace(second, alone=False, films=("p1/../X: Y",), name=first.name),
    )
    found = exported(project, tmp_path / "out", alike)
    assert [one.path.parent for one in found] == [tmp_path / "out"] * 2
    clip = second.takes[0].clip[:8]
    assert [one.path.name for one in found] == [
        "one-a_P1-..-x-y_take-01.mp4",
        f"one-a_p1-..-X-Y_{clip}_take-01.mp4",
    ]


def test_a_long_name_fits_on_a_disk(tmp_path: Path) -> None:
    project = KeptProject(tmp_path / "lamp")
    project.home.mkdir()
    project.keep(project.write(FOUR.replace("id: a", f"id: {'ä' * 60}").replace("one", "o" * 99)))
    shots = [
        replace(one, name=f"{one.name}{'ü' * 120}") for one in takes_of(project.compiled(), FAL)
    ]
    found = exported(project, tmp_path / "out", shots)
    assert max(len(os.fsencode(one.path.name)) for one in found) <= 255
    assert len({one.path for one in found}) == 4


def test_a_disk_that_refuses_is_said_in_words(project: KeptProject, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(SetupError) as told:
        exported(project, tmp_path / "out")
    assert "out" in told.value.message
