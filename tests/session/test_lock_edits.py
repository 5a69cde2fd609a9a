"""Decisions are changes of a lock: for all films that share a shot, or for one of them."""

from dataclasses import replace
from datetime import timedelta

from offers import MARA, WHEN, entry, offered, slate, take

from storyboard.lock import Decision, Lock, Pick, Superseded, Verdict
from storyboard.session import OfferedShot
from storyboard.session.lock_edits import (
    Decider,
    Edit,
    for_each,
    for_one,
    for_others,
    in_turn,
    shared_again,
)

SPRING, AUTUMN = (offered("one/cup", film=film) for film in ("spring", "autumn"))
CUP = (SPRING, AUTUMN)
ALONE = offered("two/pot")
LOCK = Lock((entry(SPRING), entry(ALONE)))
SECOND = take("one/cup", 2)
BO = Decider("Bo", WHEN + timedelta(days=1))


def numbers(lock: Lock) -> list[object]:
    """Return the picked number of each entry, with those of its overrides if it has any."""

    def number(decision: Decision) -> int | None:
        return decision.pick.take.number if decision.pick else None

    return [
        (number(one.decision), {own.film: number(own.decision) for own in one.overrides})
        if one.overrides
        else number(one.decision)
        for one in lock.shots
    ]


def after(*edits: Edit, lock: Lock = LOCK) -> list[object]:
    return numbers(in_turn(edits)(lock))


def test_a_pick_is_for_all_films_and_says_who_and_when() -> None:
    lock = for_others(MARA.pick(CUP, SECOND))(LOCK)
    assert SPRING.asked.asks is not None
    assert lock.shots[0].decision.pick == Pick(SECOND, SPRING.asked.asks, "Mara Lind", WHEN)
    assert numbers(lock) == [2, None]
    assert for_others(BO.pick(CUP, SECOND))(lock) == lock


def test_a_film_with_a_pick_of_its_own_keeps_it() -> None:
    own = for_one(MARA.pick((AUTUMN,), SECOND))
    assert after(own) == [(None, {"autumn": 2}), None]
    assert after(own, for_others(MARA.pick(CUP, take("one/cup")))) == [(1, {"autumn": 2}), None]
    assert after(own, for_others(MARA.withdraw(CUP))) == [(None, {"autumn": 2}), None]
    assert after(for_others(MARA.pick(CUP, SECOND)), own, shared_again((AUTUMN,))) == [2, None]
    both = for_one(MARA.pick((SPRING,), SECOND)), own
    assert after(*both, for_others(MARA.pick(CUP, take("one/cup")))) == [
        (1, {"autumn": 2, "spring": 2}),
        None,
    ]


def test_films_that_lack_a_take_are_not_given_it() -> None:
    without = replace(AUTUMN, takes=(), asked=replace(AUTUMN.asked, asks=ALONE.asked.asks))
    lock = Lock((entry(SPRING, ("spring",)), entry(AUTUMN, ("autumn",))))
    assert numbers(for_others(MARA.pick((SPRING, without), SECOND))(lock)) == [2, None]


def test_what_is_shown_is_picked_where_nothing_is() -> None:
    every = (*CUP, ALONE, slate("two/lid"))
    assert after(for_each(MARA.pick_shown(every))) == [1, 1]
    assert after(for_others(MARA.pick(CUP, SECOND)), for_each(MARA.pick_shown(every))) == [2, 1]
    other = replace(AUTUMN, shown=SECOND)
    assert after(for_each(MARA.pick_shown((SPRING, other)))) == [(1, {"autumn": 2}), None]


def new_words(shot: OfferedShot) -> OfferedShot:
    return offered(shot.asked.name, "new words", shot.asked.film, is_stale=True)


def test_a_stale_pick_is_kept_and_one_that_gave_way_comes_back() -> None:
    lock = for_others(MARA.pick((ALONE,), take("two/pot")))(LOCK)
    now = new_words(ALONE)
    kept = for_each(BO.keep((now,)))(lock).shots[1].decision.pick
    assert kept is not None
    assert (kept.asks, kept.by, kept.take) == (now.asked.asks, "Bo", take("two/pot"))
    pick = lock.shots[1].decision.pick
    assert pick is not None
    assert now.asked.asks is not None
    gone = Decision(None, (Superseded(pick, now.asked.asks),))
    lock = replace(lock, shots=(lock.shots[0], replace(lock.shots[1], decision=gone)))
    assert numbers(for_each(MARA.keep((now,)))(lock)) == [None, 1]
    assert for_each(MARA.keep((ALONE,)))(lock) == lock  # it gave way to other words than these


def test_an_approval_picks_what_is_shown_and_is_given_once() -> None:
    lock = for_each(MARA.approve((*CUP, ALONE)))(LOCK)
    assert numbers(lock) == [1, 1]
    approval = lock.shots[1].decision.approval
    assert approval is not None
    assert (approval.verdict, approval.seen, approval.by) == (
        Verdict.APPROVED,
        ALONE.seen,
        "Mara Lind",
    )
    later = replace(MARA, when=WHEN + timedelta(days=2))
    assert for_each(later.approve((ALONE,)))(lock) == lock
    assert for_each(BO.approve((ALONE,)))(lock) != lock
    assert for_each(MARA.approve((slate("two/pot"),)))(LOCK) == LOCK


def test_films_that_are_seen_otherwise_are_approved_for_themselves() -> None:
    assert AUTUMN.seen is not None
    tall = replace(AUTUMN, seen=replace(AUTUMN.seen, crop="9:16 crop"))
    (cup, _) = for_each(MARA.approve((SPRING, tall)))(LOCK).shots
    assert cup.decision.approval is not None
    assert cup.decision.approval.seen == SPRING.seen
    (own,) = cup.overrides
    assert own.decision.approval is not None
    assert (own.film, own.decision.approval.seen) == ("autumn", tall.seen)


def test_a_rejection_picks_nothing() -> None:
    lock = for_each(MARA.reject((ALONE,), "too dark"))(LOCK)
    assert numbers(lock) == [None, None]
    approval = lock.shots[1].decision.approval
    assert approval is not None
    assert (approval.verdict, approval.why) == (Verdict.REJECTED, "too dark")
    own = for_one(MARA.reject((AUTUMN,), "too dark"))(LOCK)
    assert own.shots[0].decision.approval is None
    assert [one.film for one in own.shots[0].overrides] == ["autumn"]
