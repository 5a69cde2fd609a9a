"""Kept takes looked up by their shots."""

from dataclasses import replace
from pathlib import Path

import pytest
from kept_project import KeptProject

from storyboard.catalogue import Catalogue
from storyboard.model import AspectRatio
from storyboard.plan import Requested, StoreView
from storyboard.session.kept_by_shot import KeptByShot, KeptShot

TALL = AspectRatio(9, 16)


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    return KeptProject(tmp_path)


def of(project: KeptProject, held: StoreView | None = None) -> KeptByShot:
    made = project.compiled()
    return KeptByShot(held or made.held, made.catalogue)


def the_third(kept: KeptByShot) -> KeptShot:
    (one,) = kept.called("lamp", "one/c", None)
    return one


def test_by_what_a_shot_asked_for_and_by_its_name(project: KeptProject) -> None:
    project.keep(project.write())
    kept = of(project)
    one = the_third(kept)
    assert one.asks is not None
    assert kept.asking(one.asks) == [one]
    assert (one.place, one.used, kept.starts(one)) == (2, 3, 6)
    assert not kept.called("lamp", "one/c", TALL)
    assert not kept.called("other", "one/c", None)


def test_where_a_shot_is_comes_from_the_request_if_the_journal_does_not_say(
    project: KeptProject,
) -> None:
    project.keep(project.write(), by_earlier=True)
    kept = of(project)
    assert kept.starts(the_third(kept)) == 6
    unknown = KeptByShot(replace(kept.held, catalogues=()), Catalogue((), ()))
    assert unknown.starts(the_third(unknown)) is None
    (digest,) = kept.held.requested
    asked = kept.held.requested[digest]
    odd = Requested(asked.endpoint, {"prompt": "?"}, asked.shots)
    other = of(project, replace(kept.held, requested={digest: odd}))
    assert other.starts(the_third(other)) is None


def test_a_clip_of_one_shot_begins_with_it(project: KeptProject) -> None:
    board = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
scenes: [{id: one, shots: [{id: c, duration: 3s, prompt: It circles.}]}]
"""
    project.keep(project.write(board), by_earlier=True)
    kept = KeptByShot(project.compiled().held, Catalogue((), ()))
    assert kept.starts(the_third(kept)) == 0


@pytest.mark.parametrize("name", ["one/c@9:16", "one/c@9:16 [grey]", "one/a..c@9:16 (2)"])
def test_the_ratio_is_in_the_name_of_a_request(project: KeptProject, name: str) -> None:
    project.keep(project.write())
    kept = of(project)
    one = the_third(kept)
    held = replace(
        kept.held,
        takes={
            job: {number: replace(take, kept=replace(one.kept, job=name))}
            for job, takes in kept.held.takes.items()
            for number, take in takes.items()
        },
    )
    assert of(project, held).called("lamp", "one/c", TALL)
    assert not of(project, held).called("lamp", "one/c", None)
