"""A catalogue that changes costs nothing: what is rendered stays as it is, whatever changes."""

import os
import shutil
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random  # its seeds name the projects

import pytest
from changing import changes
from PIL import Image
from projects import project

from storyboard.catalogue import (
    Catalogue,
    EditionId,
    Editions,
    EndpointId,
    gather,
    packaged,
)
from storyboard.catalogue.earlier_editions import of_models
from storyboard.catalogue.editions import Dated
from storyboard.catalogue.writing import read, write
from storyboard.compile import compile_storyboard
from storyboard.data import data
from storyboard.jobs.digest import digest
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import JobState, KnownTake, StoreView

PROJECTS = int(os.environ.get("STORYBOARD_UPGRADES", "200"))
PARTS = 8
CHANGES = 3
NEXT = EditionId("2099-01")
EXAMPLES = sorted(
    one.parent.relative_to(data("examples")) for one in data("examples").glob("*/storyboard.yaml")
)


def compiled(file: Path, shelf: Editions, view: StoreView) -> Compiled:
    return compile_storyboard(Ask(file), lambda _: view, lambda: shelf)


def upgraded(now: Catalogue) -> Editions:
    """A package whose next edition is that, and which still has the one before."""
    old = [replace(one, until=one.until or NEXT) for one in packaged().entries]
    return Editions((*old, *(Dated(one, NEXT) for one in now.endpoints)))


def overwritten(now: Catalogue) -> Editions:
    """A package that has only that, as if nothing else had ever been."""
    return Editions(tuple(Dated(one, EditionId("2026-11")) for one in now.endpoints))


def rendered(first: Compiled) -> StoreView:
    """A store in which all of a plan is rendered, as the first releases left it.

    They kept each take under a digest of its own.
    """
    assert first.plan is not None
    jobs = [one.job for one in first.plan.jobs]
    takes = [digest(one.endpoint, one.body, n) for one in jobs for n in range(1, one.takes + 1)]
    return StoreView(
        rendered=frozenset(takes),
        takes={one: {1: KnownTake(1, JobState.RENDERED)} for one in takes},
        endpoints=frozenset(job.endpoint for job in jobs),
    )


def kept(view: StoreView, catalogue: Catalogue) -> StoreView:
    """The same store, with what the jobs were asked by beside them."""
    parts = of_models(catalogue, view.endpoints)
    return replace(view, catalogues=tuple(read(write(one)) for one in parts))


def stays(file: Path, first: Compiled, now: Catalogue) -> None:
    """Assert that nothing of what is rendered is asked for otherwise, or paid again."""
    assert first.plan is not None
    before = rendered(first)
    clips = {one.job.digest for one in first.plan.jobs if hasattr(one.job, "shots")}
    for shelf, view in (
        (upgraded(now), before),
        (overwritten(now), kept(before, first.catalogue)),
    ):
        again = compiled(file, shelf, view)
        assert again.plan is not None, [one.message for one in again.diagnostics]
        assert {one.job.digest for one in again.plan.jobs if hasattr(one.job, "shots")} == clips
        assert all(one.states == {JobState.RENDERED} for one in again.plan.jobs)
        assert again.plan.to_pay == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project's folder with a start frame and a voice's sample."""
    made = tmp_path_factory.mktemp("upgrade")
    (made / ".git").mkdir()
    Image.new("RGB", (1280, 720), "navy").save(made / "start.png")
    with wave.open(str(made / "voice.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(2 * 8000 * 6))
    before = Path.cwd()
    os.chdir(made)
    yield made
    os.chdir(before)


def drawn(folder: Path, dice: Random) -> tuple[Path, Compiled]:
    """Draw storyboards until one has no mistakes."""
    for _ in range(500):
        file = folder / "storyboard.yaml"
        file.write_text(project(dice, packaged().newest), "utf-8")
        first = compiled(file, packaged(), StoreView())
        if first.plan is not None:
            return file, first
    raise AssertionError("500 random storyboards are all wrong")


@pytest.mark.parametrize("part", range(PARTS))
def test_no_change_of_the_catalogue_costs_a_random_project_anything(
    folder: Path, part: int
) -> None:
    for number in range(part, PROJECTS, PARTS):
        dice = Random(number)  # noqa: S311 -- a seed that names the project
        file, first = drawn(folder, dice)
        used = rendered(first).endpoints
        for now in changes(dice, packaged().newest, used, CHANGES):
            stays(file, first, now)


@pytest.mark.parametrize("name", EXAMPLES, ids=str)
def test_no_change_of_the_catalogue_costs_an_example_anything(
    name: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave = shutil.ignore_patterns("build", ".storyboard")
    shutil.copytree(data("examples") / name, tmp_path / name, ignore=leave)
    (tmp_path / name / ".git").mkdir()
    monkeypatch.chdir(tmp_path / name)
    file = Path("storyboard.yaml")
    first = compiled(file, packaged(), StoreView())
    assert first.plan is not None
    used = rendered(first).endpoints
    dice = Random(str(name))  # noqa: S311 -- a seed
    for now in changes(dice, packaged().newest, used, 12) if used else ():
        stays(file, first, now)


CHAINED = """\
storyboard: 1
title: A
model: kling-v3-pro
scenes:
  - id: a
    shots:
      - {id: b, duration: 10s, prompt: A boat., start: start.png}
      - {id: c, duration: 10s, prompt: A shore.}
"""


def test_a_new_endpoint_does_not_cut_a_rendered_chain(folder: Path) -> None:
    file = folder / "chained.yaml"
    file.write_text(CHAINED, "utf-8")
    first = compiled(file, packaged(), StoreView())
    (image,) = packaged().newest.of_model("kling-v3-pro")
    text = replace(image, id=EndpointId("fal-ai/kling-video/v3/pro/text-to-video"), start=None)
    now = gather([*packaged().newest.endpoints, text])
    stays(file, first, now)
    # What is not rendered is asked for by what there is now: the second shot, of the new endpoint.
    again = compiled(file, upgraded(now), StoreView())
    assert again.plan is not None
    assert [one.job.endpoint for one in again.plan.jobs] == [image.id, text.id]
    file.write_text(CHAINED.replace("A shore.", "A beach."), "utf-8")
    edited = compiled(file, upgraded(now), rendered(first))
    assert edited.plan is not None
    assert [(one.job.endpoint, one.state) for one in edited.plan.jobs] == [
        (image.id, JobState.RENDERED),
        (text.id, JobState.TO_RENDER),
    ]


def test_a_shot_of_a_model_that_is_gone_is_a_mistake_as_soon_as_it_is_edited(folder: Path) -> None:
    file = folder / "gone.yaml"
    file.write_text(CHAINED, "utf-8")
    first = compiled(file, packaged(), StoreView())
    others = [one for one in packaged().newest.endpoints if "v3/pro" not in one.id]
    now = gather(others)
    stays(file, first, now)
    file.write_text(CHAINED.replace("A shore.", "A beach."), "utf-8")
    edited = compiled(file, upgraded(now), rendered(first))
    assert edited.plan is None
    assert "SB205" in {one.code for one in edited.diagnostics}
