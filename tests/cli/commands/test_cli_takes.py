"""`storyboard takes`, from the words on the command line to what is shown and written."""

import json
from pathlib import Path

import pytest
from kept_project import FOUR, KeptProject

from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.session import REHEARSAL


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    made = KeptProject(tmp_path)
    made.keep(made.write())
    return made


def test_the_takes_of_every_shot_or_of_some(
    project: KeptProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["takes", str(project.board)]) == Exit.OK
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("one/")] == [f"one/{n}" for n in "abcd"]
    assert run(["takes", str(project.board), "one/b", "one/d"]) == Exit.OK
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("one/")] == ["one/b", "one/d"]


def test_an_unknown_shot_is_a_mistake_of_the_command_line(
    project: KeptProject, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["takes", str(project.board), "one/bb", "--json"]) == Exit.USAGE
    said = capsys.readouterr()
    assert "there is no shot `one/bb`" in said.err
    assert json.loads(said.out)["help"] == "did you mean `one/b`?"


def test_programs_get_json_and_where_each_take_was_copied_to(
    project: KeptProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["takes", str(project.board), "one/b", "--to", str(out), "--json"]) == Exit.OK
    (shot,) = json.loads(capsys.readouterr().out)["shots"]
    (take,) = shot["takes"]
    assert take["exported"] == str(out / "one-b_take-01.mp4")
    assert (out / "one-b_take-01.mp4").read_bytes() == Path(take["path"]).read_bytes()


def test_what_was_written_is_said(
    project: KeptProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["takes", str(project.board), "one/b", "one/c", "--to", str(out)]
    assert run(words) == Exit.OK
    assert capsys.readouterr().out.splitlines() == [
        "file               shot   part",
        "one-b_take-01.mp4  one/b  3s-5.5s of 12s",
        "one-c_take-01.mp4  one/c  6s-9s of 12s",
        f"2 takes written to {out}",
    ]
    (out / "one-b_take-01.mp4").unlink()
    assert run(words) == Exit.OK
    assert capsys.readouterr().out.splitlines()[-1] == (f"1 take written to {out}, 1 there already")


def test_what_could_not_be_copied_is_said(
    project: KeptProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (clip,) = project.keep(project.compiled(), take=2)
    (tmp_path / ".storyboard/clips" / clip[:2] / f"{clip}.mp4").unlink()
    assert run(["takes", str(project.board), "one/a", "--to", str(tmp_path / "out")]) == Exit.OK
    assert capsys.readouterr().out.splitlines()[-1] == "not in this store: one/a, take 2"


def test_takes_of_a_rehearsal_are_shown_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = KeptProject(tmp_path, REHEARSAL)
    project.keep(project.write())
    assert run(["takes", str(project.board)]) == Exit.OK
    assert capsys.readouterr().out == "no take yet: one/a, one/b, one/c, one/d\n"
    assert run(["takes", str(project.board), "--backend", "emulator"]) == Exit.OK
    assert "1.68" in capsys.readouterr().out


def test_a_storyboard_with_mistakes_has_no_takes_to_show(
    project: KeptProject, capsys: pytest.CaptureFixture[str]
) -> None:
    project.board.write_text(FOUR.replace("duration: 3s", "duration: 3x"), "utf-8")
    assert run(["takes", str(project.board)]) == Exit.MISTAKES
    assert "`3x` is no time" in capsys.readouterr().err
