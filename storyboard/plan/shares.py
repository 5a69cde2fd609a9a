"""A plan to what it saves by rendering equal jobs once, and to what each of its films costs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyboard.model import Usd, rounded, total
from storyboard.plan.planned import Plan, Wanted

_PLACES = 4


@dataclass(frozen=True, slots=True)
class Sharing:
    """Jobs counted in every film that needs them, and once; and the money for either."""

    films: int
    jobs: int
    distinct: int
    without: Usd
    with_: Usd


@dataclass(frozen=True, slots=True)
class FilmCost:
    """What a film's jobs cost, rendered already or not.

    `own` are jobs that no other film needs, `shared` the others, in full. `share` is its own and
    an even part of each shared one: the shares of all films add up to what the plan costs.
    """

    own: Usd
    shared: Usd
    share: Usd


def sharing(films: Sequence[Wanted], plan: Plan) -> Sharing:
    """Compare each film rendered by itself with all rendered together."""
    costs = [
        cost
        for film in films
        for cost in {job.digest: job.whole_cost for job in film.jobs}.values()
    ]
    return Sharing(
        films=len(films),
        jobs=len(costs),
        distinct=len(plan.jobs),
        without=total(costs),
        with_=plan.total,
    )


def film_costs(plan: Plan) -> tuple[FilmCost, ...]:
    """Return what each film of a plan costs, in the plan's order."""
    costs = {one.job.digest: one.cost for one in plan.jobs}
    uses = Counter(job for film in plan.films for job in film.jobs)
    parts = [
        sum((Fraction(costs[job]) / uses[job] for job in film.jobs), Fraction(0))
        for film in plan.films
    ]
    shares = rounded(parts, total(costs[job] for job in uses), _PLACES)
    return tuple(
        FilmCost(
            own=total(costs[job] for job in film.jobs if uses[job] == 1),
            shared=total(costs[job] for job in film.jobs if uses[job] > 1),
            share=share,
        )
        for film, share in zip(plan.films, shares, strict=True)
    )
