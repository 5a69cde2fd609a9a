"""Every frame after an entry is its source's own: exactly after raw samples, else nearly."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import pytest
from av.video.frame import VideoFrame

sys.path.insert(0, str(Path(__file__).parent / "h264"))

from exact import enter_exactly
from streams import FPS, NUMBER, WAYS, coded, likeness, seen, structure

from storyboard.media import entering
from storyboard.media.avc import ParameterSets, units
from storyboard.media.clip_passes import ClipPasses
from storyboard.media.coded import PacketIndex
from storyboard.media.entering import Decoded, Entries, NotEntered, enter, plan_entries
from storyboard.media.h264.coded_pictures import CodedGroup
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

PLACES = (1, 6, 13, 14, 15, 16, 29, 50)


def decoding(found: PacketIndex) -> Decoded:
    return partial(ClipPasses({found.path}).coded_frames, found)


def planned(found: PacketIndex, place: int) -> Entries | NotEntered:
    return plan_entries(found, 0, len(found.packets), place, NUMBER)


@pytest.mark.parametrize("way", WAYS)
def test_every_frame_after_an_entry_is_its_sources(tmp_path: Path, way: str) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS[way]))
    source = seen(found)
    entered = 0
    for place in PLACES:
        entries = planned(found, place)
        if isinstance(entries, NotEntered):
            continue
        entered += 1
        exact = index(enter_exactly(found, entries, tmp_path / "exact.mp4"))
        assert seen(exact) == source[place:], place
        enter(found, entries, NUMBER, FPS, tmp_path / "near.mp4", decoding(found))
        near = index(tmp_path / "near.mp4")
        worst = min(map(likeness, seen(near), source[place:]))
        assert near.frames == 60 - place
        assert worst >= 43, place
        assert near.plain
        assert [one.shown for one in near.packets if one.anew] == [
            one.place - place for one in entries.each
        ]
    assert entered or way in REFUSED


REFUSED = {"ref16"}
"""Sixteen references ask for sets of thirty frames."""


@pytest.mark.parametrize("size", [Size(190, 106), Size(178, 100)])
def test_motion_into_the_rim_that_is_never_shown_is_right(tmp_path: Path, size: Size) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"], 48, size))
    entries = planned(found, 9)
    assert isinstance(entries, Entries)
    exact = index(enter_exactly(found, entries, tmp_path / "exact.mp4"))
    assert seen(exact) == seen(found)[9:]
    assert (exact.coding.width, exact.coding.height) == (size.width, size.height)


def test_a_part_of_a_group_is_entered_up_to_its_prefix(tmp_path: Path) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    ends = [n for n in range(45, 60) if {one.shown for one in found.packets[:n]} == set(range(n))]
    entries = plan_entries(found, 0, ends[0], 12, NUMBER)
    assert isinstance(entries, Entries)
    assert (entries.frames, entries.each[-1].end) == (ends[0] - 12, ends[0])
    exact = index(enter_exactly(found, entries, tmp_path / "exact.mp4"))
    assert seen(exact) == seen(found)[12 : ends[0]]


@pytest.mark.parametrize("way", ["medium", "all-p", "baseline"])
def test_the_end_of_a_long_clip_is_as_like_as_its_beginning(tmp_path: Path, way: str) -> None:
    """Fifteen seconds; `benchmarks/likeness.py` measures it at full size."""
    found = index(coded(tmp_path / "clip.mp4", WAYS[way], 360))
    entries = planned(found, 12)
    assert isinstance(entries, Entries)
    assert entries.frames == 348
    assert entries.made <= 348 // 8
    enter(found, entries, NUMBER, FPS, tmp_path / "near.mp4", decoding(found))
    pairs = [*zip(seen(index(tmp_path / "near.mp4")), seen(found)[12:], strict=True)]
    assert min(likeness(*one) for one in pairs) >= 43
    assert min(structure(*one) for one in pairs) >= 0.985


def test_parameters_stand_beside_the_source_s(tmp_path: Path) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    entries = planned(found, 12)
    assert isinstance(entries, Entries)
    enter(found, entries, NUMBER, FPS, tmp_path / "near.mp4", decoding(found))
    near = index(tmp_path / "near.mp4")
    one, other = found.coding.sets, near.coding.sets
    assert one is not None
    assert other is not None
    assert (other.sps, other.pps[:-1]) == (one.sps, one.pps)
    data = near.path.read_bytes()
    packets = [data[at.position : at.position + at.size] for at in near.packets]
    kinds = {unit[0] & 31 for unit in chain.from_iterable(units(p, 4) for p in packets)}
    assert kinds <= {1, 5, 6}


def test_what_cannot_be_entered_says_why(tmp_path: Path) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    late = planned(found, 59)
    assert isinstance(late, NotEntered)
    assert "too many others" in late.reason
    taken = plan_entries(found, 0, 60, 12, 0)
    assert isinstance(taken, NotEntered)


def test_it_can_be_stopped_at_any_frame(tmp_path: Path) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    entries = planned(found, 12)
    assert isinstance(entries, Entries)

    class Enough(Exception):  # noqa: N818 - nothing is wrong
        pass

    def stop(low: int, first: int, end: int) -> Iterator[VideoFrame]:
        for n, one in enumerate(decoding(found)(low, first, end)):
            if n == 1:
                raise Enough
            yield one

    with pytest.raises(Enough):
        enter(found, entries, NUMBER, FPS, tmp_path / "near.mp4", stop)
    assert not (tmp_path / "near.mp4").exists()


def test_a_clip_is_not_read_again_for_the_same_answer_unless_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    read: list[int] = []
    plain = entering.read_group

    def spied(packets: Sequence[bytes], shown: Sequence[int], sets: ParameterSets) -> CodedGroup:
        read.append(len(packets))
        return plain(packets, shown, sets)

    monkeypatch.setattr(entering, "read_group", spied)
    first = planned(found, 12)
    assert planned(index(found.path), 12) == first
    assert len(read) == 1
    assert planned(found, 13) != first
    assert len(read) == 2
    changed = index(coded(tmp_path / "clip.mp4", WAYS["all-p"]))
    assert planned(changed, 12) != first
    assert len(read) == 3
