"""A plan says what sound costs that no shot asks for."""

from decimal import Decimal
from typing import Any

import pytest
from boards import board, catalogue, scene, shot

from storyboard.jobs import pack
from storyboard.model.storyboard import Pack, Storyboard
from storyboard.plan import Plan, StoreView, Wanted, plan, to_json
from storyboard.plan.sound_cost import paid_again_without_sound, unasked_sound

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


@pytest.mark.parametrize("known", ["rendered", "in_flight", "unknown"])
def test_a_general_switch_would_pay_again_for_what_has_sound_that_no_shot_asks_for(
    known: str,
) -> None:
    both, first = film({}, {}), planned(film({})).jobs[0].job
    view = StoreView(**{known: frozenset({first.digest})})
    part = planned(both, view=view)
    assert unasked_sound(part) == Decimal("1.12")
    assert paid_again_without_sound(part) == Decimal("2.24")  # 10 s at 0.224
    silent = planned(film({"audio": False}, {"audio": False}), view=view)
    assert silent.to_pay > part.to_pay


@pytest.mark.parametrize("known", [{}, {"audio": True}, {"audio": False}, {"say": SAY}])
def test_a_general_switch_changes_nothing_that_is_asked_for_or_not_paid_for(
    known: dict[str, Any],
) -> None:
    it = planned(film(known))
    paid = frozenset(one.job.digest for one in it.jobs) if known else frozenset()
    assert paid_again_without_sound(planned(film(known, {}), view=StoreView(rendered=paid))) == 0


def test_a_job_that_one_of_its_films_wants_sound_for_is_asked_for() -> None:
    assert unasked_sound(planned(film({}), film({"audio": True}, name="other"))) == 0


def test_programs_are_told_as_well() -> None:
    assert to_json(planned(film({})))["unasked_sound"] == {"usd": "1.12"}
