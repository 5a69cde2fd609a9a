"""What may still be spent: a charge that may be made counts until it is ruled out."""

from collections.abc import Iterable, Mapping

from storyboard.jobs import Job, JobDigest
from storyboard.model import NOTHING, Usd, dollars, total
from storyboard.plan import Cap, CapIndex, Plan, film_caps
from storyboard.provider import Charge
from storyboard.store.life import (
    Accepted,
    AttemptId,
    Finished,
    Intended,
    Later,
    Life,
    Order,
    Unknown,
    amount_of,
    charge_of,
    order_of,
)


class Budget:
    """The bounds of a run, and the amounts that count against them, by attempt."""

    def __init__(self, caps: Iterable[Cap]) -> None:
        self._caps = tuple(caps)
        self._used = [NOTHING for _ in self._caps]
        self._index = CapIndex(self._caps)
        self._of_run = [n for n, cap in enumerate(self._caps) if cap.jobs is None]
        self._counted: dict[AttemptId, tuple[list[int], Usd]] = {}

    def earlier(self, life: Life) -> None:
        """Count an attempt of an earlier run: for its films always, for this run if still open."""
        if charge_of(life) is not Charge.NONE:
            order = order_of(life)
            run = self._of_run if is_open(life) else []
            self._add(order.attempt, [*run, *self._of_films(order)], amount_of(life))

    def elsewhere(self, life: Life) -> None:
        """Count another run's attempt, once, for the films that it is paid with."""
        order = order_of(life)
        if charge_of(life) is Charge.NONE:
            self.withdraw(order.attempt)
        elif order.attempt not in self._counted:
            self._add(order.attempt, self._of_films(order), amount_of(life))

    def commit(self, order: Order) -> str | None:
        """Count an attempt that is about to be sent; return why it may not be, in words."""
        caps = [*self._of_run, *self._of_films(order)]
        for n in caps:
            if self._used[n] + order.cost > self._caps[n].most:
                return self._refusal(n, self._used[n], order.cost)
        self._add(order.attempt, caps, order.cost)
        return None

    def is_shared(self, order: Order) -> bool:
        """Tell whether a bound holds for an attempt that other runs spend from as well."""
        return bool(self._of_films(order))

    def _of_films(self, order: Order) -> list[int]:
        return self._index.of(order.job, order.films)

    def passed(self, attempt: AttemptId) -> str | None:
        """Return why a counted attempt may not be sent after all, by what was counted since."""
        caps, cost = self._counted[attempt]
        for n in caps:
            if self._used[n] > self._caps[n].most:
                return self._refusal(n, Usd(self._used[n] - cost), cost)
        return None

    def _refusal(self, n: int, used: Usd, cost: Usd) -> str:
        cap = self._caps[n]
        return (
            f"{dollars(cost)} more would pass {cap.name} of {dollars(cap.most)}; "
            f"{dollars(used)} of it is spent, in flight or unknown"
        )

    def against(self, jobs: Iterable[Job]) -> str | None:
        """Return why these may not all be sent, in words. Nothing is counted by asking."""
        every = tuple(jobs)
        for cap, used in zip(self._caps, self._used, strict=True):
            held = [job for job in every if cap.jobs is None or job.digest in cap.jobs]
            cost = total(job.cost for job in held)
            if held and used + cost > cap.most:
                before = f"; {dollars(used)} of it is spent, in flight or unknown" if used else ""
                most = dollars(cap.most)
                return f"this costs {dollars(cost)}, more than {cap.name} of {most}{before}"
        return None

    def settle(self, life: Life) -> None:
        """Take out what turned out to cost nothing."""
        if charge_of(life) is Charge.NONE:
            self.withdraw(order_of(life).attempt)

    def withdraw(self, attempt: AttemptId) -> None:
        """Take out an attempt that was counted and then not sent."""
        caps, cost = self._counted.pop(attempt, ([], NOTHING))
        for n in caps:
            self._used[n] = Usd(self._used[n] - cost)

    def _add(self, attempt: AttemptId, caps: list[int], cost: Usd) -> None:
        self._counted[attempt] = (caps, cost)
        for n in caps:
            self._used[n] = Usd(self._used[n] + cost)


def budget_of(
    plan: Plan, max_cost: Usd | None, attempts: Mapping[JobDigest, Iterable[Life]]
) -> Budget:
    """Gather a run's bounds: those that the storyboards name, and the run's.

    A storyboard's bounds count all that was ever charged for it: for the jobs it needs now, and for
    whatever was asked for its shots before. The run's counts what it sends, and what earlier runs
    left in flight or unknown.
    """
    caps = list(film_caps(plan).values())
    if max_cost is not None:
        caps.append(Cap("the limit of this run", max_cost, None))
    budget = Budget(caps)
    ours = {digest for one in plan.jobs for digest in (one.job.digest, *one.job.former)}
    for job, lives in attempts.items():
        count = budget.earlier if job in ours else budget.elsewhere
        for life in lives:
            count(life)
    return budget


def is_open(life: Life) -> bool:
    """Tell whether an attempt is in flight or unknown."""
    return isinstance(life, Intended | Unknown | Accepted | Finished | Later)
