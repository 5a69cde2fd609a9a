"""Cut laid-out films, one or several at a time, for a listener."""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from storyboard.cut import CutEvent
from storyboard.delivery import Delivery, Room, deliver_timeline
from storyboard.session.kept_films import LaidOut
from storyboard.session.listener import (
    FilmEnded,
    FilmProgress,
    FilmsBegun,
    FilmsEnded,
    Listener,
    unheard,
)


def cut_films(
    films: Iterable[LaidOut],
    count: int,
    room: Room,
    listen: Listener = unheard,
    max_parallel: int = 1,
) -> tuple[Delivery, ...]:
    """Cut every film of `count`; one that fails does not stop the others.

    KeyboardInterrupt in the calling thread ends films under way at their next frame, and begins no
    others.
    """
    left = threading.Event()

    def make(film: LaidOut) -> Delivery:
        return _cut(film, room, listen, left)

    listen(FilmsBegun(count))
    try:
        if max_parallel == 1:
            # In this thread, the only one that hears Ctrl-C: a film ends at its next frame.
            return tuple(map(make, films))
        with ThreadPoolExecutor(max_parallel) as pool:
            try:
                return tuple(pool.map(make, films))
            except KeyboardInterrupt:
                left.set()
                raise
    finally:
        listen(FilmsEnded())


def _cut(film: LaidOut, room: Room, listen: Listener, left: threading.Event) -> Delivery:
    """Cut one film, until somebody has `left`."""

    def hear(event: CutEvent) -> None:
        _go_on(left)
        listen(FilmProgress(film.order.path.name, event))

    _go_on(left)
    made = deliver_timeline(film.order, film.timeline, room, hear)
    listen(FilmEnded(made))
    return made


def _go_on(left: threading.Event) -> None:
    if left.is_set():
        raise KeyboardInterrupt
