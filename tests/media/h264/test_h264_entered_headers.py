"""New headers make a decoder do with the rest of a group what it does with the whole."""

from dataclasses import replace

import pytest
from exact import raw_set
from streams import NUMBER, Clips, group_of

from storyboard.media.h264.bits import Bits, Refused
from storyboard.media.h264.entered_headers import (
    IDR_NUMBER,
    entered_headers,
    entered_sets,
    expected_headers,
    expected_set,
)
from storyboard.media.h264.entry_choice import Entry, choose_entries
from storyboard.media.h264.slice_header import SliceKind


def test_a_stretch_begins_with_an_idr_picture_and_counts_on(clips: Clips) -> None:
    group = group_of(clips("medium"))
    (entry,) = choose_entries(group, 12)
    sets = entered_sets(group, expected_set(group, NUMBER))
    written = entered_headers(group, entry, expected_headers(entry, NUMBER), sets, NUMBER)
    first, *others = [one[0] for one in written.made]
    assert (first.idr, first.frame_num, first.order) == (IDR_NUMBER, 0, 0)
    assert [one.frame_num for one in others] == list(range(1, entry.made))
    assert {one.picture_set for one in (first, *others)} == {NUMBER}
    copied = written.copied[0][0]
    assert copied.frame_num == entry.made % group.sets.sequence.frame_nums
    assert copied.picture_set == group.pictures[entry.first].headers[0].picture_set


def test_few_headers_need_more_than_other_numbers(clips: Clips) -> None:
    group = group_of(clips("medium"))
    (entry,) = choose_entries(group, 12)
    sets = entered_sets(group, expected_set(group, NUMBER))
    written = entered_headers(group, entry, expected_headers(entry, NUMBER), sets, NUMBER)
    source = group.pictures[entry.first : entry.end]
    others = [
        one[0].changes != picture.headers[0].changes or one[0].forget != picture.headers[0].forget
        for one, picture in zip(written.copied, source, strict=True)
    ]
    assert sum(others) <= 8
    assert not any(others[10:])


def test_an_entry_at_a_wrong_place_is_refused(clips: Clips) -> None:
    """Begun inside a part, pictures refer to some that are neither made nor copied."""
    group = group_of(clips("b8-forced"))
    sets = entered_sets(group, expected_set(group, NUMBER))
    good = {one.first for one in choose_entries(group, 5)}
    refused = 0
    for first in range(6, 14):
        entry = Entry(5, first, len(group.pictures))
        if first in good:
            continue
        try:
            entered_headers(group, entry, expected_headers(entry, NUMBER), sets, NUMBER)
        except Refused:
            refused += 1
    assert refused >= 5


def test_frames_made_otherwise_than_asked_for_are_refused(clips: Clips) -> None:
    group = group_of(clips("medium"))
    (entry,) = choose_entries(group, 12)
    sets = entered_sets(group, expected_set(group, NUMBER))
    made = expected_headers(entry, NUMBER)
    for wrong in (
        made[1:],
        [(replace(made[0][0], importance=0),), *made[1:]],
        [(replace(made[0][0], number=SliceKind.B),), *made[1:]],
        [*made[:-1], (replace(made[-1][0], counts=(2, 1)),)],
    ):
        with pytest.raises(Refused):
            entered_headers(group, entry, wrong, sets, NUMBER)


@pytest.mark.parametrize(
    ("way", "change"),
    [
        ("medium", {"number": 0}),
        ("medium", {"sequence": 3}),
        ("medium", {"counts": (2, 1)}),
        ("medium", {"weighted_p": True}),
        ("baseline", {"cabac": True}),
        ("main", {"rest": Bits(1, 1)}),
    ],
)
def test_a_set_that_the_sequence_does_not_allow_is_refused(
    clips: Clips, way: str, change: dict[str, object]
) -> None:
    group = group_of(clips(way))
    assert entered_sets(group, raw_set(group)).of(NUMBER)
    with pytest.raises(Refused):
        entered_sets(group, replace(raw_set(group), **change))  # type: ignore[arg-type]
