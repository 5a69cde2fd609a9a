"""Stretches are dealt in their order, in runs, each once."""

import pytest

from storyboard.cut.cut_plan import Encoded
from storyboard.cut.turns import Turns


def stretches(*frames: int) -> list[Encoded]:
    return [Encoded(sum(frames[:n]), one, ("a title",)) for n, one in enumerate(frames)]


def test_each_worker_goes_through_a_run_of_its_own() -> None:
    film = stretches(10, 10, 10, 10, 10, 10)
    turns = Turns(film, 2)
    dealt = [turns.next(n % 2) for n in range(6)]
    assert dealt[::2] == film[:3]
    assert dealt[1::2] == film[3:]
    assert turns.next(0) is turns.next(1) is None


def test_who_has_no_more_takes_half_of_what_another_has_left() -> None:
    film = stretches(40, 10, 10, 10, 10)
    turns = Turns(film, 2)
    assert turns.next(0) == film[0]
    assert [turns.next(1) for _ in range(4)] == film[1:]
    film = stretches(*[10] * 8)
    turns = Turns(film, 2)
    assert [turns.next(1) for _ in range(4)] == film[4:]
    assert [turns.next(1), turns.next(0), turns.next(1)] == [film[2], film[0], film[3]]
    assert turns.next(1) == film[1]
    assert turns.next(1) is None


@pytest.mark.parametrize("workers", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_each_stretch_is_dealt_once(count: int, workers: int) -> None:
    film = stretches(*range(1, count + 1))
    turns = Turns(film, workers)
    dealt = [turns.next(n % workers) for n in range(workers * (count + 1))]
    found = [one for one in dealt if one is not None]
    assert sorted(found, key=lambda one: one.start) == film
