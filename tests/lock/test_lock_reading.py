"""A lock is read if it is of the clips that are asked for, and each side of a merge is."""

import pytest
from lock_values import approved, asks, entry, picked, whole

from storyboard.lock.decision import Decision, Superseded
from storyboard.lock.lock_text import text
from storyboard.lock.locked import Lock, LockedClips
from storyboard.lock.reading import HalfMerged, half_merged, read_lock
from storyboard.model import ShotName

NAME = "film.lock.yaml"


def test_a_lock_is_read_in_either_form() -> None:
    written = text(whole())
    assert read_lock(written.encode(), NAME).value == whole()
    assert read_lock(written.replace("kind: ", "kind:  ").encode(), NAME).value == whole()


@pytest.mark.parametrize("made", LockedClips)
@pytest.mark.parametrize("wanted", LockedClips)
def test_a_rehearsal_cannot_be_mistaken_for_what_was_paid(
    made: LockedClips, wanted: LockedClips
) -> None:
    result = read_lock(text(Lock(clips=made)).encode(), NAME, wanted)
    assert (result.value is not None) is (made is wanted)
    assert [one.code for one in result.diagnostics] == ([] if made is wanted else ["SB927"])


def test_a_half_merged_lock_has_our_side_and_the_shots_in_conflict() -> None:
    kind = "  - shot: a/two\n    kind: prompt\n"
    whole_ = text(Lock((entry("a/one"), entry("a/two"))))
    mark = "<<<<<<< a\n    films: [p]\n=======\n    films: [q]\n>>>>>>> b\n"
    data = whole_.replace(kind, kind + mark).encode()
    assert read_lock(data, NAME).value is None
    ours = Lock((entry("a/one"), entry("a/two", films=("p",))))
    differing = frozenset({ShotName("a/two")})
    assert half_merged(data, NAME) == HalfMerged(ours, ours, differing, frozenset())
    assert half_merged(whole_.encode(), NAME) is None
    assert half_merged(data.replace(b"[q]", b"q"), NAME) is None


def test_what_only_one_side_said_is_not_what_both_agree_on() -> None:
    """A verdict that one side alone has is no verdict, and a take that gave way stays on both."""
    older, newer = superseded("a/two", 3), superseded("a/two", 4)
    left = Decision(picked("a/two"), (older,), approved("a/two"))
    right = Decision(picked("a/two"), (newer,), None)
    half = merged(left, right)
    assert half.ours.shots[1].decision == left
    assert half.agreed.shots[1].decision == Decision(picked("a/two"), (older, newer), None)
    assert (half.shots, half.picks) == ({"a/two"}, frozenset())
    other = merged(Decision(picked("a/two")), Decision(picked("a/two", 2)))
    assert other.agreed.shots[1].decision == Decision()
    assert (other.shots, other.picks) == ({"a/two"}, {"a/two"})


def merged(ours: Decision, theirs: Decision) -> HalfMerged:
    """Return a lock in which all lines of an entry are in conflict."""
    sides = [
        text(Lock((entry("a/one"), entry("a/two", one)))).splitlines() for one in (ours, theirs)
    ]
    first, last = sides[0].index("  - shot: a/two"), "    # end of a/two"
    left, right = ([*one[first:], ""][: one[first:].index(last)] for one in sides)
    rest = sides[0][sides[0].index(last) :]
    lines = [*sides[0][:first], "<<<<<<< a", *left, "=======", *right, ">>>>>>> b", *rest, ""]
    found = half_merged("\n".join(lines).encode(), NAME)
    assert found is not None
    return found


def superseded(name: str, number: int) -> Superseded:
    return Superseded(picked(name, number), asks("newer"))
