"""Count a run's jobs as they end: how many of how many, the money, and the time that is left."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from storyboard.cli.show import minutes, plural
from storyboard.jobs import JobDigest
from storyboard.model import NOTHING, Usd, dollars
from storyboard.render import Event, Progress, Refused, Rendered
from storyboard.session import JobsBegun


@dataclass(slots=True)
class Pace:
    """How far a run is. Events of jobs that are not its own do not count.

    The time that is left is measured, once a job has been rendered in this run; until then it is
    what the plan thinks. `now` is in seconds.
    """

    begun: JobsBegun
    now: Callable[[], float] = time.monotonic
    rendered: int = 0
    paid: Usd = NOTHING
    _started: float = 0.0
    _ended: set[tuple[JobDigest, int]] = field(default_factory=set)
    _working: set[tuple[JobDigest, int]] = field(default_factory=set)
    _worked: int = 0

    def __post_init__(self) -> None:
        self._started = self.now()

    def hear(self, event: Event) -> bool:
        """Count an event; tell whether its take is this run's and has not ended before."""
        job = event.job.digest
        take = (job, event.take)
        if job not in self.begun.jobs or take in self._ended:
            return False
        if isinstance(event, Progress):
            self._working.add(take)
            return True
        self._ended.add(take)
        self.rendered += isinstance(event, Rendered)
        self._worked += take in self._working
        self._working.discard(take)
        if isinstance(event, Rendered | Refused):
            self.paid = Usd(self.paid + event.cost)
        return True

    def __str__(self) -> str:
        """Write it in one line: `3 of 12 jobs, 0.84 of 5.04 USD, about 6 min left`."""
        return ", ".join((self.count, *self._money(), *self._time()))

    @property
    def count(self) -> str:
        """How many jobs, or takes of them, have their result, of how many."""
        what = "take" if self.begun.further else "job"
        return f"{self.rendered:,} of {plural(self.begun.takes, what)}"

    def _money(self) -> tuple[str, ...]:
        whole = max(self.begun.cost, self.paid)
        if not whole:
            return ()
        return (f"{dollars(self.paid).removesuffix(' USD')} of {dollars(whole)}",)

    def _time(self) -> tuple[str, ...]:
        left = self.begun.takes - len(self._ended)
        if not left:
            return ()
        passed = self.now() - self._started
        seconds = passed / self._worked * left if self._worked else self.begun.seconds - passed
        return (f"about {minutes(seconds)} left",) if seconds > 0 else ()
