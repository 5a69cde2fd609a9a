"""Entries are found by name and film, renamed shots by what they ask for; then how each stands."""

from dataclasses import replace
from fractions import Fraction

import pytest
from lock_values import TALL, approved, asked, entry, picked, seen

from storyboard.lock.decision import UNDECIDED, Decision, SeenShot
from storyboard.lock.finding import (
    ApprovalState,
    AskedShot,
    Entries,
    FoundBy,
    Match,
    PickState,
    approval_state,
    pick_state,
    standings,
)
from storyboard.lock.locked import Lock, LockedShot, Override

ONE = entry("a/one", Decision(picked("a/one")))
CARD = replace(seen("a/one"), asks=None)


def found(asked_: AskedShot, *entries: LockedShot, others: tuple[str, ...] = ()) -> Match | None:
    present = {asked_.name, *(asked(one).name for one in others)}
    return Entries(Lock(entries), present).find(asked_)


def test_an_entry_is_found_by_its_name_whatever_the_shot_asks_for() -> None:
    assert found(asked("a/one"), ONE) == Match(ONE, ONE.decision, FoundBy.NAME)
    assert found(asked("a/one", "new words"), ONE) == Match(ONE, ONE.decision, FoundBy.NAME)
    assert found(asked("a/two"), ONE, others=("a/one",)) is None


def test_a_ratio_has_an_entry_of_its_own() -> None:
    tall = replace(ONE, ratio=TALL, decision=UNDECIDED)
    match = found(asked("a/one", ratio=TALL), ONE, tall)
    assert match is not None
    assert match.entry is tall
    assert found(asked("a/one", ratio=TALL), ONE) is None


def test_a_renamed_shot_is_found_by_what_it_asks_for() -> None:
    renamed = asked("a/uno", "a/one")
    assert found(renamed, ONE) == Match(ONE, ONE.decision, FoundBy.WORDS)
    assert found(renamed, ONE, others=("a/one",)) is None  # it is a copy, and no renaming
    assert found(asked("a/uno"), ONE) is None
    assert found(asked("a/uno", None), ONE) is None


def test_a_renamed_shot_that_was_only_approved_is_found_as_well() -> None:
    """Its first take is shown and not picked; what was picked for the same goes first."""
    seen_only = entry("a/one", Decision(approval=approved("a/one")))
    renamed = asked("a/uno", "a/one")
    assert found(renamed, seen_only) == Match(seen_only, seen_only.decision, FoundBy.WORDS)
    other = entry("a/eins", Decision(picked("a/one")))
    assert found(renamed, seen_only, other) == Match(other, other.decision, FoundBy.WORDS)
    card = entry("a/card", Decision(approval=replace(approved("a/one"), seen=CARD)))
    assert found(asked("a/uno", None), card) is None


def test_a_film_has_the_entry_that_lists_it_or_the_one_for_the_others() -> None:
    listed = entry("a/one", Decision(picked("a/one", 2)), films=("p1", "p2"))
    for film, wanted in (("p1", listed), ("p2", listed), ("p3", ONE), (None, ONE)):
        match = found(asked("a/one", film=film), listed, ONE)
        assert match is not None
        assert match.entry is wanted


def test_a_new_film_shares_what_was_decided_for_the_same_words() -> None:
    listed = replace(ONE, films=("p1",))
    match = found(asked("a/one", film="new"), listed)
    assert match == Match(listed, listed.decision, FoundBy.NAME)
    assert found(asked("a/one", "other", film="new"), listed) is None


def test_an_override_is_what_counts_for_its_film() -> None:
    own = Override("p2", Decision(picked("a/one", 3)))
    one = replace(ONE, overrides=(own,))
    for film, wanted in (("p1", ONE.decision), ("p2", own.decision)):
        match = found(asked("a/one", film=film), one)
        assert match is not None
        assert match.decision == wanted


@pytest.mark.parametrize(
    ("decision", "words", "wanted"),
    [
        (UNDECIDED, "", PickState.NONE),
        (ONE.decision, "", PickState.CURRENT),
        (ONE.decision, "new words", PickState.STALE),
        (ONE.decision, None, PickState.NONE),  # it is a still now
    ],
)
def test_a_pick_is_current_while_the_shot_asks_for_the_same(
    decision: Decision, words: str | None, wanted: PickState
) -> None:
    assert pick_state(decision, asked("a/one", words)) is wanted


SEEN = seen("a/one")


@pytest.mark.parametrize(
    "now",
    [
        seen("a/one", 2),
        seen("a/one", 1, "new words"),
        replace(SEEN, at=Fraction(4)),
        replace(SEEN, used=Fraction(3)),
        replace(SEEN, crop="9:16 crop"),
    ],
)
def test_an_approval_holds_for_nothing_else_than_was_seen(now: SeenShot) -> None:
    decision = Decision(picked("a/one"), (), approved("a/one"))
    assert approval_state(decision, SEEN) is ApprovalState.APPROVED
    assert approval_state(decision, now) is ApprovalState.STALE
    assert approval_state(UNDECIDED, now) is ApprovalState.NONE


def test_where_every_shot_stands() -> None:
    lock = Lock(
        (
            entry("a/one", Decision(picked("a/one"), (), approved("a/one"))),
            entry("a/two", Decision(None, (), approved("a/two"))),
        )
    )
    shots = [asked("a/one"), asked("a/two"), asked("a/three")]
    states = [
        (one.pick, one.approval, one.match is not None)
        for one in standings(lock, zip(shots, (SEEN, None, None), strict=True))
    ]
    assert states == [
        (PickState.CURRENT, ApprovalState.APPROVED, True),
        (PickState.NONE, ApprovalState.STALE, True),  # nothing is seen that could be approved
        (PickState.NONE, ApprovalState.NONE, False),
    ]
