"""Choose the attempt that says where a job or a take stands, and number a job's next take."""

from collections.abc import Iterable, Sequence

from storyboard.store.life import Life, Mislaid, Over, Stored, order_of


def latest_of(attempts: Sequence[Life]) -> Life:
    """Return the attempt that says where a job or a take stands; there is at least one.

    The first that has a result, so that a further take changes nothing that was there; without
    one the latest that may still get one; without that the latest.
    """
    kept = [life for life in attempts if isinstance(life, Stored | Mislaid)]
    if kept:
        return min(kept, key=lambda life: order_of(life).take)
    hoped = [life for life in attempts if not isinstance(life, Over)]
    return (hoped or attempts)[-1]


def next_take(attempts: Iterable[Life]) -> int:
    """Return the number of a job's next take: one more than the highest that is not over."""
    taken = (order_of(life).take for life in attempts if not isinstance(life, Over))
    return max(taken, default=0) + 1
