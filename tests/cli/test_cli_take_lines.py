"""Both ways to a further take, with their prices; then the takes that are new."""

from dataclasses import replace
from pathlib import Path

import pytest
from kept_project import FOUR, KeptProject

from storyboard.cli.take_lines import (
    new_takes,
    new_takes_json,
    next_lines,
    way_lines,
    ways_json,
)
from storyboard.pipeline import Ask
from storyboard.plan import JobState, Plan, PlannedTake
from storyboard.session import TakesAsked, TakeWay, further_takes


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    made = KeptProject(tmp_path)
    made.keep(made.write())
    return made


def asked(project: KeptProject, *shots: str, count: int = 1) -> TakesAsked:
    return further_takes(Ask(project.board), project.choice, shots, count)


def written(found: TakesAsked, way: TakeWay = TakeWay.PACK, count: int = 1) -> list[str]:
    return list(way_lines(found, way, count))


def test_both_ways_are_shown_and_what_the_chosen_one_pays(project: KeptProject) -> None:
    found = asked(project, "one/b", "one/c", count=2)
    assert written(found, TakeWay.ALONE, 2) == [
        "2 further takes of each of one/b, one/c:",
        "               request   seconds   USD",
        "with its pack  one/a..d       12  1.68",
        "alone          one/b           3  0.42",
        "alone          one/c           3  0.42",
        "4 requests to send, 1.68 USD to pay",
        "with its pack, without --alone: 3.36 USD to pay",
    ]


def test_one_way_is_shown_if_both_are_the_same_request(tmp_path: Path) -> None:
    project = KeptProject(tmp_path)
    project.write(FOUR.replace("- id: one\n", "- id: one\n    pack: shot\n"))
    assert written(asked(project, "one/b")) == [
        "1 further take of one/b:",
        "       request  seconds   USD",
        "alone  one/b          3  0.42",
        "1 request to send, 0.42 USD to pay",
    ]


def test_a_way_that_is_not_possible_says_why(tmp_path: Path) -> None:
    project = KeptProject(tmp_path)
    project.write(FOUR.replace("- id: one\n", "- id: one\n    continuity: chain\n"))
    found = asked(project, "one/b")
    table, refused, help_, to_pay = written(found)[:3], *written(found)[3:]
    assert table[-1] == "with its pack  one/a..d       12  1.68"
    assert refused == (
        "alone: not possible: shot `one/b` alone begins with the frame before it, and no clip "
        "shows that"
    )
    assert help_ == "  help: render what is before it, or give the shot `start:` with a picture"
    assert to_pay == "1 request to send, 1.68 USD to pay"
    told = ways_json(found)["ways"]
    assert isinstance(told, dict)
    assert told["pack"]["error"] is None
    assert told["alone"]["to_pay"] is None
    assert "alone begins with the frame before it" in told["alone"]["error"]


def with_states(found: TakesAsked, *states: JobState) -> TakesAsked:
    """Let the takes of the pack be in these states."""
    way = found.ways[TakeWay.PACK]
    assert isinstance(way.plan, Plan)
    (one,) = way.plan.jobs
    first, *further = (PlannedTake(n, state, "") for n, state in enumerate(states, 1))
    job = replace(one, state=first.state, further=tuple(further))
    plan = replace(way.plan, jobs=(job,))
    return replace(found, ways={**found.ways, TakeWay.PACK: replace(way, plan=plan)})


def test_what_is_under_way_or_failed_is_said(project: KeptProject) -> None:
    here, open_, lost = JobState.RENDERED, JobState.IN_FLIGHT, JobState.UNKNOWN
    lines = written(with_states(asked(project, "one/b"), here, open_, lost, JobState.FAILED))
    assert "2 takes sent before: taken up first, not paid again" in lines
    assert "1 take failed, perhaps charged: only with --retry-failed" in lines


def test_of_many_requests_some_are_shown(project: KeptProject) -> None:
    found = asked(project, "one/b")
    way = found.ways[TakeWay.ALONE]
    many = replace(way, jobs=way.jobs * 25)
    lines = written(replace(found, ways={**found.ways, TakeWay.ALONE: many}))
    assert sum(line.startswith("alone  ") for line in lines) == 21
    assert any("and 5 more" in line for line in lines)


def test_new_takes_are_named_with_what_to_do_next(project: KeptProject) -> None:
    before = (project.takes()["one/b"],)
    (clip,) = project.keep(project.compiled(), take=2)
    new = new_takes(before, tuple(project.takes().values()))
    assert list(next_lines(new, "lamp.yaml", " --backend emulator")) == [
        f"one/b: take 2, clip {clip[:8]}",
        "storyboard takes lamp.yaml one/b --backend emulator shows them beside the others",
        "storyboard pick lamp.yaml one/b 2 --backend emulator lets the film show that one",
    ]
    (take,) = new_takes_json(new)["takes"]  # type: ignore[misc]
    assert (take["shot"], take["take"], take["clip"]) == ("one/b", 2, clip)
    assert not list(next_lines((), "lamp.yaml"))
