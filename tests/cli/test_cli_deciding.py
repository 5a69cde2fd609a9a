"""Who decides is known by name, whose clips are meant by the backend, and changes are told once."""

import json
from datetime import UTC
from pathlib import Path

import pytest
from rehearsed import Typed, copied, typing

from storyboard.cli.deciding import Deciding
from storyboard.cli.exits import Exit, Stop
from storyboard.session import FAL


def words(file: Path) -> Deciding:
    return Deciding(
        file=file,
        variables=(("who", "Ann"),),
        allow_outside=False,
        film=None,
        choice=FAL,
        form="text",
    )


def test_a_storyboard_is_asked_for_with_all_its_films(tmp_path: Path) -> None:
    (tmp_path / "storyboard.yaml").write_text("storyboard: 1\n", "utf-8")
    ask = words(tmp_path).ask
    assert ask.storyboard == tmp_path / "storyboard.yaml"
    assert ask.variables == {"who": "Ann"}
    with pytest.raises(Stop) as told:
        _ = words(tmp_path / "none.yaml").ask
    assert told.value.code == Exit.USAGE


def test_who_decides_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYBOARD_USER", "Mara Lind")
    who = words(tmp_path / "film.yaml").who
    assert who.by == "Mara Lind"
    assert who.when.tzinfo == UTC


@pytest.fixture
def typed(rehearsed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return typing(copied(rehearsed, tmp_path / "p"), capsys)


def test_changes_are_told_to_people_or_to_programs(typed: Typed) -> None:
    code, out, _ = typed("approve", "land/card")
    assert (code, out) == (0, "land/card: approved\n")
    code, out, _ = typed("approve", "land/card", "--json")
    made = json.loads(out)
    assert made["version"] == 1
    assert made["changed"] == []
    assert Path(made["lock"]).name == "film.rehearsal.lock.yaml"
