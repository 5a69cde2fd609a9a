"""What is written is read and simulated again, and carries no word of a past that is gone."""

from dataclasses import replace

import pytest
from exact import exact_frames
from streams import NUMBER, Clips, group_of

from storyboard.media.avc import units
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import CodedGroup
from storyboard.media.h264.entered_packets import check_entry, entered_packets
from storyboard.media.h264.entry_choice import choose_entries
from storyboard.media.h264.picture_set import read_picture_set


def with_messages(group: CodedGroup, *messages: bytes) -> CodedGroup:
    pictures = tuple(replace(one, before=messages) for one in group.pictures)
    return replace(group, pictures=pictures)


def test_only_user_data_are_kept_of_supplemental_information(clips: Clips) -> None:
    index = clips("medium")
    group = group_of(index)
    (entry,) = choose_entries(group, 12)
    words, longer = b"\x06\x05\x02ab\x80", b"\x06\x05\xff\x03" + bytes([7]) * 258 + b"\x80"
    repeats, recovery = b"\x06\x07\x01\xff\x80", b"\x06\x05\x01a\x06\x01\xc4\x80"
    told = with_messages(group, b"\x09\xf0", words, longer, repeats, recovery)
    made = exact_frames(index, group, entry)
    written = entered_packets(told, entry, made, NUMBER)
    for packet in written.packets[entry.made :]:
        assert [*units(packet, 4)][:-1] == [b"\x09\xf0", words, longer]
    assert written.shown[: entry.made] == tuple(range(12, entry.first))
    assert sorted(written.shown) == list(range(12, entry.end))
    assert read_picture_set(written.parameters).number == NUMBER


def test_an_entry_is_checked_beforehand(clips: Clips) -> None:
    group = group_of(clips("slow-ref5"))
    (entry, *_) = choose_entries(group, 12)
    check_entry(group, entry, NUMBER)
    with pytest.raises(Refused):
        check_entry(group, entry, 0)
    with pytest.raises(Refused):
        check_entry(group, replace(entry, first=entry.first - 1), NUMBER)


def test_another_source_than_the_one_read_is_noticed(clips: Clips) -> None:
    index = clips("medium")
    group = group_of(index)
    (entry,) = choose_entries(group, 12)
    made = exact_frames(index, group, entry)
    other = replace(group, told=(*group.told[:-1], replace(group.told[-1], order=999)))
    with pytest.raises(Refused):
        entered_packets(other, entry, made, NUMBER)
