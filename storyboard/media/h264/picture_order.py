"""Compute the picture order count of each picture (clause 8.2.1)."""

from dataclasses import dataclass

from storyboard.media.h264.sequence_set import SequenceSet
from storyboard.media.h264.slice_header import SliceHeader


@dataclass(frozen=True, slots=True)
class OrderState:
    """What the next picture's order is counted from.

    `msb` and `lsb` are those of the last reference; `frame_num` and `offset` those of the last
    picture, for order type 2.
    """

    msb: int = 0
    lsb: int = 0
    frame_num: int = 0
    offset: int = 0


def order_after(
    state: OrderState, header: SliceHeader, sequence: SequenceSet
) -> tuple[int, OrderState]:
    """Return a picture's order count, and the state after it."""
    if sequence.order_type == 0:
        return _by_bits(state, header, sequence)
    return _by_frame_num(state, header, sequence)


def _by_bits(
    state: OrderState, header: SliceHeader, sequence: SequenceSet
) -> tuple[int, OrderState]:
    """Order type 0 (8.2.1.1): the low bits are in the header, the high ones go on from before."""
    before = OrderState() if header.idr is not None else state
    lsb, size = header.order or 0, 1 << sequence.order_bits
    msb = before.msb
    if lsb < before.lsb and before.lsb - lsb >= size // 2:
        msb += size
    elif lsb > before.lsb and lsb - before.lsb > size // 2:
        msb -= size
    after = OrderState(msb, lsb) if header.importance else before
    return msb + lsb, after


def _by_frame_num(
    state: OrderState, header: SliceHeader, sequence: SequenceSet
) -> tuple[int, OrderState]:
    """Order type 2 (8.2.1.3): pictures are shown in the order in which they are decoded."""
    offset = state.offset
    if header.idr is not None:
        offset = 0
    elif state.frame_num > header.frame_num:
        offset += sequence.frame_nums
    after = OrderState(frame_num=header.frame_num, offset=offset)
    if header.idr is not None:
        return 0, after
    return 2 * (offset + header.frame_num) - (0 if header.importance else 1), after
