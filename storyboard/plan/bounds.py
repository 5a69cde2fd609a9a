"""A plan, and what its storyboards say it may cost, to the bounds that it would pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.jobs import JobDigest, Json
from storyboard.model import Usd, dollars, exact, total
from storyboard.plan.planned import Plan, PlannedJob

OVER_BUDGET = Code("SB450")

_HELP = "raise it, or render less; `storyboard render` sends nothing above it"


@dataclass(frozen=True, slots=True)
class Over:
    """A bound that is passed, and what its jobs cost, those that are paid with them.

    `key` is the one of `budget` that sets it. `variation` is the dearest of those that pass `each`
    and `others` how many more do; None where there is one film, or for `max`.
    """

    key: str
    most: Usd
    cost: Usd
    variation: str | None = None
    others: int = 0

    def __str__(self) -> str:
        """Write it as a sentence without its end."""
        what = f"`{self.variation}`" if self.variation else "this"
        each = " for each film" if self.key == "each" else ""
        more = f"; {self.others:,} more, too" if self.others else ""
        bound = f"the budget of {dollars(self.most)}{each}"
        return f"{what} costs {dollars(self.cost)}, more than {bound}{more}"


def over_json(passed: Iterable[Over]) -> list[Json]:
    """Write bounds that are passed for programs."""
    return [
        {
            "bound": one.key,
            "most": {"usd": exact(one.most)},
            "cost": {"usd": exact(one.cost)},
            "variation": one.variation,
            "others": one.others,
        }
        for one in passed
    ]


def over(plan: Plan) -> tuple[Over, ...]:
    """Return the bounds that rendering a plan would pass; none of jobs that all are there."""
    jobs = {one.job.digest: one for one in plan.jobs}
    boards = [(film.variation, film.storyboard, film.jobs) for film in plan.films]
    whole = _passed("max", [(None, board.budget, used) for _, board, used in boards], jobs)
    each = _passed("each", [(name, board.budget_each, used) for name, board, used in boards], jobs)
    return (*whole, *each)


def too_dear(passed: Iterable[Over], places: Mapping[str, Span]) -> tuple[Diagnostic, ...]:
    """Turn bounds that are passed into warnings where they are written, by their keys."""
    return tuple(
        Diagnostic(OVER_BUDGET, Severity.WARNING, str(one), places.get(one.key), _HELP)
        for one in passed
    )


def _passed(
    key: str,
    held: Iterable[tuple[str | None, Usd | None, Sequence[JobDigest]]],
    jobs: Mapping[JobDigest, PlannedJob],
) -> tuple[Over, ...]:
    """Compare what stands under one name with the least bound on it, as a run does."""
    bounds: dict[str | None, tuple[Usd, dict[JobDigest, PlannedJob]]] = {}
    for name, most, used in held:
        if most is not None:
            least, known = bounds.get(name, (most, {}))
            bounds[name] = min(least, most), known | {one: jobs[one] for one in used}
    passed = []
    for name, (most, known) in bounds.items():
        cost = total(one.cost for one in known.values())
        if cost > most and any(one.missing for one in known.values()):
            passed.append(Over(key, most, cost, name))
    if not passed:
        return ()
    dearest = max(passed, key=lambda one: one.cost)
    return (Over(key, dearest.most, dearest.cost, dearest.variation, len(passed) - 1),)
