"""A rehearsal tells its stand-in what shots are called, by the very prompts that it will send."""

import json
from pathlib import Path

import pytest

from storyboard import Ask, compile_storyboard
from storyboard.emulator import NAMES
from storyboard.emulator.shown import names_in, shown
from storyboard.jobs import ClipJob
from storyboard.session.errors import SetupError
from storyboard.session.rehearsal import name_shots

CUP = Path(__file__).resolve().parents[2] / "examples" / "first-cup" / "storyboard.yaml"


def test_every_shot_of_every_request_is_named(tmp_path: Path) -> None:
    plan = compile_storyboard(Ask(CUP)).plan
    assert plan is not None
    name_shots(tmp_path, plan)
    names = names_in(tmp_path / "emulator")
    jobs = [one.job for one in plan.jobs if isinstance(one.job, ClipJob)]
    assert any(len(one.shots) > 1 for one in jobs)
    for job in jobs:
        sent = json.loads(json.dumps(dict(job.body), default=str))
        assert [one.name for one in shown(sent, names)] == [str(one.name) for one in job.shots]


def test_names_of_a_rehearsal_that_is_under_way_stay(tmp_path: Path) -> None:
    plan = compile_storyboard(Ask(CUP)).plan
    assert plan is not None
    file = tmp_path / "emulator" / NAMES
    file.parent.mkdir()
    file.write_text(json.dumps({"A door.": "other/door"}), encoding="utf-8")
    name_shots(tmp_path, plan)
    assert names_in(file.parent)["A door."] == "other/door"
    assert len(names_in(file.parent)) > 1


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    plan = compile_storyboard(Ask(CUP)).plan
    assert plan is not None
    (tmp_path / "emulator").write_text("a file", encoding="utf-8")
    with pytest.raises(SetupError, match=NAMES):
        name_shots(tmp_path, plan)
