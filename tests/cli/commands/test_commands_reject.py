"""`storyboard reject`: what is seen is not good, with the reason, and a final film is refused."""

from pathlib import Path

import pytest
from rehearsed import LOCK, Typed, copied, typing

from storyboard.cli.commands import reject as module
from storyboard.cli.exits import Exit


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYBOARD_USER", "Ada Ek")
    return copied(rehearsed, tmp_path / "p")


@pytest.fixture
def typed(film: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return typing(film, capsys)


def test_a_rejection_says_why_and_keeps_a_final_film_from_being_made(
    film: Path, typed: Typed
) -> None:
    assert module.command.name == "reject"
    code, out, _ = typed("reject", "land/gull", " the beak is wrong\n")
    assert (code, out) == (0, "land/gull: rejected: the beak is wrong\n")
    assert 'why: "the beak is wrong"' in (film.parent / LOCK).read_text("utf-8")
    code, _, err = typed("render", "--final")
    assert code == Exit.DECLINED
    assert "land/gull: Ada Ek rejected it: the beak is wrong (storyboard takes " in err


def test_a_rejection_needs_a_reason_and_a_shot_that_is_seen(film: Path, typed: Typed) -> None:
    code, _, err = typed("reject", "land/gull", " ")
    assert (code, "say why" in err) == (Exit.USAGE, True)
    text = film.read_text("utf-8")
    film.write_text(text.replace("A gull on a post.", "Two gulls."), "utf-8")
    code, _, err = typed("reject", "land/gull", "no")
    assert (code, "there is no clip of land/gull" in err) == (Exit.USAGE, True)
