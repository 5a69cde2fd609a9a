"""Plans and the budgets of their storyboards, to what is over them."""

from dataclasses import replace
from decimal import Decimal

from boards import board, catalogue, scene, shot

from storyboard.jobs import JobDigest, pack
from storyboard.model.money import Usd
from storyboard.model.storyboard import Storyboard
from storyboard.plan import Charged, Over, Plan, StoreView, Wanted, over, plan

TURBO = "kling-v3-turbo-pro"


def usd(text: str) -> Usd:
    return Usd(Decimal(text))


def film(*prompts: str, most: str | None = None, each: str | None = None) -> Storyboard:
    """Make a film of a shot of 5 s, 0.70 USD, for each prompt, each in a scene of its own."""
    scenes = [
        scene(shot(f"s{n}/a", 5, text, model=TURBO), id_=f"s{n}") for n, text in enumerate(prompts)
    ]
    return replace(
        board(*scenes),
        budget=usd(most) if most else None,
        budget_each=usd(each) if each else None,
    )


def made(
    rendered: frozenset[JobDigest] = frozenset(),
    charged: tuple[Charged, ...] = (),
    **films: Storyboard,
) -> Plan:
    found = []
    for name, one in films.items():
        jobs = pack(one, catalogue(), frozenset()).value
        assert jobs is not None
        found.append(Wanted(name, one, ("wide",), jobs))
    return plan(found, StoreView(rendered=rendered, charged=charged))


def test_a_bound_that_is_reached_is_not_passed() -> None:
    assert over(made(a=film("Rain.", "Sun."))) == ()
    assert over(made(a=film("Rain.", "Sun.", most="1.40", each="1.40"))) == ()


def test_a_shared_job_counts_once_for_all_and_in_each() -> None:
    films = {
        "a": film("Rain.", "Sun.", most="2", each="1"),
        "b": film("Rain.", "Moon.", "Stars.", most="2", each="1"),
    }
    whole, each = over(made(**films))
    assert whole == Over("max", usd("2"), usd("2.80"))
    assert each == Over("each", usd("1"), usd("2.10"), variation="b", others=1)
    assert str(whole) == "this costs 2.80 USD, more than the budget of 2.00 USD"
    assert str(each) == (
        "`b` costs 2.10 USD, more than the budget of 1.00 USD for each film; 1 more, too"
    )


def test_the_least_of_several_bounds_holds() -> None:
    (found,) = over(made(a=film("Rain.", most="5"), b=film("Sun.", most="1")))
    assert found.most == usd("1")


def test_what_is_paid_counts_until_all_is() -> None:
    dear = film("Rain.", "Sun.", most="1")
    jobs = [one.job.digest for one in made(a=dear).jobs]
    charged = tuple(Charged(job, (), usd("0.70")) for job in jobs)
    (found,) = over(made(frozenset(jobs[:1]), charged[:1], a=dear))
    assert (found.cost, found.spent, found.whole) == (usd("0.70"), usd("0.70"), usd("1.40"))
    assert str(found) == (
        "this costs 0.70 USD, more than the budget of 1.00 USD; "
        "0.70 USD of it is spent, in flight or unknown"
    )
    assert over(made(frozenset(jobs), charged, a=dear)) == ()


def test_what_was_asked_for_the_film_before_counts_and_what_was_for_another_does_not() -> None:
    """Other words, a further take, a refusal that may have been charged: all of it was for it."""
    rain = film("Rain.", most="1", each="1")
    name, gone = rain.name, JobDigest("gone")
    enough = Charged(gone, (f"{name}/a",), usd("0.30"))
    assert over(made(charged=(enough,), a=rain)) == ()
    cent = usd("0.01")
    whole, each = over(made(charged=(enough, Charged(gone, (f"{name}/a",), cent)), a=rain))
    assert (whole.spent, each.spent) == (usd("0.31"), usd("0.31"))
    (whole,) = over(made(charged=(enough, Charged(gone, (f"{name}/b",), cent)), a=rain))
    assert (whole.key, whole.spent) == ("max", usd("0.31"))
    assert over(made(charged=(enough, Charged(gone, ("another",), cent)), a=rain)) == ()
