"""A lock is read if it is of the clips that are asked for, and each side of a merge is."""

import pytest
from lock_values import entry, whole

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
    assert half_merged(data, NAME) == HalfMerged(ours, frozenset({ShotName("a/two")}))
    assert half_merged(whole_.encode(), NAME) is None
    assert half_merged(data.replace(b"[q]", b"q"), NAME) is None
