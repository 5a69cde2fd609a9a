"""A kept plan is rendered as it is read: altered, or of another version, it is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from storyboard.pipeline import Ask
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.errors import AskError
from storyboard.session.kept_plan import keep, kept_in

BOARD = """\
storyboard: 1
title: Two
model: kling-v3-standard
scenes: [{id: one, shots: [{id: a, prompt: A cup., duration: 3s}]}]
"""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Keep a plan, and return its file."""
    board = tmp_path / "film.yaml"
    board.write_text(BOARD)
    file = tmp_path / "plan.json"
    ask = Ask(board)
    keep(file, plan_of(compiled(ask)), ask)
    return file


def test_a_plan_that_was_altered_is_refused(kept: Path) -> None:
    assert kept_in(kept) is not None
    text = kept.read_text("utf-8")
    assert '"prompt": "A cup."' in text
    kept.write_text(text.replace('"prompt": "A cup."', '"prompt": "A cap."'), "utf-8")
    with pytest.raises(AskError, match="was edited after it was kept") as told:
        kept_in(kept)
    assert "film.yaml --save" in told.value.help


def test_a_key_that_is_there_twice_is_refused(kept: Path) -> None:
    text = kept.read_text("utf-8")
    first = '"plan": {"total": {"usd": "0.10", "seconds": 3}},\n "plan": '
    kept.write_text(text.replace('"plan": ', first, 1), "utf-8")
    with pytest.raises(AskError, match="is no plan kept by"):
        kept_in(kept)


@pytest.mark.parametrize(
    ("version", "said"), [(2, "by an earlier storyboard"), (4, "by a newer storyboard")]
)
def test_a_plan_of_another_version_says_how_to_keep_it_again(
    kept: Path, version: int, said: str
) -> None:
    value: Any = json.loads(kept.read_text("utf-8"))
    kept.write_text(json.dumps({**value, "version": version}))
    with pytest.raises(AskError, match=said) as told:
        kept_in(kept)
    assert "storyboard plan" in told.value.help
    assert "plan.json" in told.value.help


def test_a_plan_of_a_storyboard_whose_name_is_not_utf_8_is_kept(tmp_path: Path) -> None:
    board = tmp_path / "f\udcff.yaml"
    board.write_text(BOARD)
    file = tmp_path / "plan.json"
    ask = Ask(board)
    keep(file, plan_of(compiled(ask)), ask)
    assert kept_in(file) is not None
