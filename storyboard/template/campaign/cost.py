"""Variations and what their jobs cost to what each column of the table costs."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyboard.diagnostics import Diagnostic, Severity, Span, counted
from storyboard.model import NOTHING, Usd, dollars, exact, total
from storyboard.template.campaign.stands import DECIDING, Standing, in_words, standings
from storyboard.template.codes import EXPENSIVE_VARIABLE
from storyboard.template.expand.variation import Variation
from storyboard.template.expressions.value import token

_MOST_OF_TWO = 2


@dataclass(frozen=True, slots=True)
class Charge:
    """A job of a variation: where it stands in the film, what was asked (its digest), its price.

    `slot` is the same for jobs of the same shots in all variations: the job's id, with the output
    where a film is rendered for one.
    """

    slot: str
    digest: str
    usd: Usd


@dataclass(frozen=True, slots=True)
class ColumnCost:
    """What one column costs: how many jobs fewer there were, were it the same in all rows.

    `together` are the columns that always change with it (a product's name and its picture): the
    cost is that of all of them. `stands` says where it stands, in words; `at` is the first place
    that makes it cost.
    """

    name: str
    stands: str
    jobs: int
    usd: Usd
    together: tuple[str, ...]
    at: Span | None


def column_costs(
    variations: Sequence[Variation], charges: Sequence[Sequence[Charge]]
) -> tuple[ColumnCost, ...]:
    """Work out what each column costs that the storyboard uses; `charges` are by variation.

    Columns that reach no request cost nothing. Dearest first, then in the order of the table.
    """
    rows = [one.row for one in variations if one.row is not None]
    if len(rows) != len(variations) or not rows:
        return ()
    places = standings(variations[0].campaign.uses, rows[0])
    order = [name for name in rows[0].values_by_column if name in places]
    tokens = {name: [token(row.values_by_column.get(name)) for row in rows] for name in order}
    reaching = [name for name in order if any(one.reaches for one in places[name])]
    bundles = _telling(_bundles(reaching, tokens, places), places, tokens, charges)
    telling = {name for bundle in bundles for name in bundle}
    costs = [_free(name, places[name]) for name in order if name not in telling]
    for bundle in bundles:
        others = [other[0] for other in bundles if other is not bundle]
        jobs, usd = _saved(charges, [tokens[name] for name in others])
        for name in bundle:
            together = tuple(other for other in bundle if other != name)
            costs.append(_cost(name, places[name], jobs, usd, together))
    return tuple(sorted(costs, key=lambda one: (-one.usd, order.index(one.name))))


def expensive(costs: Iterable[ColumnCost]) -> tuple[Diagnostic, ...]:
    """Note the columns that cost money, and what could be moved where it costs nothing."""
    found: dict[frozenset[str], ColumnCost] = {}
    for one in costs:
        if one.usd > 0 and one.at is not None:
            found.setdefault(frozenset((one.name, *one.together)), one)
    return tuple(
        Diagnostic(
            EXPENSIVE_VARIABLE,
            Severity.NOTE,
            _told(one),
            one.at,
            f"what only tells films apart can stand in a title, which costs nothing: take "
            f"`{one.name}` out of here, and say it with `titles`, `caption` or `cut.voiceover`",
        )
        for one in found.values()
    )


def lines_of(costs: Iterable[ColumnCost]) -> tuple[str, ...]:
    """Say what each column costs, a line each."""
    return tuple(_told(one) for one in costs)


def costs_json(costs: Iterable[ColumnCost]) -> list[dict[str, object]]:
    """Write the costs for programs, money as decimal text."""
    return [
        {
            "name": one.name,
            "stands": one.stands,
            "jobs": one.jobs,
            "cost": {"usd": exact(one.usd)},
            "together": list(one.together),
        }
        for one in costs
    ]


def _told(one: ColumnCost) -> str:
    jobs = counted(one.jobs, "more job") if one.jobs else "no more jobs"
    return f"{_named(one)}: {jobs}, {dollars(one.usd)}"


def _named(one: ColumnCost) -> str:
    if not one.together:
        return f"`{one.name}` stands in {one.stands}"
    others = ", ".join(f"`{name}`" for name in one.together[:_MOST_OF_TWO])
    more = f" and {len(one.together) - 2} more" if len(one.together) > _MOST_OF_TWO else ""
    return f"`{one.name}` (which changes with {others}{more}) stands in {one.stands}"


def _free(name: str, places: tuple[Standing, ...]) -> ColumnCost:
    return _cost(name, places, 0, NOTHING, ())


def _cost(
    name: str, places: tuple[Standing, ...], jobs: int, usd: Usd, together: tuple[str, ...]
) -> ColumnCost:
    at = next((one.span for one in places if one.reaches), None)
    return ColumnCost(name, in_words(places), jobs, usd, together, at)


def _bundles(
    names: Iterable[str],
    tokens: Mapping[str, list[Hashable]],
    places: Mapping[str, tuple[Standing, ...]],
) -> list[tuple[str, ...]]:
    """Put columns together that change with each other in every row."""
    found: dict[tuple[int, ...], list[str]] = {}
    for name in names:
        first: dict[Hashable, int] = {}
        partition = tuple(first.setdefault(one, len(first)) for one in tokens[name])
        if max(partition) > 0:
            found.setdefault(partition, []).append(name)
    return [_stated(names, places) for names in found.values()]


def _stated(names: Sequence[str], places: Mapping[str, tuple[Standing, ...]]) -> tuple[str, ...]:
    """Leave out of a bundle what only decides, where another of it stands in the request."""
    strong = tuple(name for name in names if _strength((name,), places))
    return strong or tuple(names)


def _telling(
    bundles: list[tuple[str, ...]],
    places: Mapping[str, tuple[Standing, ...]],
    tokens: Mapping[str, list[Hashable]],
    charges: Sequence[Sequence[Charge]],
) -> list[tuple[str, ...]]:
    """Keep the columns that tell jobs apart; those that only follow others go, the weakest first.

    A price in a condition changes with the product, whose name is in the prompt: the prompt is
    what is rendered anew.
    """
    kept = list(bundles)
    for bundle in sorted(bundles, key=lambda one: _strength(one, places)):
        others = [one for one in kept if one is not bundle]
        if not _saved(charges, [tokens[other[0]] for other in others])[0]:
            kept = others
    return kept


def _strength(bundle: tuple[str, ...], places: Mapping[str, tuple[Standing, ...]]) -> int:
    return sum(one.reaches and one.kind not in DECIDING for name in bundle for one in places[name])


def _saved(
    charges: Sequence[Sequence[Charge]], others: Sequence[Sequence[Hashable]]
) -> tuple[int, Usd]:
    """Count the jobs that would fall together if only the other columns told rows apart."""
    groups = _Groups()
    prices: dict[str, Usd] = {}
    first: dict[tuple[Hashable, ...], str] = {}
    for place, jobs in enumerate(charges):
        key = tuple(column[place] for column in others)
        for job in jobs:
            prices[job.digest] = job.usd
            groups.join(first.setdefault((job.slot, *key), job.digest), job.digest)
    dearest: dict[str, Usd] = {}
    for digest, usd in prices.items():
        root = groups.root(digest)
        dearest[root] = max(dearest.get(root, NOTHING), usd)
    saved = total(prices.values()) - total(dearest.values())
    return len(prices) - len(dearest), Usd(Decimal(saved))


class _Groups:
    """Sets of digests that are joined bit by bit."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def root(self, one: str) -> str:
        """Return the digest that stands for the set of this one."""
        here = one
        while self._parents.setdefault(here, here) != here:
            self._parents[here] = self._parents[self._parents[here]]
            here = self._parents[here]
        return here

    def join(self, one: str, other: str) -> None:
        """Make the sets of both one set."""
        self._parents[self.root(other)] = self.root(one)
