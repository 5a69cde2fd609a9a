"""Clips that are there are worked on while others are still rendered."""

import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from clips import ClipRecipe, make_clip

from storyboard import Ask, Compiled, compile_storyboard
from storyboard.cut.ahead import encode_ahead
from storyboard.cut.options import CutOptions
from storyboard.cut.sound import mix
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.delivery import Delivered, Room, ShownClips, deliver, orders, timeline_of
from storyboard.delivery.ahead import Ahead
from storyboard.delivery.memory import Memory
from storyboard.jobs import Job, JobDigest
from storyboard.jobs.job import ClipJob
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import Clip, ClipDigest
from storyboard.model.money import NOTHING
from storyboard.render.event import Outcome, Refused, Rendered

BOARD = """\
storyboard: 1
model: kling-v3-turbo-pro
scenes:
  - id: a
    shots: [{id: one, prompt: Rain on a window., duration: 3s}]
  - id: b
    transition: crossfade 0.5s
    shots: [{id: two, prompt: A street at night., duration: 3s}]
  - id: c
    transition: crossfade 0.5s
    shots: [{id: three, prompt: The sea., duration: 3s}]
"""
OPTIONS = CutOptions(preset="ultrafast", workers=1)


@pytest.fixture
def compiled(tmp_path: Path) -> Compiled:
    board = tmp_path / "film.yaml"
    board.write_text(BOARD, "utf-8")
    return compile_storyboard(Ask(board))


def rendered(job: Job, folder: Path) -> Rendered:
    assert isinstance(job, ClipJob)
    path = folder / f"{job.digest[:8]}.mp4"
    make_clip(path, ClipRecipe(frames=72, seed=int(job.digest[:4], 16)))
    facts = probe(path)
    assert isinstance(facts, ClipFacts)
    return Rendered(job, Clip(ClipDigest(job.digest), path, facts), None, NOTHING)


def kept(folder: Path) -> set[str]:
    return {one.name for one in folder.rglob("*.mp4") if ".part" not in one.name}


def test_what_can_be_is_encoded_while_clips_come(tmp_path: Path, compiled: Compiled) -> None:
    plan = compiled.plan
    assert plan is not None
    outcomes: dict[JobDigest, Outcome] = {
        one.job.digest: rendered(one.job, tmp_path) for one in plan.jobs
    }
    *early, last = outcomes.values()
    (order,) = orders(plan.films, tmp_path / "build", "")
    room = Room(tmp_path, tmp_path / "derived", OPTIONS)
    lacking = timeline_of(order, ShownClips({one.job.digest: one for one in early}), room)
    (tmp_path / "work").mkdir()
    shop = Workshop(tmp_path / "work", DerivedFolder(tmp_path / "alone"), tmp_path, mix)
    encode_ahead(lacking, shop, OPTIONS, threading.Event())
    with Ahead([order], room) as ahead:
        for one in early:
            ahead.hear(one)
        ahead.hear(Refused(last.job, "SB800", "refused", "say it otherwise"))
        while kept(tmp_path / "derived") != kept(tmp_path / "alone"):
            time.sleep(0.01)
    assert kept(tmp_path / "derived")
    film = deliver(order, ShownClips(outcomes), room, lambda _: None)
    assert isinstance(film, Delivered)
    assert film.report is not None
    assert 0 < film.report.reused < film.report.plan.encoded


def test_a_film_that_is_there_is_left_alone(tmp_path: Path, compiled: Compiled) -> None:
    plan = compiled.plan
    assert plan is not None
    outcomes = {one.job.digest: rendered(one.job, tmp_path) for one in plan.jobs}
    (order,) = orders(plan.films, tmp_path / "build", "")
    room = Room(tmp_path, tmp_path / "derived", OPTIONS, Memory(tmp_path / "films"))
    assert isinstance(deliver(order, ShownClips(outcomes), room, lambda _: None), Delivered)
    elsewhere = replace(room, derived=tmp_path / "elsewhere")
    with Ahead([order], elsewhere) as ahead:
        for one in outcomes.values():
            ahead.hear(one)
        while ahead.busy:
            time.sleep(0.01)
    assert not kept(tmp_path / "elsewhere")


def test_a_clip_that_cannot_be_read_stops_nothing(tmp_path: Path, compiled: Compiled) -> None:
    plan = compiled.plan
    assert plan is not None
    first, second, third = (rendered(one.job, tmp_path) for one in plan.jobs)
    assert first.clip is not None
    whole = first.clip.path.read_bytes()
    first.clip.path.write_bytes(whole[:500])
    (order,) = orders(plan.films, tmp_path / "build", "")
    with Ahead([order], Room(tmp_path, tmp_path / "derived", OPTIONS)) as ahead:
        ahead.hear(first)
        while ahead.busy:
            time.sleep(0.01)
        first.clip.path.write_bytes(whole)
        ahead.hear(second)
        ahead.hear(third)
        while not kept(tmp_path / "derived"):
            time.sleep(0.01)
