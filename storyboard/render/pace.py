"""When to ask again: seldom while nothing can have changed, often when an answer is near."""

from dataclasses import dataclass, field

_FAR = 30.0
_GROWTH = 1.5
_PART = 0.5
_CROWD = 20


@dataclass(slots=True)
class Pace:
    """What all jobs of a run have learnt together about how long things take.

    `least` is the shortest time between two questions about one job, in seconds; `per_second`
    the most questions about all queued ones together: those that come too thick wait their turn.
    """

    least: float
    per_second: float = 60.0
    _next: float = 0.0
    _rate: float | None = field(default=None)
    _length: float | None = field(default=None)

    def moved(self, places: int, seconds: float) -> None:
        """Learn how fast the queue moves: `places` in `seconds`."""
        if places <= 0 or seconds <= 0:
            return
        rate = places / seconds
        self._rate = rate if self._rate is None else (self._rate + rate) / 2

    def took(self, seconds: float) -> None:
        """Learn how long a rendering runs."""
        self._length = seconds if self._length is None else (self._length * 3 + seconds) / 4

    def turn(self, now: float) -> float:
        """Take a turn to ask; return how long it is until then."""
        self._next = max(self._next, now)
        wait = self._next - now
        self._next += 1 / self.per_second
        return wait

    def queued(self, position: int | None, asked: int) -> float:
        """Return how long to leave a queued job alone, after being asked `asked` times."""
        if position is not None and self._rate:
            return self._bounded(position / self._rate * _PART)
        crowd = 1 + (position or 0) / _CROWD
        return self._bounded(self.least * crowd * _GROWTH ** min(asked, 12))

    def running(self, ran: float, asked: int) -> float:
        """Return how long to leave a job alone that was seen running for `ran` seconds."""
        if self._length is not None and ran < self._length:
            return self._bounded((self._length - ran) * _PART)
        return self._bounded(self.least * _GROWTH ** min(asked, 6))

    def _bounded(self, seconds: float) -> float:
        return min(max(seconds, self.least), _FAR)


def backoff(tries: int, first: float = 1.0, most: float = _FAR) -> float:
    """Return how long to wait after `tries` failures: doubling, up to a bound."""
    return min(first * 2.0 ** min(tries, 16), most)
