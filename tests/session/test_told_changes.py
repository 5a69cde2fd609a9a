"""What has changed in a lock is told in a line for each shot, and to programs."""

from dataclasses import replace

from offers import MARA, entry, offered, take

from storyboard.lock import Lock, without
from storyboard.session.lock_edits import (
    Edit,
    for_each,
    for_one,
    for_others,
    in_turn,
    shared_again,
)
from storyboard.session.told_changes import changed_entries

SPRING, AUTUMN = (offered("one/cup", film=film) for film in ("spring", "autumn"))
POT = offered("two/pot")
LOCK = Lock((entry(SPRING), entry(POT)))
FIRST, SECOND = take("two/pot"), take("two/pot", 2)
PICKED = for_others(MARA.pick((POT,), FIRST))(LOCK)
ONE, TWO = (f"take {one.number} ({one.clip[:12]})" for one in (FIRST, SECOND))


def told(edit: Edit, lock: Lock = LOCK) -> list[str]:
    return [one.words for one in changed_entries(lock, edit(lock))]


def test_picks_are_told_with_what_was_before() -> None:
    assert told(for_others(MARA.pick((POT,), FIRST))) == [f"two/pot: {ONE} is picked"]
    assert told(for_others(MARA.pick((POT,), SECOND)), PICKED) == [
        f"two/pot: {TWO} is picked, was {ONE}"
    ]
    assert told(for_others(MARA.withdraw((POT,))), PICKED) == [f"two/pot: no pick, was {ONE}"]
    now = offered("two/pot", "new words")
    assert told(for_each(MARA.keep((now,))), PICKED) == [
        f"two/pot: {ONE} is kept for the new words"
    ]
    assert told(for_others(MARA.withdraw((POT,)))) == []


def test_verdicts_are_told() -> None:
    assert told(for_each(MARA.approve((POT,)))) == [f"two/pot: {ONE} is picked, approved"]
    assert told(for_each(MARA.approve((POT,))), PICKED) == ["two/pot: approved"]
    assert told(for_each(MARA.reject((POT,), "too dark"))) == ["two/pot: rejected: too dark"]


def test_a_film_of_its_own_is_named() -> None:
    own = for_one(MARA.pick((AUTUMN,), take("one/cup", 2)))
    (line,) = told(own)
    assert line.startswith("one/cup [autumn]: take 2 (")
    lock = own(LOCK)
    (line,) = told(shared_again((AUTUMN,)), lock)
    assert line.startswith("one/cup [autumn]: no pick, was take 2 (")
    same = in_turn((for_others(MARA.pick((SPRING,), take("one/cup"))), own))(LOCK)
    edit = for_one(MARA.pick((AUTUMN,), take("one/cup")))
    assert len(told(edit, same)) == 1


def test_an_entry_that_is_removed_is_told() -> None:
    assert told(lambda lock: without(lock, POT.name), PICKED) == [
        "two/pot: it is gone, and its entry is removed"
    ]


def test_programs_read_all_of_it() -> None:
    (found,) = changed_entries(
        PICKED, for_each(MARA.reject((POT,), "too dark"))(for_others(MARA.withdraw((POT,)))(PICKED))
    )
    assert found.to_json() == {
        "shot": "two/pot",
        "film": None,
        "films": None,
        "pick": None,
        "was": {"take": 1, "clip": FIRST.clip},
        "verdict": "rejected",
        "why": "too dark",
    }
    listed = replace(LOCK, shots=(entry(SPRING, ("spring", "autumn")),))
    (found,) = changed_entries(listed, for_each(MARA.approve((SPRING, AUTUMN)))(listed))
    assert found.to_json()["films"] == ["spring", "autumn"]
