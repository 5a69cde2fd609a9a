"""Sequence parameter sets are read, and written again to the byte."""

from dataclasses import replace

import pytest
from streams import SIZE, WAYS, Clips

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.sequence_set import read_sequence_set, write_sequence_set


@pytest.mark.parametrize("way", WAYS)
def test_a_set_is_written_as_it_was_read(clips: Clips, way: str) -> None:
    sets = clips(way).coding.sets
    assert sets is not None
    read = read_sequence_set(sets.sps[0])
    assert write_sequence_set(read) == sets.sps[0]
    assert (read.width, read.height) == (SIZE.width, SIZE.height)
    assert (read.coded_width, read.coded_height) == (SIZE.width, 112)


def test_a_field_is_read_where_it_is_written(clips: Clips) -> None:
    sets = clips("medium").coding.sets
    assert sets is not None
    read = read_sequence_set(sets.sps[0])
    others = replace(
        read,
        number=3,
        frame_num_bits=9,
        order_type=2,
        order_bits=0,
        references=7,
        gaps=True,
        frames_only=False,
        adaptive_fields=True,
        crop=(1, 2, 3, 4),
        usability=None,
    )
    assert read_sequence_set(write_sequence_set(others)) == others
    assert (others.width, others.height) == (SIZE.width - 6, 224 - 28)
    assert (others.frame_nums, others.pixel, others.color) == (512, 1, (2, 2, 2, 0))


@pytest.mark.parametrize("unit", [b"", b"gd\x00", b"\x68\xee\x06\xf2\xc0"])
def test_a_broken_set_is_refused(unit: bytes) -> None:
    with pytest.raises(Refused):
        read_sequence_set(unit)
