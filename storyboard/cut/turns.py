"""Deal stretches to workers so that neighbours come to one worker, and all end together."""

import threading
from collections.abc import Sequence

from storyboard.cut.cut_plan import Made, work_of


class Turns:
    """Stretches of a film in its order, in one run for each worker.

    A worker goes through its run from the beginning: what it has decoded of a clip for one stretch
    need not be decoded again for the next one. When it has no more, it takes the later half of the
    longest run that another one has left.
    """

    def __init__(self, stretches: Sequence[Made], workers: int) -> None:
        self._lock = threading.Lock()
        self._runs: list[list[Made]] = [list(stretches), *([] for _ in range(workers - 1))]
        for n in range(1, workers):
            self._runs[n] = self._taken()

    def next(self, worker: int) -> Made | None:
        """Return a worker's next stretch; None if all are dealt. Workers count from 0."""
        with self._lock:
            if not self._runs[worker]:
                self._runs[worker] = self._taken()
            return self._runs[worker].pop(0) if self._runs[worker] else None

    def _taken(self) -> list[Made]:
        longest = max(self._runs, key=_work)
        half, ahead = _work(longest) / 2, 0
        at = 0
        while at < len(longest) and ahead + _work(longest[at : at + 1]) <= half:
            ahead += _work(longest[at : at + 1])
            at += 1
        taken = longest[at:]
        del longest[at:]
        return taken


def _work(run: Sequence[Made]) -> int:
    return sum(map(work_of, run))
