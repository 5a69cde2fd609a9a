"""What each film costs: what is its own, what it shares, and parts that add up to the whole."""

from decimal import Decimal

import pytest
from boards import board, catalogue, scene, shot

from storyboard.jobs import pack
from storyboard.model.money import exact
from storyboard.plan import StoreView, Wanted, plan, to_json
from storyboard.plan.shares import film_costs

TURBO = "kling-v3-turbo-pro"


def campaign(*own: str) -> list[Wanted]:
    """Films that share a first job of 3 s, and have one of 5 s each."""
    films = []
    for text in own:
        shared = scene(shot("s/a", 3, "Same.", model=TURBO), id_="s")
        made = board(shared, scene(shot("t/a", 5, text, model=TURBO), id_="t"))
        jobs = pack(made, catalogue(), frozenset()).value
        assert jobs is not None
        films.append(Wanted(text, made, ("wide",), jobs))
    return films


@pytest.mark.parametrize(
    "films", [["red"], ["red", "blue"], ["red", "blue", "red"], list("abcdefg")]
)
def test_shares_add_up_to_the_plan(films: list[str]) -> None:
    it = plan(campaign(*films), StoreView())
    costs = film_costs(it)
    assert sum(one.share for one in costs) == it.total
    for film, one in zip(it.films, costs, strict=True):
        needed = {job.job.digest: job.job.cost for job in it.jobs if job.job.digest in film.jobs}
        assert one.own + one.shared == sum(needed.values())
        assert one.own <= one.share <= one.own + one.shared


def test_what_one_film_needs_alone_is_its_own() -> None:
    (only,) = film_costs(plan(campaign("red"), StoreView()))
    assert (only.own, only.shared, only.share) == (Decimal("1.12"), 0, Decimal("1.12"))
    first, second = film_costs(plan(campaign("red", "blue"), StoreView()))
    assert (first.own, first.shared, first.share) == (
        Decimal("0.70"),
        Decimal("0.42"),
        Decimal("0.91"),
    )
    assert first == second


def test_a_plan_lists_its_films_for_programs() -> None:
    it = plan(campaign("red", "blue"), StoreView())
    films = to_json(it)["films"]
    assert isinstance(films, list)
    assert films[1] == {
        "variation": "blue",
        "outputs": ["wide"],
        "seconds": 8,
        "jobs": ["s/a", "t/a [blue]"],
        "picks": [],
        "cost": {
            "own": {"usd": "0.70"},
            "shared": {"usd": "0.42"},
            "share": {"usd": "0.91"},
        },
    }
    assert exact(it.total) == "1.82"
