"""A decision is changed for all films that share it, for one, or where it counts."""

from functools import partial

import pytest
from lock_values import TALL, WHEN, asked, asks, entry, picked, take

from storyboard.lock.choosing import pick, withdraw
from storyboard.lock.decision import Decision
from storyboard.lock.locked import Lock, Override
from storyboard.lock.placing import (
    FilmChange,
    change_alike,
    change_each,
    change_override,
    change_own,
    change_shared,
    change_shown,
    drop_override,
    without,
)

ONE = entry("a/one", Decision(picked("a/one", 1)))
TWO = entry("a/two")
LOCK = Lock((ONE, TWO))
SECOND = partial(pick, take=take("a/one", 2), asks=asks("a/one"), by="Mara Lind", when=WHEN)
P2 = asked("a/one", film="p2")
OWN = Override("p2", Decision(picked("a/one", 2)))


def test_a_shared_decision_leaves_overrides() -> None:
    own = Override("p2", Decision(picked("a/one", 3)))
    lock = Lock((entry("a/one", ONE.decision, overrides=(own,)), TWO))
    changed = change_shared(lock, asked("a/one", film="p1"), SECOND)
    assert changed == Lock((entry("a/one", OWN.decision, overrides=(own,)), TWO))


def test_an_override_leaves_what_is_shared() -> None:
    changed = change_override(LOCK, P2, SECOND)
    assert changed == Lock((entry("a/one", ONE.decision, overrides=(OWN,)), TWO))
    assert change_override(changed, P2, SECOND) == changed
    assert drop_override(changed, P2) == LOCK
    first = change_override(changed, asked("a/one", film="p1"), SECOND)
    assert [one.film for one in first.shots[0].overrides] == ["p1", "p2"]


def test_what_is_shown_is_changed_where_it_counts() -> None:
    assert change_shown(LOCK, P2, SECOND) == change_shared(LOCK, P2, SECOND)
    own = Override("p2", Decision(picked("a/one", 3)))
    lock = Lock((entry("a/one", ONE.decision, overrides=(own,)), TWO))
    assert change_shown(lock, P2, SECOND) == change_override(LOCK, P2, SECOND)


def test_many_shots_are_changed_one_after_the_other_as_each_alone() -> None:
    third = partial(pick, take=take("a/two", 3), asks=asks("a/two"), by="x", when=WHEN)
    own = Override("p2", Decision(picked("a/one", 3)))
    lock = Lock((entry("a/one", ONE.decision, overrides=(own,)), TWO))
    changes = [(P2, SECOND), (asked("a/two"), third), (asked("a/one", film="p1"), withdraw)]
    one_by_one = lock
    for shot, change in changes:
        one_by_one = change_shown(one_by_one, shot, change)
    assert change_each(lock, changes) == one_by_one
    with pytest.raises(LookupError, match="a/three"):
        change_each(lock, [(asked("a/three"), withdraw)])


def test_a_shot_without_an_entry_is_refused() -> None:
    with pytest.raises(LookupError, match="a/three"):
        change_shared(LOCK, asked("a/three"), SECOND)
    with pytest.raises(ValueError, match="campaign"):
        change_override(LOCK, asked("a/one"), SECOND)


def test_a_shot_that_is_gone_can_be_forgotten() -> None:
    assert without(LOCK, "a/one") == Lock((TWO,))
    tall = entry("a/one", ratio=TALL)
    both = Lock((ONE, tall, TWO))
    assert without(both, "a/one@9:16") == LOCK
    assert without(both, "a/one") == Lock((TWO,))


def test_films_with_one_outcome_share_it_and_others_get_overrides() -> None:
    p1 = asked("a/one", film="p1")
    same = [FilmChange(one, 2, SECOND) for one in (p1, P2)]
    assert change_alike(LOCK, same) == change_shared(LOCK, p1, SECOND)
    other = [FilmChange(p1, 2, SECOND), FilmChange(P2, 0, withdraw)]
    changed = change_override(change_shared(LOCK, p1, SECOND), P2, withdraw)
    assert change_alike(LOCK, other) == changed
    assert change_alike(changed, same) == change_override(changed, P2, SECOND)
    with pytest.raises(LookupError, match="a/three"):
        change_alike(LOCK, [FilmChange(asked("a/three"), 0, withdraw)])


def test_single_films_decide_for_themselves() -> None:
    assert change_own(LOCK, [FilmChange(P2, 2, SECOND)]) == change_override(LOCK, P2, SECOND)
    assert change_own(LOCK, [FilmChange(P2, 0, lambda it: it)]) == LOCK
    with pytest.raises(LookupError, match="a/three"):
        change_own(LOCK, [FilmChange(asked("a/three", film="p2"), 0, withdraw)])
    with pytest.raises(ValueError, match="campaign"):
        change_own(LOCK, [FilmChange(asked("a/one"), 0, withdraw)])
