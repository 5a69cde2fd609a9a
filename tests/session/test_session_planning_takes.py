"""Further takes, planned both ways: what they cost, what they begin with, what is taken up."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from kept_project import BEGUN, FOUR, KeptProject
from PIL import Image

from storyboard.jobs import FrameRef
from storyboard.lock import UNDECIDED, Lock, LockedShot, ShotKind, pick
from storyboard.lock import text as lock_text
from storyboard.model import ShotName
from storyboard.pipeline import Ask
from storyboard.plan import JobState
from storyboard.provider import RequestId, Ticket
from storyboard.session import (
    FurtherTakes,
    TakesAsked,
    TakeWay,
    further_takes,
    lock_path,
    plan_of_way,
)
from storyboard.session.errors import AskError
from storyboard.store import Store
from storyboard.store import life as states

WHEN = datetime(2026, 11, 28, 15, tzinfo=UTC)
CHAIN = FOUR.replace("  - id: one\n", "  - id: one\n    continuity: chain\n")
FRAMED = FOUR.replace("kling-v3-turbo-pro", "kling-v3-pro").replace(
    "  - id: one\n", "  - id: one\n    start: lamp.png\n"
)


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    Image.new("RGB", (1280, 720)).save(tmp_path / "lamp.png")
    return KeptProject(tmp_path)


def asked(project: KeptProject, *shots: str, count: int = 1, film: str | None = None) -> TakesAsked:
    return further_takes(Ask(project.board), project.choice, shots, count, film)


def both(project: KeptProject, *shots: str, count: int = 1) -> tuple[FurtherTakes, FurtherTakes]:
    ways = asked(project, *shots, count=count).ways
    return ways[TakeWay.PACK], ways[TakeWay.ALONE]


def to_pay(way: FurtherTakes) -> Decimal:
    assert way.plan is not None
    return way.plan.to_pay


def test_the_pack_again_or_the_shot_alone(project: KeptProject) -> None:
    project.keep(project.write())
    pack, alone = both(project, "one/b")
    assert (pack.cost, to_pay(pack)) == (Decimal("1.68"), Decimal("1.68"))
    assert (alone.cost, to_pay(alone)) == (Decimal("0.42"), Decimal("0.42"))
    assert [one.id for one in pack.jobs] == ["one/a..d"]
    assert [(one.id, one.seconds) for one in alone.jobs] == [("one/b", 3)]
    (plan,) = [pack.plan]
    assert plan is not None
    (planned,) = plan.jobs
    assert [one.state for one in planned.takes] == [JobState.RENDERED, JobState.TO_RENDER]


def test_shots_of_one_pack_are_one_request_and_alone_are_two(project: KeptProject) -> None:
    project.keep(project.write())
    pack, alone = both(project, "one/b", "one/d", count=3)
    assert (to_pay(pack), to_pay(alone)) == (Decimal("5.04"), Decimal("2.52"))
    assert len(alone.jobs) == 2


def test_what_is_not_rendered_at_all_is_a_first_take(project: KeptProject) -> None:
    project.write()
    pack, alone = both(project, "one/b", count=2)
    assert (to_pay(pack), to_pay(alone)) == (Decimal("3.36"), Decimal("0.84"))


def test_what_films_want_besides_is_not_rendered_with_it(project: KeptProject) -> None:
    """`takes: 3` on a shot is what `render` is for."""
    project.keep(project.write(FOUR.replace("is lit.}", "is lit., takes: 3}")))
    pack, _ = both(project, "one/b")
    assert to_pay(pack) == Decimal("1.68")


def open_take(project: KeptProject, number: int) -> None:
    """Leave a take of the pack in flight, as an interrupted run does."""
    made = project.compiled()
    assert made.plan is not None
    job = made.plan.jobs[0].job
    order = states.Order(
        states.AttemptId(f"a{number}"),
        job.digest,
        job.id,
        job.endpoint,
        "{}",
        "{}",
        job.cost,
        12,
        ("one/a", "one/b", "one/c", "one/d"),
        ("lamp",),
        "fal",
        None,
        number,
    )
    with Store.open(made.project) as store:
        intended = states.Intended(order, BEGUN)
        accepted = states.Accepted(
            intended, Ticket(RequestId(f"open-{number}"), "fal", None, ()), BEGUN
        )
        assert store.record([intended, accepted]) == (None, None)


def test_a_take_in_flight_is_taken_up_and_not_paid_again(project: KeptProject) -> None:
    project.keep(project.write())
    open_take(project, 2)
    pack, _ = both(project, "one/b")
    assert to_pay(pack) == 0
    pack, _ = both(project, "one/b", count=2)
    assert to_pay(pack) == Decimal("1.68")
    assert pack.plan is not None
    assert [one.state for one in pack.plan.jobs[0].takes] == [
        JobState.RENDERED,
        JobState.IN_FLIGHT,
        JobState.TO_RENDER,
    ]


def frame_of(way: FurtherTakes) -> FrameRef:
    (job,) = way.jobs
    assert isinstance(job.begins, FrameRef)
    return job.begins


@pytest.mark.parametrize("board", [CHAIN, FRAMED])
def test_a_frame_comes_from_the_clip_that_the_shot_is_shown_from(
    project: KeptProject, board: str
) -> None:
    """If the scene is a chain, or no endpoint renders the shot from words alone."""
    (clip,) = project.keep(project.write(board))
    frame = frame_of(both(project, "one/c")[1])
    assert (frame.clip, frame.at) == (clip, 6)


def test_a_frame_for_the_first_shot_of_a_clip_is_the_last_before_it(project: KeptProject) -> None:
    cut = CHAIN.replace("A moth comes.}", "A moth comes.}").replace(
        "continuity: chain\n", "continuity: chain\n    pack: shot\n"
    )
    first, second, *_ = project.keep(project.write(cut))
    frame = frame_of(both(project, "one/b")[1])
    assert (frame.clip, frame.at) == (first, 3)
    frame = frame_of(both(project, "one/c")[1])
    assert (frame.clip, frame.at) == (second, Fraction(5, 2))


def pick_take(project: KeptProject, shot: str, number: int) -> None:
    found = project.takes()[shot]
    take = next(one for one in found.takes if one.number == number)
    assert take.locked is not None
    decision = pick(UNDECIDED, take.locked, found.asks, "Mara", WHEN)
    entry = LockedShot(ShotName(shot), ShotKind.PROMPT, decision)
    lock_path(project.board).write_text(lock_text(Lock((entry,))), "utf-8")


def test_a_frame_comes_from_the_picked_clip(project: KeptProject) -> None:
    made = project.write(CHAIN)
    project.keep(made)
    (second,) = project.keep(made, take=2)
    pick_take(project, "one/c", 2)
    frame = frame_of(both(project, "one/c")[1])
    assert (frame.clip, frame.at, frame.rendering) == (second, 6, 2)


def test_a_picked_shot_is_in_the_pack_that_it_was_paid_for(project: KeptProject) -> None:
    by_itself = project.write(FOUR.replace("- id: one\n", "- id: one\n    pack: shot\n"))
    project.keep(project.write())
    project.keep(by_itself, ["one/b"])
    pick_take(project, "one/b", 2)
    pack, alone = both(project, "one/b")
    assert [one.id for one in pack.jobs] == ["one/a..d"]
    assert (to_pay(pack), to_pay(alone)) == (Decimal("1.68"), Decimal("0.42"))
    assert alone.plan is not None
    assert [one.state for one in alone.plan.jobs[0].takes] == [
        JobState.RENDERED,
        JobState.TO_RENDER,
    ]


def test_without_a_frame_the_price_of_the_pack_is_named(project: KeptProject) -> None:
    project.write(CHAIN)
    found = asked(project, "one/c")
    assert "alone begins with the frame before it" in found.ways[TakeWay.ALONE].refusal
    with pytest.raises(AskError) as told:
        plan_of_way(found, TakeWay.ALONE)
    assert "1.68 USD" in told.value.help
    assert plan_of_way(found, TakeWay.PACK).to_pay == Decimal("1.68")


def test_a_first_shot_that_needs_a_picture_has_its_own(project: KeptProject) -> None:
    project.keep(project.write(FRAMED))
    (job,) = both(project, "one/a")[1].jobs
    assert job.begins is not None
    assert not isinstance(job.begins, FrameRef)


def test_what_a_job_needs_is_rendered_with_it_and_no_take_more(project: KeptProject) -> None:
    """A pack that begins with the end of another one that has no clip."""
    cut = CHAIN.replace("continuity: chain\n", "continuity: chain\n    pack: shot\n")
    project.write(cut.replace("is lit.}", "is lit., takes: 2}"))
    pack, _ = both(project, "one/b")
    assert pack.plan is not None
    assert [(one.job.id, len(one.takes)) for one in pack.plan.jobs] == [("one/a", 1), ("one/b", 1)]
    assert [one.id for one in pack.jobs] == ["one/b"]
    assert to_pay(pack) == Decimal("0.84")


CAMPAIGN = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
variables: {moth: {default: x}}
variations:
  matrix: {moth: [grey, white, brown]}
  name: "{{ moth }}"
outputs: [{name: wide}, {name: tall, aspect_ratio: '9:16', fit: render}]
scenes:
  - id: one
    pack: shot
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: "A {{ moth }} moth comes."}
"""


def test_films_that_share_a_shot_pay_once_and_one_film_alone_for_its_own(
    project: KeptProject,
) -> None:
    project.keep(project.write(CAMPAIGN))
    assert [to_pay(one) for one in both(project, "one/a")] == [Decimal("0.42")] * 2
    assert [to_pay(one) for one in both(project, "one/b")] == [Decimal("1.26")] * 2
    own = asked(project, "one/b", film="white").ways[TakeWay.ALONE]
    assert to_pay(own) == Decimal("0.42")
    assert own.plan is not None
    assert {one.variation for one in own.plan.films} == {"white"}


def test_a_shape_that_is_rendered_again_is_asked_for_by_name(project: KeptProject) -> None:
    project.keep(project.write(CAMPAIGN))
    assert {one.id for one in both(project, "one/a")[0].jobs} == {"one/a"}
    assert {one.id for one in both(project, "one/a@9:16")[0].jobs} == {"one/a@9:16"}
