"""Lists are built by clause 8.2.4, and commands give any list that is wanted."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streams import Clips, group_of

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.reference_lists import Held, Numbering, changes_for, reference_lists
from storyboard.media.h264.slice_header import SliceHeader, SliceKind

HELD = (Held(0, 14, 0), Held(1, 15, 8), Held(2, 0, 4), Held(3, 1, 16))
"""Four references around POC 6; `frame_num` counts modulo 16."""


def header(clips: Clips, kind: SliceKind, frame_num: int = 2) -> SliceHeader:
    one = group_of(clips("medium")).pictures[1].headers[0]
    return replace(one, number=kind, frame_num=frame_num, changes=(None, None))


def test_a_p_slice_has_the_latest_first(clips: Clips) -> None:
    lists = reference_lists(header(clips, SliceKind.P), 20, HELD, (4, 0), 16)
    assert lists == ((3, 2, 1, 0), ())


def test_a_b_slice_has_the_nearest_first_on_either_side(clips: Clips) -> None:
    lists = reference_lists(header(clips, SliceKind.B), 6, HELD, (4, 4), 16)
    assert lists == ((2, 0, 1, 3), (1, 3, 2, 0))


def test_lists_that_would_be_alike_begin_otherwise(clips: Clips) -> None:
    lists = reference_lists(header(clips, SliceKind.B), 30, HELD, (3, 3), 16)
    assert lists == ((3, 1, 2), (1, 3, 2))


def test_entries_without_a_picture_are_named_none(clips: Clips) -> None:
    lists = reference_lists(header(clips, SliceKind.P), 20, HELD[:2], (3, 0), 16)
    assert lists == ((1, 0, None), ())


def test_a_command_that_names_nothing_is_refused(clips: Clips) -> None:
    wrong = replace(header(clips, SliceKind.P), changes=(((0, 6),), None))
    with pytest.raises(Refused, match="not there"):
        reference_lists(wrong, 20, HELD, (2, 0), 16)
    too_many = replace(header(clips, SliceKind.P), changes=(((0, 0), (0, 0)), None))
    with pytest.raises(Refused, match="may not have"):
        reference_lists(too_many, 20, HELD, (1, 0), 16)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), current=st.integers(0, 15), count=st.integers(1, 15))
def test_commands_give_any_list(
    clips: Clips, data: st.DataObject, current: int, count: int
) -> None:
    """Also one that names a picture several times in a row, as weighted prediction does."""
    ages = data.draw(st.lists(st.integers(1, 15), min_size=1, max_size=count, unique=True))
    held = [Held(n, (current - age) % 16, -age) for n, age in enumerate(ages)]
    wanted = data.draw(
        st.lists(st.sampled_from([one.name for one in held]), max_size=8, min_size=1)
    )
    changes = changes_for(wanted, held, Numbering(current, 16))
    asked = replace(header(clips, SliceKind.P, current), changes=(changes, None))
    assert reference_lists(asked, 0, held, (len(wanted), 0), 16) == (tuple(wanted), ())
    assert all(0 <= difference < 16 for _, difference in changes or ())
