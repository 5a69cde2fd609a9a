"""What each choice changes in a decision, and what it leaves."""

from datetime import UTC, datetime, timedelta, timezone

from lock_values import LATER, WHEN, approved, asks, picked, seen, take

from storyboard.lock import (
    UNDECIDED,
    Approval,
    Decision,
    Superseded,
    Verdict,
    approve,
    keep,
    pick,
    reject,
    supersede,
    withdraw,
)

FORMER = Superseded(picked("a", 1, "old"), asks("new"))


def test_a_pick_replaces_the_one_before_it() -> None:
    first = pick(UNDECIDED, take("a", 1), asks("a"), "Mara Lind", WHEN)
    assert first == Decision(picked("a", 1))
    assert pick(first, take("a", 2), asks("a"), "Mara Lind", WHEN) == Decision(picked("a", 2))


def test_a_pick_leaves_an_approval_to_become_stale() -> None:
    before = Decision(picked("a", 1), (), approved("a", 1))
    assert pick(before, take("a", 2), asks("a"), "x", WHEN).approval == approved("a", 1)


def test_what_is_picked_again_is_no_longer_superseded() -> None:
    other = Superseded(picked("a", 3, "older"), asks("old"))
    before = Decision(None, (other, FORMER))
    after = pick(before, take("a", 1), asks("new"), "x", WHEN)
    assert after.superseded == (other,)


def test_withdrawing_leaves_the_rest() -> None:
    before = Decision(picked("a"), (FORMER,), approved("a"))
    assert withdraw(before) == Decision(None, (FORMER,), approved("a"))


def test_keeping_is_for_the_new_words_and_by_whom_it_was() -> None:
    kept = keep(Decision(picked("a", 2, "old")), asks("new"), "Ada", LATER).pick
    assert kept is not None
    assert (kept.take, kept.asks, kept.by, kept.when) == (take("a", 2), asks("new"), "Ada", LATER)
    assert keep(Decision(picked("a")), asks("a"), "Ada", LATER) == Decision(picked("a"))
    assert keep(UNDECIDED, asks("a"), "Ada", LATER) == UNDECIDED


def test_a_pick_gives_way_to_new_words_only() -> None:
    stale = Decision(picked("a", 1, "old"), (), approved("a"))
    assert supersede(stale, asks("new")) == Decision(None, (FORMER,), approved("a"))
    assert supersede(Decision(picked("a")), asks("a")) == Decision(picked("a"))
    assert supersede(UNDECIDED, asks("a")) == UNDECIDED


def test_a_verdict_is_about_what_was_seen() -> None:
    before = Decision(picked("a"))
    said = approve(before, seen("a"), "Ada", LATER)
    assert said == Decision(picked("a"), (), approved("a"))
    other = reject(said, seen("a"), "Bo", WHEN, "too dark").approval
    assert other == Approval(Verdict.REJECTED, seen("a"), "Bo", WHEN, "too dark")


def test_times_are_kept_in_utc_and_to_the_second() -> None:
    here = datetime(2026, 11, 28, 17, 5, 44, 999_999, tzinfo=timezone(timedelta(hours=2)))
    chosen = pick(UNDECIDED, take("a"), asks("a"), "x", here).pick
    assert chosen is not None
    assert chosen.when == datetime(2026, 11, 28, 15, 5, 44, tzinfo=UTC)
