"""References are kept and dropped by clause 8.2.5."""

from dataclasses import replace

import pytest
from streams import WAYS, Clips, group_of

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.decoder_memory import Memory, decoded, marked, next_frame_num
from storyboard.media.h264.reference_lists import Held
from storyboard.media.h264.slice_header import SliceKind

HELD = (Held(0, 14, 0), Held(1, 15, 8), Held(2, 0, 4))


def test_the_oldest_makes_room(clips: Clips) -> None:
    group = group_of(clips("medium"))
    sets = replace(group.sets, sequence=replace(group.sets.sequence, references=3))
    header = replace(group.pictures[1].headers[0], frame_num=1, forget=None)
    assert marked(HELD, header, sets) == HELD[1:]
    assert marked(HELD[1:], header, sets) == HELD[1:]


def test_a_command_drops_the_picture_that_it_names(clips: Clips) -> None:
    group = group_of(clips("medium"))
    sets = replace(group.sets, sequence=replace(group.sets.sequence, references=3))
    header = replace(group.pictures[1].headers[0], frame_num=1, forget=(1,))
    assert marked(HELD, header, sets) == (HELD[0], HELD[2])
    with pytest.raises(Refused, match="not there"):
        marked(HELD, replace(header, forget=(5,)), sets)
    with pytest.raises(Refused, match="more pictures"):
        marked(HELD, replace(header, forget=()), sets)


def test_a_hole_is_refused(clips: Clips) -> None:
    group = group_of(clips("medium"))
    first, second = group.pictures[0].headers, group.pictures[1].headers
    _, memory = decoded(Memory(), first, 0, group.sets)
    assert next_frame_num(memory, group.sets) == 1
    with pytest.raises(Refused, match="missing"):
        decoded(memory, [replace(one, frame_num=2) for one in second], 1, group.sets)


@pytest.mark.parametrize("way", WAYS)
def test_no_more_are_held_than_allowed_and_all_lists_are_of_them(clips: Clips, way: str) -> None:
    group = group_of(clips(way))
    before: frozenset[int] = frozenset()
    for picture, told, memory in zip(group.pictures, group.told, group.memories, strict=True):
        assert len(memory.held) <= group.sets.sequence.references
        named = {one for lists in told.lists for both in lists for one in both}
        assert named <= before
        assert bool(named) == any(one.kind is not SliceKind.I for one in picture.headers)
        before = memory.names
