"""Pictures of a film have no parameter sets inside: all of them are in its `avcC`."""

from fractions import Fraction
from pathlib import Path

import av
from clips import ClipRecipe, make_clip, numbers

from storyboard.media import avc
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.inner_sets import without_inner_sets
from storyboard.media.libav import tick
from storyboard.media.packets import index
from storyboard.model.storyboard import Size


def repeating(path: Path, gop: int = 250) -> Path:
    """Make a clip whose IDR pictures carry its parameter sets as well."""
    clip = make_clip(path.with_name("plain.mp4"), ClipRecipe(24, sound=False, gop=gop))
    sets = index(clip).coding.sets
    assert sets is not None
    inside = b"".join(len(one).to_bytes(4, "big") + one for one in (*sets.sps, *sets.pps))
    with av.open(str(clip)) as source, av.open(str(path), "w") as out:
        stream = source.streams.video[0]
        copy = out.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is None:
                continue
            again = av.Packet(inside + bytes(packet) if packet.is_keyframe else bytes(packet))
            again.pts, again.dts, again.time_base = packet.pts, packet.dts, tick(stream)
            again.is_keyframe = packet.is_keyframe
            again.stream = copy
            out.mux(again)
    return path


def kinds(path: Path) -> list[set[int]]:
    """Return the types of the NAL units in each packet."""
    found, data = index(path), path.read_bytes()
    packets = (data[one.position : one.position + one.size] for one in found.packets)
    return [{unit[0] & 31 for unit in avc.units(packet, 4)} for packet in packets]


def test_a_film_leaves_out_the_sets_inside_its_pictures(tmp_path: Path) -> None:
    clip = repeating(tmp_path / "clip.mp4", gop=12)
    assert [{7, 8} <= one for one in kinds(clip)].count(True) == 2
    found = index(clip)
    assert found.coding.sets is not None
    frames = [
        CodedFrame(clip, one.position, one.size, one.shown, one.anew) for one in found.packets
    ]
    picture = FilmPicture(
        frames, Size(192, 108), Fraction(24), found.coding.sets, found.coding.color
    )
    write_film(picture, None, tmp_path / "film.mp4")
    assert not any({7, 8} & one for one in kinds(tmp_path / "film.mp4"))
    assert numbers(tmp_path / "film.mp4") == list(range(24))


def test_pictures_without_sets_stay_what_they_are(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", ClipRecipe(24, sound=False, gop=12))
    frames = [
        CodedFrame(clip, one.position, one.size, one.shown, one.anew) for one in index(clip).packets
    ]
    assert without_inner_sets(frames, 4) == frames
