"""Shots of films that ask for the same are one, and each digest is computed once."""

from pathlib import Path

import pytest
from kept_project import KeptProject

from storyboard.jobs import digest_of_shot
from storyboard.model import AspectRatio, PromptShot, Storyboard
from storyboard.session import shots_alike as module
from storyboard.session.shots_alike import shots_alike

CAMPAIGN = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
variables: {moth: {default: x}}
variations:
  matrix: {moth: [grey, white, brown]}
  name: "{{ moth }}"
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: "A {{ moth }} moth comes."}
"""


def test_shots_of_one_name_follow_each_other(tmp_path: Path) -> None:
    made = KeptProject(tmp_path).write(CAMPAIGN)
    found = [(one.name, tuple(one.films)) for one in shots_alike(made.every)]
    assert found == [
        ("one/a", ("grey", "white", "brown")),
        ("one/b", ("grey",)),
        ("one/b", ("white",)),
        ("one/b", ("brown",)),
    ]


def test_what_films_share_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[str] = []

    def counted(shot: PromptShot, board: Storyboard, ratio: AspectRatio | None) -> str:
        computed.append(shot.name)
        return digest_of_shot(shot, board, ratio)

    made = KeptProject(tmp_path).write(CAMPAIGN)
    monkeypatch.setattr(module, "digest_of_shot", counted)
    shots_alike(made.every)
    assert sorted(computed) == ["one/a", "one/b", "one/b", "one/b"]


def test_each_film_has_its_own_job_of_a_shot(tmp_path: Path) -> None:
    """Its neighbours may be others."""
    made = KeptProject(tmp_path).write(CAMPAIGN)
    shared = shots_alike(made.every)[0]
    assert {job and job.digest for job in shared.films.values()} == shared.jobs.keys()
    assert len(shared.labels) == 3
