"""Conflict markers: each conflict is one finding, of the entry that it is in."""

import pytest
from lock_values import entry

from storyboard.lock.lock_text import text
from storyboard.lock.locked import Lock
from storyboard.lock.merge_marks import conflicts, sides
from storyboard.source import Lines

WHOLE = text(Lock((entry("a/one"), entry("a/two"))))
KIND = "  - shot: a/two\n    kind: prompt\n"
OURS, THEIRS = "    films: [p]\n", "    films: [q]\n"


def marked(base: str = "", end: str = "\n") -> str:
    mark = f"<<<<<<< HEAD\n{OURS}{base}=======\n{THEIRS}>>>>>>> theirs\n"
    return WHOLE.replace(KIND, KIND + mark).replace("\n", end)


@pytest.mark.parametrize("base", ["", "||||||| base\n    films: [r]\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_is_taken_apart(base: str, end: str) -> None:
    both = sides(marked(base, end).encode())
    assert both == tuple(WHOLE.replace(KIND, KIND + one) for one in (OURS, THEIRS))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_conflict_is_reported_with_its_entry_and_its_end(end: str) -> None:
    (found,) = conflicts(Lines("f", marked(end=end)))
    assert found.code == "SB921"
    assert found.message.endswith("the entry of shot `a/two`")
    assert found.span is not None
    assert (found.span.line, found.related[0].span.line) == (13, 17)


def test_a_conflict_of_whole_entries_is_of_the_first_one() -> None:
    one = WHOLE.replace("  - shot: a/two", "<<<<<<< HEAD\n  - shot: a/two")
    written = one.replace("files:", "=======\n>>>>>>> theirs\nfiles:")
    assert [found.about for found in conflicts(Lines("f", written))] == ["a/two"]


def test_a_conflict_of_files_is_of_no_shot() -> None:
    mark = "<<<<<<< HEAD\nfiles: []\n=======\nfiles: []\n>>>>>>> theirs\n"
    (found,) = conflicts(Lines("f", WHOLE.replace("files: []\n", mark)))
    assert (found.about, "pick" in (found.help or "")) == (None, False)


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD\n", ">>>>>>> theirs\n"])
def test_a_mark_that_was_left_is_found(mark: str) -> None:
    assert len(conflicts(Lines("f", WHOLE + mark))) == 1


def test_an_entry_with_a_name_that_cannot_be_is_named_as_it_is() -> None:
    (found,) = conflicts(Lines("f", marked().replace("a/two", "a/two@tall")))
    assert found.about == "a/two@tall"


def test_a_lock_without_marks_is_not_half_merged() -> None:
    assert conflicts(Lines("f", WHOLE)) == ()
    assert sides(WHOLE.encode()) is None
