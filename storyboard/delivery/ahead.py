"""Films whose clips are still rendered: their stretches are encoded while that takes its time."""

import tempfile
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from storyboard.cut import CutError, DerivedFolder, SlateSource, Workshop, encode_ahead
from storyboard.cut.sound import mix
from storyboard.delivery.delivering import Room, timeline_of
from storyboard.delivery.memory import recipe_of
from storyboard.delivery.order import Order
from storyboard.delivery.shown_clips import ShownClips
from storyboard.jobs import JobDigest
from storyboard.model import Clip, ClipDigest
from storyboard.render import Outcome, Rendered


class Ahead:
    """Encodes in a thread of its own, from the first clip heard of until the block ends.

    A render waits for minutes while this machine has nothing to do; what is encoded then need not
    be once the last clip is there. Nothing depends on it: what it did not get to, or could not do,
    is done and told of when the film is cut.
    """

    def __init__(
        self,
        orders: Sequence[Order],
        room: Room,
        picked: Mapping[ClipDigest, Clip] = MappingProxyType({}),
    ) -> None:
        """Prepare for these films; clips that were `picked` are there already."""
        self._orders = orders
        self._picked = picked
        self._room = room
        self._showing: defaultdict[JobDigest, list[int]] = defaultdict(list)
        for n, order in enumerate(orders):
            for job in order.film.jobs:
                self._showing[job].append(n)
        self._outcomes: dict[JobDigest, Outcome] = {}
        self._waiting: set[int] = set()
        self._works = False
        self._news = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="ahead", daemon=True)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop at the next frame."""
        self._stop.set()
        with self._news:
            self._news.notify()
        self._thread.join()

    @property
    def busy(self) -> bool:
        """Whether there is something to encode that it has heard of."""
        with self._news:
            return self._works or bool(self._waiting)

    def hear(self, outcome: Outcome) -> None:
        """Take note of a clip that is there."""
        if isinstance(outcome, Rendered) and isinstance(outcome.clip, Clip):
            with self._news:
                self._outcomes[outcome.job.digest] = outcome
                self._waiting.update(self._showing[outcome.job.digest])
                self._news.notify()

    def _work(self) -> None:
        while (order := self._next()) is not None:
            try:
                self._encode(order)
            except (CutError, OSError):
                # The same happens when the film is cut, and is told there.
                continue

    def _next(self) -> Order | None:
        """Wait for a film with a new clip; of several, take the one that lacks fewest."""
        with self._news:
            self._works = False
            while not self._waiting and not self._stop.is_set():
                self._news.wait()
            if self._stop.is_set():
                return None
            self._works = True
            n = min(self._waiting, key=lambda one: (self._lacking(self._orders[one]), one))
            self._waiting.discard(n)
            return self._orders[n]

    def _lacking(self, order: Order) -> int:
        return sum(job not in self._outcomes for job in order.film.jobs)

    def _encode(self, order: Order) -> None:
        with self._news:
            known = ShownClips(dict(self._outcomes), self._picked)
        room = self._room
        timeline = timeline_of(order, known, room)
        whole = not any(isinstance(one.source, SlateSource) for one in timeline.pieces)
        if (
            whole
            and room.memory
            and room.memory.holds(order.path, recipe_of(timeline, room.options))
        ):
            return
        with tempfile.TemporaryDirectory(prefix="storyboard-") as folder:
            workshop = Workshop(Path(folder), DerivedFolder(room.derived), room.project, mix)
            encode_ahead(timeline, workshop, room.options, self._stop)
