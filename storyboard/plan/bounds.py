"""Find the bounds that a plan would pass: what its storyboards say that they may cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.jobs import Json
from storyboard.model import NOTHING, Usd, dollars, exact
from storyboard.plan.caps import CapIndex, film_caps
from storyboard.plan.planned import Plan

OVER_BUDGET = Code("SB450")

_HELP = "raise it, or render less; `storyboard render` sends nothing above it"


@dataclass(frozen=True, slots=True)
class Over:
    """A bound that is passed: what is sent costs `cost`, and `spent` was charged before, or may be.

    `key` is the one of `budget` that sets it. `variation` is the dearest of those that pass `each`
    and `others` how many more do; None where there is one film, or for `max`.
    """

    key: str
    most: Usd
    cost: Usd
    spent: Usd = NOTHING
    variation: str | None = None
    others: int = 0

    @property
    def whole(self) -> Usd:
        """What would have been charged in the end."""
        return Usd(self.spent + self.cost)

    def __str__(self) -> str:
        """Write it as a sentence without its end."""
        what = f"`{self.variation}`" if self.variation else "this"
        each = " for each film" if self.key == "each" else ""
        more = f"; {self.others:,} more, too" if self.others else ""
        bound = f"the budget of {dollars(self.most)}{each}"
        before = (
            f"; {dollars(self.spent)} of it is spent, in flight or unknown" if self.spent else ""
        )
        return f"{what} costs {dollars(self.cost)}, more than {bound}{before}{more}"


def over_json(passed: Iterable[Over]) -> list[Json]:
    """Write bounds that are passed for programs."""
    return [
        {
            "bound": one.key,
            "most": {"usd": exact(one.most)},
            "cost": {"usd": exact(one.whole)},
            "spent": {"usd": exact(one.spent)},
            "variation": one.variation,
            "others": one.others,
        }
        for one in passed
    ]


def over(plan: Plan) -> tuple[Over, ...]:
    """Return the bounds that rendering a plan would pass: those that `render` then refuses by.

    What was charged before counts, whatever was asked then; where nothing is sent, nothing is over.
    """
    caps = film_caps(plan)
    index = CapIndex(tuple(caps.values()))
    spent, costs = [NOTHING] * len(caps), [NOTHING] * len(caps)
    for attempt in plan.charged:
        for n in index.of(attempt.job, attempt.films):
            spent[n] = Usd(spent[n] + attempt.amount)
    for one in plan.jobs:
        for n in index.of(one.job.digest, ()) if one.missing else ():
            costs[n] = Usd(costs[n] + one.to_pay)
    passed: dict[str, list[Over]] = {"max": [], "each": []}
    for (key, cap), before, cost in zip(caps.items(), spent, costs, strict=True):
        if cost and before + cost > cap.most:
            passed[key.key].append(Over(key.key, cap.most, cost, before, key.variation))
    return tuple(_dearest(some) for some in passed.values() if some)


def _dearest(passed: Sequence[Over]) -> Over:
    return replace(max(passed, key=lambda one: one.whole), others=len(passed) - 1)


def too_dear(passed: Iterable[Over], places: Mapping[str, Span]) -> tuple[Diagnostic, ...]:
    """Turn bounds that are passed into warnings where they are written, by their keys."""
    return tuple(
        Diagnostic(OVER_BUDGET, Severity.WARNING, str(one), places.get(one.key), _HELP)
        for one in passed
    )
