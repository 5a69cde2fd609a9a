"""Slices are read, and written again to the byte."""

from dataclasses import replace

import pytest
from streams import WAYS, Clips, group_of, packets_of

from storyboard.media.avc import units
from storyboard.media.h264.bits import Bits, Refused
from storyboard.media.h264.coded_pictures import stream_sets
from storyboard.media.h264.slice_header import (
    SliceKind,
    fits,
    is_slice,
    list_counts,
    read_slice,
    write_slice,
)


@pytest.mark.parametrize("way", WAYS)
def test_a_slice_is_written_as_it_was_read(clips: Clips, way: str) -> None:
    index = clips(way)
    assert index.coding.sets is not None
    sets = stream_sets(index.coding.sets)
    kinds = set()
    for packet in packets_of(index):
        for unit in filter(is_slice, units(packet, 4)):
            read = read_slice(unit, sets)
            assert write_slice(read, sets) == unit
            kinds.add(read.header.kind)
    assert kinds >= {SliceKind.I, SliceKind.P}


def test_the_lists_are_as_long_as_a_slice_or_its_set_says(clips: Clips) -> None:
    group = group_of(clips("slow-ref5"))
    headers = [one.headers[0] for one in group.pictures]
    counts = {one.kind: list_counts(one, group.sets) for one in headers[20:]}
    assert counts[SliceKind.P][1] == 0
    assert min(counts[SliceKind.B]) >= 1
    assert list_counts(headers[0], group.sets) == (0, 0)


def test_bits_that_may_hold_raw_samples_are_not_moved(clips: Clips) -> None:
    group = group_of(clips("cavlc"))
    one = group.pictures[5].slices[0]
    longer = replace(one.header, counts=None if one.header.counts else (1, 1))
    assert fits(one, one.header, group.sets)
    assert not fits(one, longer, group.sets)
    with pytest.raises(Refused, match="off their bytes"):
        write_slice(replace(one, header=longer), group.sets)
    assert write_slice(replace(one, header=longer, phase=None), group.sets)
    assert isinstance(one.data, Bits)


@pytest.mark.parametrize(
    ("head", "reason"),
    [(b"\x05", "not a reference"), (b"\xe5", "not a slice"), (b"\x22", "not a slice")],
)
def test_other_units_are_refused(clips: Clips, head: bytes, reason: str) -> None:
    group = group_of(clips("medium"))
    with pytest.raises(Refused, match=reason):
        read_slice(head + b"\x88\x84\x00", group.sets)
