"""`storyboard catalogue`: what another edition changes is shown before it is pinned."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.catalogue import EditionId, Editions, packaged
from storyboard.catalogue.editions import Dated
from storyboard.cli.commands import catalogue as room
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.compile import compile_storyboard
from storyboard.project import PROJECT

FIRST, SECOND = EditionId("2026-11"), EditionId("2027-02")
TEXT = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
BOARD = """\
storyboard: 1
title: A
model: kling-v3-turbo-pro
scenes:
  - id: a
    shots:
      - {id: b, duration: 5s, prompt: A boat.}
"""


def shelf() -> Editions:
    """Two editions: in the second the text endpoint takes lengths of 10 s only."""
    old = [Dated(one, FIRST, SECOND) for one in packaged().newest.endpoints]
    ten = [
        replace(one.endpoint, durations=(10,)) if one.endpoint.id == TEXT else one.endpoint
        for one in old
    ]
    return Editions((*old, *(Dated(one, SECOND) for one in ten)))  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    two = shelf()
    monkeypatch.setattr(room, "packaged", lambda: two)
    monkeypatch.setattr(compile_storyboard, "__defaults__", _defaults(two))
    (tmp_path / ".git").mkdir()
    (tmp_path / "storyboard.yaml").write_text(BOARD, "utf-8")
    return tmp_path / "storyboard.yaml"


def _defaults(two: Editions) -> tuple[object, ...]:
    look, _, lock = compile_storyboard.__defaults__ or ()
    return look, lambda: two, lock


def pin(file: Path) -> Path:
    return file.with_name(PROJECT)


def test_the_editions_are_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["catalogue", "list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "edition",
        FIRST,
        SECOND,
    ]
    assert run(["catalogue", "list", "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["editions"]
    assert TEXT in first["new"]
    assert TEXT in second["changed"]
    assert file.exists()


def test_what_an_edition_changes_is_shown_then_pinned(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pin(file).write_text(f"project: 1\ncatalogue: {FIRST}\naccount: me\n", "utf-8")
    assert run(["catalogue", "update", str(file), "--yes"]) == 0
    out = capsys.readouterr().out
    assert "to pay: 0.70 USD with 2026-11, 1.40 USD with 2027-02" in out
    assert pin(file).read_text("utf-8") == f"project: 1\ncatalogue: {SECOND}\naccount: me\n"
    assert run(["catalogue", "update", str(file), "--to", FIRST, "--yes"]) == 0
    assert f"catalogue: {FIRST}\n" in pin(file).read_text("utf-8")


def test_without_a_terminal_nothing_is_pinned(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["catalogue", "update", str(file), "--to", FIRST]) == Exit.DECLINED
    assert "--yes" in capsys.readouterr().err
    assert not pin(file).exists()


def test_for_programs_it_is_one_value_and_pins_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["catalogue", "update", str(file), "--to", FIRST, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["from"]["edition"], told["to"]["edition"]) == (SECOND, FIRST)
    assert (told["from"]["to_pay"]["usd"], told["to"]["to_pay"]["usd"]) == ("1.40", "0.70")
    assert [one["endpoint"] for one in told["to"]["jobs"]] == [TEXT]
    assert not pin(file).exists()


def test_an_unknown_edition_is_a_mistake_of_usage(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["catalogue", "update", str(file), "--to", "2026-12"]) == 2
    assert "2026-12" in capsys.readouterr().err
