"""Real git: branches that decide for different shots merge, and a conflict stays in one entry."""

from functools import partial
from pathlib import Path

import pytest
from git_merging import Change, conflicting, merged
from lock_values import LATER, WHEN, asked, asks, seen, take

from storyboard.lock import (
    AskedShot,
    Lock,
    approve,
    arranged,
    change_override,
    change_shared,
    half_merged,
    pick,
    read_lock,
    reject,
    supersede,
    text,
)

NAMES = ("a/one", "a/two", "a/three", "b/four", "b/five")
SHOTS = [asked(one) for one in NAMES]
EMPTY = arranged(Lock(), SHOTS)
WAYS = [("merge",), ("rebase",), ("rebase", "--apply"), ("merge", "-s", "resolve")]
WAYS += [("merge", "-X", f"diff-algorithm={one}") for one in ("myers", "patience", "histogram")]


def picking(name: str, number: int) -> Change:
    change = partial(pick, take=take(name, number), asks=asks(name), by=f"{number}", when=WHEN)
    return lambda lock: change_shared(lock, asked(name), change)


def approving(name: str) -> Change:
    change = partial(approve, seen=seen(name), by="Ada", when=LATER)
    return lambda lock: change_shared(lock, asked(name), change)


def all_picked() -> Lock:
    lock = EMPTY
    for name in NAMES:
        lock = approving(name)(picking(name, 1)(lock))
    return lock


BEFORE = {"nothing": lambda: EMPTY, "all": all_picked}
"""What was picked before there were two branches."""


@pytest.mark.parametrize("how", WAYS, ids=" ".join)
@pytest.mark.parametrize("before", ["nothing", "all"])
@pytest.mark.parametrize(("ours", "theirs"), [(1, 2), (2, 1), (0, 1), (4, 3), (0, 4)])
def test_picks_for_different_shots_merge(
    tmp_path: Path, how: tuple[str, ...], before: str, ours: int, theirs: int
) -> None:
    base = BEFORE[before]()
    one, other = picking(NAMES[ours], 2), picking(NAMES[theirs], 3)
    assert merged(tmp_path, base, one, other, *how).decode() == text(other(one(base)))


@pytest.mark.parametrize(("ours", "theirs"), [(1, 2), (2, 1)])
def test_all_that_is_decided_for_neighbours_merges(tmp_path: Path, ours: int, theirs: int) -> None:
    def deciding(name: str) -> Change:
        picked = picking(name, 2)
        why = partial(reject, seen=seen(name, 2), by="Ada", when=LATER, why="too dark")
        old = partial(supersede, asks=asks("new words"))
        return lambda lock: change_shared(
            change_shared(picked(lock), asked(name), old), asked(name), why
        )

    one, other = deciding(NAMES[ours]), deciding(NAMES[theirs])
    for place, base in enumerate((EMPTY, all_picked())):
        (folder := tmp_path / f"{place}").mkdir()
        assert merged(folder, base, one, other, "merge").decode() == text(other(one(base)))


def test_a_pick_and_an_approval_of_neighbours_merge(tmp_path: Path) -> None:
    one, other = picking("a/two", 2), approving("a/one")
    base = picking("a/two", 1)(picking("a/one", 1)(EMPTY))
    assert merged(tmp_path, base, one, other, "merge").decode() == text(other(one(base)))


def test_overrides_of_neighbours_merge(tmp_path: Path) -> None:
    films = [asked(name, film=film) for film in ("p1", "p2") for name in NAMES]
    base = arranged(Lock(), films)

    def overriding(name: str) -> Change:
        one = asked(name, film="p2")
        third = partial(pick, take=take(name, 3), asks=asks(name), by="x", when=WHEN)
        return lambda lock: change_override(lock, one, third)

    one, other = overriding("a/two"), overriding("a/three")
    assert merged(tmp_path, base, one, other, "merge").decode() == text(other(one(base)))


def test_both_add_what_the_storyboard_has_got_and_pick(tmp_path: Path) -> None:
    """Each command writes an entry for every shot, so both branches write the same new ones."""
    more = [*SHOTS[:2], asked("a/new"), *SHOTS[2:]]

    def working(name: str) -> Change:
        picked = picking(name, 2)
        return lambda lock: picked(arranged(lock, more))

    one, other = working("a/two"), working("a/three")
    assert merged(tmp_path, EMPTY, one, other, "merge").decode() == text(other(one(EMPTY)))


def reordering(lock: Lock) -> Lock:
    order: list[AskedShot] = [SHOTS[3], *SHOTS[:3], SHOTS[4]]
    return arranged(lock, order)


@pytest.mark.parametrize("name", ["a/one", "a/two", "a/three", "b/five"])
def test_a_branch_that_reorders_shots_merges_with_a_pick_for_another(
    tmp_path: Path, name: str
) -> None:
    other = picking(name, 2)
    found = merged(tmp_path, EMPTY, reordering, other, "merge").decode()
    assert found == text(reordering(other(EMPTY)))


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
@pytest.mark.parametrize("before", ["nothing", "all"])
def test_conflicts_of_neighbours_stay_in_an_entry_each(
    tmp_path: Path, style: str, before: str
) -> None:
    base = BEFORE[before]()

    def ours(lock: Lock) -> Lock:
        return picking("a/three", 2)(picking("a/two", 2)(lock))

    def theirs(lock: Lock) -> Lock:
        return picking("b/five", 3)(picking("a/three", 3)(picking("a/two", 3)(lock)))

    data = conflicting(tmp_path, base, ours, theirs, style)
    result = read_lock(data, "storyboard.lock.yaml")
    assert result.value is None
    lines = data.decode().splitlines()
    assert {one.about for one in result.diagnostics} == {"a/two", "a/three"}
    for one in result.diagnostics:
        assert one.code == "SB921"
        assert one.span is not None
        assert lines[one.span.line - 1].startswith("<<<<<<<")
        last = one.related[0].span.line
        assert lines[last - 1].startswith(">>>>>>>")
        within = lines[one.span.line : last]
        assert not [line for line in within if "shot:" in line or "# end of" in line]
        assert "storyboard pick FILE a/two TAKE a/three TAKE" in (one.help or "")
    halves = half_merged(data, "storyboard.lock.yaml")
    assert halves is not None
    assert halves.shots == {"a/two", "a/three"}
    # What only they changed was merged, so it is in our side as well.
    assert halves.ours == picking("b/five", 3)(ours(base))


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_a_pick_in_an_entry_that_moved_is_a_conflict_of_that_entry(
    tmp_path: Path, style: str
) -> None:
    data = conflicting(tmp_path, EMPTY, reordering, picking("b/four", 2), style)
    found = read_lock(data, "storyboard.lock.yaml").diagnostics
    assert {one.code for one in found} == {"SB921"}
    assert {one.about for one in found} == {"b/four"}
