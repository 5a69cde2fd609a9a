"""Things that are made one after the other, made in a thread of their own while others are used."""

import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from queue import Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")

_DEPTH = 6
_PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class _Made(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _Over:
    error: BaseException | None


def ahead(things: Iterable[T]) -> Generator[T, None, None]:
    """Yield things in their order; a few are made before they are asked for.

    What making them raises is raised here. Closed early, it waits until the thread has ended.
    """
    queue: Queue[_Made[T] | _Over] = Queue(_DEPTH)
    left = threading.Event()

    def make() -> None:
        try:
            for thing in things:
                if not _put(queue, _Made(thing), left):
                    return
            _put(queue, _Over(None), left)
        except BaseException as error:  # noqa: BLE001 - it is raised again, where it is waited for
            _put(queue, _Over(error), left)

    thread = threading.Thread(target=make, name="drawing ahead", daemon=True)
    thread.start()
    try:
        while isinstance(got := queue.get(), _Made):
            yield got.value
        if got.error:
            raise got.error
    finally:
        left.set()
        thread.join()


def _put(queue: Queue[_Made[T] | _Over], thing: _Made[T] | _Over, left: threading.Event) -> bool:
    """Put a thing; False where nobody waits for it any more."""
    while not left.is_set():
        try:
            queue.put(thing, timeout=_PATIENCE)
        except Full:
            continue
        return True
    return False
