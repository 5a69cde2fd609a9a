"""Shots and films that somebody asks about by name."""

from pathlib import Path

import pytest
from kept_project import KeptProject
from PIL import Image

from storyboard.pipeline import Compiled
from storyboard.plan import Plan
from storyboard.session import FAL, TakesOfShot, chosen_takes, takes_of
from storyboard.session.errors import AskError

BOARD = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
outputs: [{name: wide}, {name: tall, aspect_ratio: '9:16', fit: render}]
variables: {moth: {default: x}}
variations:
  matrix: {moth: [grey, white]}
  name: "{{ moth }}"
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: "A {{ moth }} moth comes."}
      - {id: card, duration: 1s, still: lamp.png}
"""


@pytest.fixture
def made(tmp_path: Path) -> Compiled:
    Image.new("RGB", (1280, 720)).save(tmp_path / "lamp.png")
    return KeptProject(tmp_path).write(BOARD)


def chosen(made: Compiled, *shots: str, film: str | None = None) -> list[str]:
    assert isinstance(made.plan, Plan)
    found: tuple[TakesOfShot, ...] = chosen_takes(takes_of(made, FAL), made.plan, shots, film)
    return [f"{one.title} {'+'.join(map(str, one.films))}" for one in found]


def test_a_name_is_of_every_ratio_and_a_title_of_one(made: Compiled) -> None:
    assert chosen(made, "one/a") == ["one/a grey+white", "one/a@9:16 grey+white"]
    assert chosen(made, "one/a@9:16") == ["one/a@9:16 grey+white"]
    assert len(chosen(made)) == 6


def test_a_film_has_its_own_shots_and_shared_ones(made: Compiled) -> None:
    assert chosen(made, "one/b", film="white") == ["one/b white", "one/b@9:16 white"]
    assert chosen(made, "one/a", film="white") == ["one/a grey+white", "one/a@9:16 grey+white"]


@pytest.mark.parametrize(
    ("shot", "film", "message", "help_"),
    [
        ("one/x", None, "there is no shot `one/x`", "did you mean `one/a`?"),
        ("two/lamplight", None, "there is no shot `two/lamplight`", ""),
        ("one/card", None, "shot `one/card` is a still: it has no takes", ""),
        ("one/a", "gray", "there is no film `gray`", "did you mean `grey`?"),
        ("one/a", "mauve", "there is no film `mauve`", ""),
    ],
)
def test_what_is_not_there_is_named(
    made: Compiled, shot: str, film: str | None, message: str, help_: str
) -> None:
    with pytest.raises(AskError) as told:
        chosen(made, shot, film=film)
    assert (told.value.message, told.value.help) == (message, help_)


def test_a_shot_may_be_called_as_in_its_scene(tmp_path: Path) -> None:
    made = KeptProject(tmp_path).write()
    with pytest.raises(AskError) as told:
        chosen(made, "b")
    assert told.value.help == "did you mean `one/b`?"
