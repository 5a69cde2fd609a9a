"""A plan to what it saves by rendering equal jobs once."""

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.model import Usd, total
from storyboard.plan.make import Wanted
from storyboard.plan.planned import Plan


@dataclass(frozen=True, slots=True)
class Sharing:
    """Jobs counted in every film that needs them, and once; and the money for either."""

    films: int
    jobs: int
    distinct: int
    without: Usd
    with_: Usd


def sharing(films: Sequence[Wanted], plan: Plan) -> Sharing:
    """Compare each film rendered by itself with all rendered together."""
    costs = [
        cost for film in films for cost in {job.digest: job.cost for job in film.jobs}.values()
    ]
    return Sharing(
        films=len(films),
        jobs=len(costs),
        distinct=len(plan.jobs),
        without=total(costs),
        with_=plan.total,
    )
