"""The order of pictures follows from their headers by clause 8.2.1."""

from dataclasses import replace

import pytest
from streams import Clips, group_of

from storyboard.media.h264.picture_order import OrderState, order_after


def test_low_bits_go_on_from_the_reference_before(clips: Clips) -> None:
    group = group_of(clips("medium"))
    sequence = replace(group.sets.sequence, order_bits=4)
    header = replace(group.pictures[1].headers[0], importance=1)
    state = OrderState()
    orders = []
    for lsb in (8, 2, 15, 4, 12, 1):
        order, state = order_after(state, replace(header, order=lsb), sequence)
        orders.append(order)
    assert orders == [8, 2, -1, 4, 12, 17]


def test_pictures_that_are_no_references_leave_no_trace(clips: Clips) -> None:
    group = group_of(clips("medium"))
    header = replace(group.pictures[1].headers[0], order=6)
    state = OrderState(16, 3)
    order, after = order_after(state, replace(header, importance=0), group.sets.sequence)
    assert (order, after) == (22, state)


def test_an_idr_picture_begins_at_nothing(clips: Clips) -> None:
    group = group_of(clips("medium"))
    assert order_after(OrderState(64, 9), group.pictures[0].headers[0], group.sets.sequence)[0] == 0


@pytest.mark.parametrize("way", ["all-p", "baseline"])
def test_without_low_bits_order_is_that_of_decoding(clips: Clips, way: str) -> None:
    group = group_of(clips(way))
    assert group.sets.sequence.order_type == 2
    assert [one.order for one in group.told] == [2 * n for n in range(60)]


def test_a_picture_that_is_no_reference_comes_just_before(clips: Clips) -> None:
    group = group_of(clips("all-p"))
    header = replace(group.pictures[5].headers[0], importance=0, frame_num=1)
    order, after = order_after(OrderState(frame_num=15), header, group.sets.sequence)
    assert (order, after) == (33, OrderState(frame_num=1, offset=16))
