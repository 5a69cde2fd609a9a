"""A plan says what sound costs that no shot asks for."""

from decimal import Decimal
from typing import Any

import pytest
from boards import board, catalogue, scene, shot

from storyboard.jobs import pack
from storyboard.model.storyboard import Pack, Storyboard
from storyboard.plan import Plan, StoreView, Wanted, plan, to_json
from storyboard.plan.sound_cost import unasked_sound

SAY = [("narrator", "narrator", "Hello there.")]


def planned(*films: Storyboard, view: StoreView | None = None) -> Plan:
    wanted = []
    for film in films:
        jobs = pack(film, catalogue(), frozenset()).value
        assert jobs is not None
        wanted.append(Wanted(film.title, film, ("wide",), jobs))
    return plan(wanted, view or StoreView(), (), catalogue())


def film(*shots: dict[str, Any], pack_: Pack = Pack.SHOT, name: str = "film") -> Storyboard:
    made = [shot(f"s/{n}", 10, start="a.png", **one) for n, one in enumerate(shots)]
    return board(scene(*made, pack=pack_), voices={"narrator": "v1"}, name=name)


@pytest.mark.parametrize(
    ("shots", "usd"),
    [
        ([{}], "1.12"),  # 10 s at 0.336 instead of 0.224
        ([{"audio": True}], "0"),
        ([{"audio": False}], "0"),
        ([{"say": SAY}], "0"),
        ([{}, {"say": SAY}, {}], "2.24"),
        ([{"model": "kling-v2.5-turbo-pro"}], "0"),  # it has no sound
    ],
)
def test_only_sound_that_no_shot_asks_for_counts(shots: list[dict[str, Any]], usd: str) -> None:
    assert unasked_sound(planned(film(*shots))) == Decimal(usd)


def test_the_difference_is_what_switching_it_off_saves() -> None:
    on, off = planned(film({}, {})), planned(film({"audio": False}, {"audio": False}))
    assert unasked_sound(on) == on.to_pay - off.to_pay == Decimal("2.24")


def test_what_is_rendered_is_paid_for_and_cannot_be_saved() -> None:
    it = planned(film({}))
    view = StoreView(rendered=frozenset(one.job.digest for one in it.jobs))
    assert unasked_sound(planned(film({}), view=view)) == 0


def test_a_job_that_one_of_its_films_wants_sound_for_is_asked_for() -> None:
    assert unasked_sound(planned(film({}), film({"audio": True}, name="other"))) == 0


def test_programs_are_told_as_well() -> None:
    assert to_json(planned(film({})))["unasked_sound"] == {"usd": "1.12"}
