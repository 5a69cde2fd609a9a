"""The same lists are said in ways of many lengths."""

from dataclasses import replace

import pytest
from streams import Clips, group_of

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.header_variants import variants
from storyboard.media.h264.reference_lists import Held, reference_lists
from storyboard.media.h264.slice_header import Slice, SliceKind, fits

HELD = (Held(0, 14, 0), Held(1, 15, 8), Held(2, 0, 4), Held(3, 1, 16))


@pytest.mark.parametrize("kind", [SliceKind.P, SliceKind.B])
@pytest.mark.parametrize("wanted", [(3, 2, 1, 0), (3, 1, 2), (2, 2, 3), (0,)])
def test_every_way_gives_the_lists_and_they_differ_in_length(
    clips: Clips, kind: SliceKind, wanted: tuple[int, ...]
) -> None:
    group = group_of(clips("cavlc"))
    one = replace(group.pictures[1].headers[0], number=kind + 5, frame_num=2, spatial=None)
    if kind is SliceKind.B:
        one = replace(one, spatial=True)
    lists = (wanted, wanted[::-1] if kind is SliceKind.B else ())
    phases = set()
    for header in variants(one, 6, lists, HELD, 16):
        counts = (len(lists[0]), len(lists[1]))
        assert reference_lists(header, 6, HELD, counts, 16) == lists
        assert header.kind is kind
        if header.counts or counts[0] == 3 == counts[1]:
            phases |= {n for n in range(8) if fits(Slice(one, b"", n), header, group.sets)}
    assert len(phases) >= (2 if len(wanted) == 1 else 4)


def test_a_header_that_is_right_already_comes_first(clips: Clips) -> None:
    group = group_of(clips("slow-ref5"))
    for n in range(20, 40):
        held, told = group.memories[n - 1].held, group.told[n]
        for header, lists in zip(group.pictures[n].headers, told.lists, strict=True):
            size = group.sets.sequence.frame_nums
            assert next(variants(header, told.order, lists, held, size)) == header


def test_lists_of_pictures_that_are_gone_are_refused(clips: Clips) -> None:
    header = group_of(clips("cavlc")).pictures[1].headers[0]
    with pytest.raises(Refused, match="not there"):
        next(variants(header, 6, ((9,), ()), HELD, 16))
