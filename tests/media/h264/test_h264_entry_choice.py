"""A group is entered only where nothing later needs more of its past than pixels."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streams import WAYS, Clips, group_of

from storyboard.media.coded import prefixes
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import CodedGroup
from storyboard.media.h264.entry_choice import LONGEST_CHAIN, Entry, choose_entries, needed
from storyboard.media.h264.slice_header import SliceKind


def check(group: CodedGroup, entry: Entry) -> None:
    """Hold an entry against what the method asks for, in the plainest words."""
    assert entry.place < entry.first < entry.end
    assert {entry.first, entry.end} <= set(prefixes(group.shown))
    assert entry.made * 3 <= len(group.pictures) - entry.place
    for n in range(entry.first, entry.end):
        for header, lists in zip(group.pictures[n].headers, group.told[n].lists, strict=True):
            for name in (*lists[0], *lists[1]):
                assert name is not None
                assert group.shown[name] >= entry.place
            if header.kind is SliceKind.B:
                assert (lists[1][0] or 0) >= entry.first


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(way=st.sampled_from(sorted(WAYS)), place=st.integers(1, 59))
def test_entries_follow_each_other_and_need_nothing_before(
    clips: Clips, way: str, place: int
) -> None:
    group = group_of(clips(way))
    try:
        entries = choose_entries(group, place)
    except Refused:
        return
    assert entries[0].place == place
    for one, other in pairwise(entries):
        assert one.end == other.place
    for one in entries:
        check(group, one)


@pytest.mark.parametrize("way", ["medium", "veryfast", "all-p", "baseline"])
def test_a_clip_of_ordinary_encoders_is_entered_by_few_frames(clips: Clips, way: str) -> None:
    group = group_of(clips(way))
    (entry, *_) = choose_entries(group, 12)
    assert entry.made <= 8


@pytest.mark.parametrize(
    ("way", "longest", "count"), [("all-p", 20, 3), ("baseline", LONGEST_CHAIN, 2)]
)
def test_a_long_chain_of_predictions_is_entered_again_and_evenly(
    clips: Clips, way: str, longest: int, count: int
) -> None:
    group = group_of(clips(way))
    entries = choose_entries(group, 5)
    lengths = [one.end - one.first for one in entries]
    assert len(entries) == count
    assert max(lengths) <= longest
    assert max(lengths) - min(lengths) <= 3
    assert len(choose_entries(group, 42)) == 1


def test_what_is_not_worth_it_is_refused(clips: Clips) -> None:
    group = group_of(clips("ref16"))
    with pytest.raises(Refused, match="too much"):
        choose_entries(group, 30)
    with pytest.raises(Refused, match="too many others"):
        choose_entries(group, 59)


def test_room_for_the_last_frame_made_is_needed_too(clips: Clips) -> None:
    group = group_of(clips("medium"))
    entry = choose_entries(group, 12)[0]
    held = needed(group, entry.first, entry.end)
    last = group.shown.index(entry.first - 1)
    sequence = replace(group.sets.sequence, references=len(held | {last}) - 1)
    tight = replace(group, sets=replace(group.sets, sequence=sequence))
    with pytest.raises(Refused):
        choose_entries(tight, 12)
