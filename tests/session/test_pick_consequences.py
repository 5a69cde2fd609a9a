"""What a pick costs: shots that go on from a frame that it changes, and what renders them."""

from decimal import Decimal
from pathlib import Path

import pytest
from offers import MARA
from rehearsed import BOARD, copied

from storyboard import Ask
from storyboard.model import Usd
from storyboard.session import REHEARSAL
from storyboard.session.deciding import Desk, open_desk
from storyboard.session.lock_edits import Edit, for_each, for_others, in_turn
from storyboard.session.pick_consequences import Consequences, consequences, may_have_any
from storyboard.session.shots_to_decide import OfferedShot


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path) -> Path:
    return copied(rehearsed, tmp_path / "p")


@pytest.fixture
def desk(film: Path) -> Desk:
    return open_desk(Ask(film), REHEARSAL)


def named(desk: Desk, name: str) -> list[OfferedShot]:
    return [one for one in desk.shots if one.name == name]


def picking(desk: Desk, name: str, number: int) -> Edit:
    shots = named(desk, name)
    return for_others(MARA.pick(shots, shots[0].takes[number - 1]))


def of(desk: Desk, edit: Edit, name: str) -> Consequences:
    return consequences(desk.shots, desk.tried(edit), {name})


def test_a_shot_that_nothing_goes_on_from_has_none(desk: Desk) -> None:
    films = desk.compiled.every
    assert not may_have_any(films, named(desk, "land/gull"))
    assert not may_have_any(films, named(desk, "sea/boat"))
    assert may_have_any(films, named(desk, "sea/waves"))
    assert not of(desk, picking(desk, "land/gull", 1), "land/gull")


def test_the_first_take_changes_no_frame(desk: Desk) -> None:
    assert not of(desk, picking(desk, "sea/waves", 1), "sea/waves")


def test_another_take_changes_what_goes_on_from_it(desk: Desk) -> None:
    found = of(desk, picking(desk, "sea/waves", 2), "sea/waves")
    assert [one.name for one in found.later] == ["sea/boat"]
    assert [one.job.id for one in found.jobs] == ["sea/boat"]
    assert found.cost == Usd(Decimal("0.42"))
    kept = in_turn((picking(desk, "sea/waves", 2), for_each(MARA.pick_shown(found.later))))
    assert not of(desk, kept, "sea/waves")


def test_so_does_withdrawing_a_pick_that_was_gone_on_from(desk: Desk, film: Path) -> None:
    desk.write(in_turn((picking(desk, "sea/waves", 2),)))
    again = open_desk(Ask(film), REHEARSAL)
    assert may_have_any(again.compiled.every, named(again, "sea/waves"))
    # Nothing of the other frame is rendered yet, so there is nothing to lose.
    assert not of(again, for_others(MARA.withdraw(named(again, "sea/waves"))), "sea/waves")


def test_a_shot_that_shows_nothing_has_nothing_to_lose(film: Path) -> None:
    film.write_text(BOARD.replace("A boat", "Boats"), "utf-8")
    desk = open_desk(Ask(film), REHEARSAL)
    assert not of(desk, picking(desk, "sea/waves", 2), "sea/waves")
