"""Picture parameter sets are read, and written again to the byte."""

from dataclasses import replace

import pytest
from streams import WAYS, Clips

from storyboard.media.h264.bits import Bits, Refused
from storyboard.media.h264.picture_set import read_picture_set, write_picture_set


@pytest.mark.parametrize("way", WAYS)
def test_a_set_is_written_as_it_was_read(clips: Clips, way: str) -> None:
    sets = clips(way).coding.sets
    assert sets is not None
    for unit in sets.pps:
        read = read_picture_set(unit)
        assert write_picture_set(read) == unit
        assert read.cabac == ("cabac=0" not in WAYS[way].parameters and "base" not in way)
        renamed = replace(read, number=200, sequence=31)
        assert read_picture_set(write_picture_set(renamed)) == renamed


@pytest.mark.parametrize("way", ["medium", "cqm"])
def test_a_set_that_ends_elsewhere_than_it_should_is_refused(clips: Clips, way: str) -> None:
    """Decoders read on into whatever follows such a set, which is something else in a film."""
    sets = clips(way).coding.sets
    assert sets is not None
    read = read_picture_set(sets.pps[0])
    value, length = read.rest.value, read.rest.length
    wrong = [Bits(value >> 1, length - 1), Bits(value << 1, length + 1)]
    wrong += [Bits(0b1100101, 7), Bits(0b1000001, 7), Bits(0b111, 3), Bits(1, 1)]
    for rest in wrong:
        with pytest.raises(Refused):
            read_picture_set(write_picture_set(replace(read, rest=rest)))


@pytest.mark.parametrize("unit", [b"", b"\x68", b"\x67\xee\x06\xf2\xc0", b"\x68\xe2\x06\xf2"])
def test_a_broken_set_is_refused(unit: bytes) -> None:
    with pytest.raises(Refused):
        read_picture_set(unit)
