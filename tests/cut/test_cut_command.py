"""`storyboard cut`: what it makes, what it says, and how it ends."""

import json
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip, numbers

from storyboard.cli.exits import Exit
from storyboard.cli.main import run

BOARD = """\
storyboard: 1
title: Takes
format: {aspect_ratio: "16:9"}
scenes:
  - id: one
    shots:
      - {id: first, footage: a.mp4, duration: 2s}
      - {id: second, footage: b.mp4, duration: 2s}
"""


@pytest.fixture
def board(tmp_path: Path) -> Path:
    make_clip(tmp_path / "a.mp4", ClipRecipe(first=100))
    make_clip(tmp_path / "b.mp4", ClipRecipe(first=200))
    path = tmp_path / "takes.yaml"
    path.write_text(BOARD)
    return path


def test_footage_of_one_shape_is_only_copied(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["cut", str(board), "--explain", "--json"]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert told["version"] == 1
    assert [one["copied"] for one in told["films"]] == [96]
    assert not (board.parent / "build").exists()


def test_the_explanation_names_shots(board: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cut", str(board), "--explain"]) == Exit.OK
    out = capsys.readouterr().out
    assert "copy  one/first" in out
    assert "copied 96 of 96 frames (100 %)" in out


def test_the_film_is_where_it_says(board: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cut", str(board), "--json"]) == Exit.OK
    (film,) = json.loads(capsys.readouterr().out)["films"]
    assert numbers(Path(film["path"])) == [*range(100, 148), *range(200, 248)]


def test_an_encoder_that_is_none_is_a_wrong_word(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["cut", str(board), "--encoder", "h265_best"]) == Exit.USAGE
    assert "libx264" in capsys.readouterr().err


@pytest.mark.parametrize(("check", "decoded"), [("proof", 96), ("full", 96), ("none", None)])
def test_the_check_is_chosen_and_reported(
    board: Path, capsys: pytest.CaptureFixture[str], check: str, decoded: int | None
) -> None:
    assert run(["cut", str(board), "--json", "--check", check]) == Exit.OK
    (film,) = json.loads(capsys.readouterr().out)["films"]
    told = film["cut"]["check"]
    assert (told and (told["kind"], told["decoded"])) == (decoded and (check, decoded))


def test_proof_is_the_default_and_decodes_a_clip_once(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for decoded in (96, 0):
        assert run(["cut", str(board), "--json"]) == Exit.OK
        (film,) = json.loads(capsys.readouterr().out)["films"]
        told = film["cut"]["check"]
        assert (told["kind"], told["decoded"]) == ("proof", decoded)
    assert list((board.parent / ".storyboard" / "derived").rglob("*.seen"))
