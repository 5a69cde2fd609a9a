"""Simulate what a decoder holds: order, reference lists and marking (clause 8.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.picture_order import OrderState, order_after
from storyboard.media.h264.reference_lists import Held, Numbering, References, reference_lists
from storyboard.media.h264.slice_header import SliceHeader, StreamSets, list_counts


@dataclass(frozen=True, slots=True)
class Memory:
    """What a decoder knows between two pictures: the references, in decoding order, and counters.

    `frame_num` is PrevRefFrameNum (7.4.3).
    """

    held: tuple[Held, ...] = ()
    frame_num: int = 0
    state: OrderState = field(default_factory=OrderState)

    @property
    def names(self) -> frozenset[int]:
        """The names of the references."""
        return frozenset(one.name for one in self.held)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the simulation says of one picture: its order count and the lists of each slice."""

    order: int
    lists: tuple[tuple[References, References], ...]


def decoded(
    memory: Memory, headers: Sequence[SliceHeader], name: int, sets: StreamSets
) -> tuple[Decoded, Memory]:
    """Decode one picture, called `name`, and return what becomes of it and the memory after it.

    Raises `Refused` if the stream is not as it should be: holes in `frame_num`, commands that name
    absent pictures, more references than the sequence allows.
    """
    first = headers[0]
    size = sets.sequence.frame_nums
    if first.idr is None and first.frame_num != next_frame_num(memory, sets):
        raise Refused("pictures are missing between its pictures")
    order, state = order_after(memory.state, first, sets.sequence)
    held = () if first.idr is not None else memory.held
    lists = tuple(
        reference_lists(one, order, held, list_counts(one, sets), size) for one in headers
    )
    if not first.importance:
        return Decoded(order, lists), Memory(held, memory.frame_num, state)
    kept = marked(held, first, sets)
    after = (*kept, Held(name, first.frame_num, order))
    return Decoded(order, lists), Memory(after, first.frame_num, state)


def next_frame_num(memory: Memory, sets: StreamSets) -> int:
    """Return the `frame_num` that the next picture must have unless it is an IDR picture."""
    return (memory.frame_num + 1) % sets.sequence.frame_nums


def marked(held: tuple[Held, ...], header: SliceHeader, sets: StreamSets) -> tuple[Held, ...]:
    """Return the references that stay when a reference has been decoded (8.2.5).

    Without commands the oldest makes room (8.2.5.3); commands drop pictures by number (8.2.5.4.1).
    """
    numbering = Numbering(header.frame_num, sets.sequence.frame_nums)
    most = max(sets.sequence.references, 1)
    if header.forget is None:
        if len(held) < most:
            return held
        oldest = min(held, key=numbering.of)
        return tuple(one for one in held if one != oldest)
    for difference in header.forget:
        number = numbering.current - (difference + 1)
        kept = tuple(one for one in held if numbering.of(one) != number)
        if len(kept) == len(held):
            raise Refused("a picture drops one that is not there")
        held = kept
    if len(held) >= most:
        raise Refused("it holds more pictures than it may")
    return held
