"""What is unusual in a stream is refused, each by its reason."""

from dataclasses import replace

import pytest
from streams import Clips, Way, coded, group_of, packets_of

from storyboard.media.avc import ParameterSets, units
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import read_group, read_picture, stream_sets
from storyboard.media.h264.picture_set import read_picture_set, write_picture_set
from storyboard.media.h264.sequence_set import read_sequence_set, write_sequence_set
from storyboard.media.packets import index


def boxed(*parts: bytes) -> bytes:
    return b"".join(len(one).to_bytes(4, "big") + one for one in parts)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"frames_only": False}, "interlaced"),
        ({"chroma": 2}, "4:2:0"),
        ({"luma_depth": 10}, "8 bits"),
        ({"bypass": True}, "skip transforms"),
        ({"gaps": True}, "may be missing"),
        ({"number": 5}, "do not belong together"),
    ],
)
def test_an_unusual_sequence_is_refused(
    clips: Clips, change: dict[str, object], reason: str
) -> None:
    sets = clips("medium").coding.sets
    assert sets is not None
    changed = replace(read_sequence_set(sets.sps[0]), **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=reason):
        stream_sets(replace(sets, sps=(write_sequence_set(changed),)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"bottom_order": True}, "fields"), ({"redundant": True}, "redundant")],
)
def test_an_unusual_picture_set_is_refused(
    clips: Clips, change: dict[str, object], reason: str
) -> None:
    sets = clips("medium").coding.sets
    assert sets is not None
    changed = replace(read_picture_set(sets.pps[0]), **change)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=reason):
        stream_sets(replace(sets, pps=(write_picture_set(changed),)))


def test_sets_that_are_not_one_of_each_are_refused(clips: Clips) -> None:
    sets = clips("medium").coding.sets
    assert sets is not None
    with pytest.raises(Refused, match="several"):
        stream_sets(replace(sets, sps=sets.sps * 2))
    with pytest.raises(Refused, match="share an id"):
        stream_sets(replace(sets, pps=sets.pps * 2))
    with pytest.raises(Refused, match="four bytes"):
        stream_sets(ParameterSets(sets.sps, sets.pps, 2))
    with pytest.raises(Refused, match="padded"):
        stream_sets(replace(sets, sps=(sets.sps[0] + b"\x80",)))


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ("interlaced=1", "interlaced"),
        ("nal-hrd=vbr:vbv-maxrate=900:vbv-bufsize=900", "timed"),
    ],
)
def test_clips_that_encoders_make_so_are_refused(
    tmp_path_factory: pytest.TempPathFactory, parameters: str, reason: str
) -> None:
    path = tmp_path_factory.mktemp("unusual") / "a.mp4"
    with pytest.raises(Refused, match=reason):
        group_of(index(coded(path, Way(parameters), frames=6)))


def test_a_packet_holds_one_picture_and_nothing_unusual(clips: Clips) -> None:
    found = clips("slices")
    assert found.coding.sets is not None
    sets = stream_sets(found.coding.sets)
    packets = packets_of(found)
    parts = [list(units(one, 4)) for one in packets[3:5]]
    none: frozenset[bytes] = frozenset()
    assert len(read_picture(packets[3], sets, none).slices) == 4
    for wrong, reason in (
        (boxed(*parts[0], *parts[1]), "several pictures"),
        (boxed(parts[0][1], parts[0][0]), "not in order"),
        (boxed(parts[0][1]), "not in order"),
        (boxed(b"\x06\x80"), "no picture"),
        (boxed(b"\x02\x80", *parts[0]), "kind 2"),
        (boxed(found.coding.sets.pps[0], *parts[0]), "kind 8"),
        (packets[3] + b"\x00", "does not hold"),
        (packets[3][:-1], "does not hold|too soon|as the standard says"),
    ):
        with pytest.raises(Refused, match=reason):
            read_picture(wrong, sets, none)
    again = boxed(found.coding.sets.pps[0], *parts[0])
    assert read_picture(again, sets, frozenset(found.coding.sets.pps)).slices


def test_a_group_is_closed_whole_and_in_its_order(clips: Clips) -> None:
    found = clips("medium")
    sets = found.coding.sets
    assert sets is not None
    packets, shown = packets_of(found), [one.shown for one in found.packets]
    assert read_group(packets, shown, sets).shown == tuple(shown)
    for wrong, places, reason in (
        (packets[1:], shown[1:], "only IDR"),
        ([packets[0], *packets], [0, *(one + 1 for one in shown)], "only IDR"),
        ([*packets[:4], *packets[5:]], list(range(59)), "missing|not there|another order"),
        (packets, [*shown[:-2], shown[-1], shown[-2]], "another order"),
        (packets, [*shown[:-1], 0], "one moment"),
    ):
        with pytest.raises(Refused, match=reason):
            read_group(wrong, places, sets)
