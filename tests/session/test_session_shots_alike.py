"""Shots of films that ask for the same are one, and each digest is computed once."""

from pathlib import Path

import pytest
from kept_project import KeptProject

from storyboard.jobs import ShotDigests, digest_of_shot
from storyboard.jobs import shot_digest as module
from storyboard.lock import Lock, arranged, asked_shots, text
from storyboard.model import AspectRatio, PromptShot, Storyboard
from storyboard.session.lock_file import lock_path
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
    found = [(one.name, tuple(one.films)) for one in shots_alike(made.every, ShotDigests())]
    assert found == [
        ("one/a", ("grey", "white", "brown")),
        ("one/b", ("grey",)),
        ("one/b", ("white",)),
        ("one/b", ("brown",)),
    ]


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the name of every shot whose digest is computed."""
    names: list[str] = []

    def counted(shot: PromptShot, board: Storyboard, ratio: AspectRatio | None) -> str:
        names.append(shot.name)
        return digest_of_shot(shot, board, ratio)

    monkeypatch.setattr(module, "digest_of_shot", counted)
    return names


def test_what_films_share_is_computed_once(tmp_path: Path, computed: list[str]) -> None:
    made = KeptProject(tmp_path).write(CAMPAIGN)
    shots_alike(made.every, made.digests)
    asked_shots([(one.variation, one.storyboard) for one in made.every], made.digests)
    assert sorted(computed) == ["one/a", "one/b", "one/b", "one/b"]


def test_a_lock_in_which_nothing_is_decided_asks_for_no_digest(
    tmp_path: Path, computed: list[str]
) -> None:
    project = KeptProject(tmp_path)
    shots = asked_shots([(None, project.write().every[0].storyboard)])
    lock_path(project.board).write_text(text(arranged(Lock(), shots)), "utf-8")
    computed.clear()
    assert len(project.compiled().lock.shots) == len(shots)
    assert computed == []


def test_each_film_has_its_own_job_of_a_shot(tmp_path: Path) -> None:
    """Its neighbours may be others."""
    made = KeptProject(tmp_path).write(CAMPAIGN)
    shared = shots_alike(made.every, ShotDigests())[0]
    assert {job and job.digest for job in shared.films.values()} == shared.jobs.keys()
    assert len(shared.labels) == 3
