"""A final film needs every shot approved as it is seen: those that are not are named."""

from pathlib import Path

import pytest
from offers import MARA
from rehearsed import copied

from storyboard import Ask
from storyboard.lock import ApprovalState, PickState
from storyboard.session import REHEARSAL, compiled, for_each, open_desk, plan_of
from storyboard.session.errors import NotApprovedError
from storyboard.session.final_check import all_approved, shot_standings
from storyboard.template import read_choice


@pytest.fixture
def film(rehearsed_campaign: Path, tmp_path: Path) -> Path:
    return copied(rehearsed_campaign, tmp_path / "a film")


def checked(film: Path, *only: str) -> None:
    ask = Ask(film, choice=read_choice(only, None))
    result = compiled(ask, REHEARSAL)
    all_approved(ask, REHEARSAL, result, plan_of(result))


def test_shots_are_named_once_with_what_to_run(film: Path) -> None:
    with pytest.raises(NotApprovedError) as told:
        checked(film)
    typed = f"'{film}' --backend emulator"
    assert told.value.shots == tuple(
        f"{name}: nobody approved it (storyboard approve {typed} {name.partition(' ')[0]})"
        for name in ("one/cup [Ann]", "two/face [Ann]", "two/face [Bo]")
    )
    assert told.value.help == f"storyboard approve {typed} --all approves what is seen now"


def test_only_the_films_that_are_asked_for_need_it(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    desk.write(for_each(MARA.approve([one for one in desk.shots if one.asked.film == "Ann"])))
    checked(film, "who=Ann")
    with pytest.raises(NotApprovedError) as told:
        checked(film)
    (line,) = told.value.shots
    assert line.startswith("two/face [Bo]")


def test_where_shots_stand_is_told_for_each_film(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    desk.write(for_each(MARA.approve([one for one in desk.shots if one.name == "one/cup"])))
    result = compiled(Ask(film), REHEARSAL)
    found = shot_standings(REHEARSAL, result, plan_of(result))
    assert [(one.asked.name, one.asked.film, one.pick, one.approval) for one in found] == [
        ("one/cup", "Ann", PickState.CURRENT, ApprovalState.APPROVED),
        ("two/face", "Ann", PickState.NONE, ApprovalState.NONE),
        ("one/cup", "Bo", PickState.CURRENT, ApprovalState.APPROVED),
        ("two/face", "Bo", PickState.NONE, ApprovalState.NONE),
    ]
