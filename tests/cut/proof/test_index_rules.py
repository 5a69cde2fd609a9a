"""Whatever an index says otherwise than it has to is a fault."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from film_damage import Good

from storyboard.cut.proof.index_rules import index_faults
from storyboard.media.film_tables import Edit, FilmTables, TrackTables, read_tables

Change = Callable[[TrackTables], TrackTables]
PICTURE, SOUND = 0, 1


def other(values: tuple[int, ...], at: int = 5, by: int = 1) -> tuple[int, ...]:
    return (*values[:at], values[at] + by, *values[at + 1 :])


def changed(tables: FilmTables, track: int, change: Change) -> FilmTables:
    tracks = list(tables.tracks)
    tracks[track] = change(tracks[track])
    return replace(tables, tracks=tuple(tracks))


def test_an_index_that_is_right_has_no_faults(hard: Good, faded: Good, trimmed: Good) -> None:
    for one in (hard, faded, trimmed):
        assert list(index_faults(read_tables(one.film), one.meant.picture, one.meant.sound)) == []


@pytest.mark.parametrize(
    ("track", "change", "fault"),
    [
        (PICTURE, lambda t: replace(t, sizes=other(t.sizes)), "another size than it has"),
        (PICTURE, lambda t: replace(t, sizes=t.sizes[1:], places=t.places[1:]), "pictures, not"),
        (PICTURE, lambda t: replace(t, decoded=other(t.decoded)), "one after the other"),
        (PICTURE, lambda t: replace(t, shown=other(t.shown)), "a frame at the wrong time"),
        (PICTURE, lambda t: replace(t, shown=other(t.shown, by=-9999)), "before it is decoded"),
        (PICTURE, lambda t: replace(t, sync=t.sync | {1}), "where decoding may begin"),
        (PICTURE, lambda t: replace(t, sync=t.sync - {0}), "where decoding may begin"),
        (PICTURE, lambda t: replace(t, edits=()), "edit list leaves out"),
        (PICTURE, lambda t: replace(t, edits=t.edits * 2), "edit list leaves out"),
        (PICTURE, lambda t: replace(t, edits=(replace(t.edits[0], rate=1),)), "edit list"),
        (PICTURE, lambda t: replace(t, edits=(replace(t.edits[0], length=1),)), "edit list"),
        (PICTURE, lambda t: replace(t, edits=(replace(t.edits[0], start=1),)), "wrong time"),
        (PICTURE, lambda t: replace(t, length=t.length - 1), "another length"),
        (PICTURE, lambda t: replace(t, shown_length=1), "another length"),
        (PICTURE, lambda t: replace(t, matrix=bytes(36)), "turns its picture"),
        (PICTURE, lambda t: replace(t, measures=(1, 1)), "turns its picture"),
        (PICTURE, lambda t: replace(t, entry=bytes(100)), "turns its picture"),
        (PICTURE, lambda t: replace(t, handler=b"text"), "one picture and one sound"),
        (PICTURE, lambda t: replace(t, places=other(t.places)), "overlap, or are outside"),
        (PICTURE, lambda t: replace(t, places=other(t.places, by=1 << 40)), "overlap, or are"),
        (SOUND, lambda t: replace(t, sizes=other(t.sizes)), "the packets of its sound"),
        (SOUND, lambda t: replace(t, scale=44_100), "without a hole"),
        (SOUND, lambda t: replace(t, decoded=other(t.decoded)), "without a hole"),
        (SOUND, lambda t: replace(t, shown=other(t.shown)), "sound heard at the wrong time"),
        (SOUND, lambda t: replace(t, edits=(Edit(1, 0, 65536),)), "begin and end its sound"),
        (SOUND, lambda t: replace(t, shown_length=1), "begin and end its sound"),
    ],
)
def test_what_is_wrong_is_named(hard: Good, track: int, change: Change, fault: str) -> None:
    tables = changed(read_tables(hard.film), track, change)
    faults = [one.what for one in index_faults(tables, hard.meant.picture, hard.meant.sound)]
    assert any(fault in one for one in faults)


def test_the_first_frame_concerned_is_named(hard: Good) -> None:
    tables = read_tables(hard.film)
    frames = hard.meant.picture.frames
    for n in (5, 70):
        wrong = changed(tables, PICTURE, lambda t, n=n: replace(t, sizes=other(t.sizes, n)))  # type: ignore[misc]
        found = list(index_faults(wrong, hard.meant.picture, hard.meant.sound))
        assert found[0].frame == frames[n].shown


def test_a_film_of_another_length_is_named(hard: Good) -> None:
    tables = replace(read_tables(hard.film), length=1)
    (first, *_) = index_faults(tables, hard.meant.picture, hard.meant.sound)
    assert "another length" in first.what
