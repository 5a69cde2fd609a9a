"""Packets are found where they lie, and frames are decoded by their place."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from subprocess import run

import av
import pytest
from clips import ClipRecipe, luma, make_clip, read_number
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imageio_ffmpeg import get_ffmpeg_exe

from storyboard.media import avc, libav
from storyboard.media.coded import prefixes
from storyboard.media.decoding import decode
from storyboard.media.h264.picture_set import read_picture_set, write_picture_set
from storyboard.media.h264.sequence_set import read_sequence_set
from storyboard.media.mp4_index import index_mp4
from storyboard.media.open import open_media, open_sound
from storyboard.media.packets import demuxed, index


@pytest.mark.parametrize("gop", [12, 250])
@pytest.mark.parametrize("bframes", [0, 3])
def test_groups_are_what_the_encoder_made(tmp_path: Path, gop: int, bframes: int) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(gop=gop, bframes=bframes)))
    assert found.plain
    assert found.frames == len(found.packets) == 48
    assert [first for first, _ in found.groups()] == list(range(0, 48, gop))
    assert sorted(one.shown for one in found.packets) == list(range(48))


def test_a_packet_lies_where_the_index_says(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(gop=12))
    found = index(path)
    data = path.read_bytes()
    for one in found.packets:
        packet = data[one.position : one.position + one.size]
        assert sum(4 + len(unit) for unit in avc.units(packet, 4)) == one.size
        assert avc.starts_anew(packet, 4) == one.anew


@pytest.mark.parametrize(("first", "end"), [(0, 5), (11, 13), (24, 48), (47, 48)])
@pytest.mark.parametrize("gop", [12, 250])
def test_frames_are_decoded_by_place(tmp_path: Path, gop: int, first: int, end: int) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(gop=gop)))
    numbers = [read_number(luma(frame)) for frame in decode(found, first, end)]
    assert numbers == list(range(first, end))


@pytest.mark.parametrize(
    ("name", "recipe"),
    [
        ("a.ts", ClipRecipe(gop=12, sound=False)),
        ("a.ts", ClipRecipe(gop=250)),
        ("a.mpg", ClipRecipe(codec="mpeg2video", sound=False, options=(("bf", "2"),))),
        ("a.avi", ClipRecipe(gop=12, sound=False)),
        ("a.mkv", ClipRecipe(gop=12)),
    ],
)
def test_frames_of_every_container_are_decoded_by_place(
    tmp_path: Path, name: str, recipe: ClipRecipe
) -> None:
    """Streams without an index are jumped into anywhere; AVI does not know the display order."""
    found = index(make_clip(tmp_path / name, recipe))
    for first, end in [(0, 48), (11, 14), (20, 48), (47, 48)]:
        read = [read_number(luma(frame)) for frame in decode(found, first, end)]
        assert read == list(range(first, end))


def test_what_an_edit_leaves_out_is_not_there(tmp_path: Path) -> None:
    """Copied from a moment inside a group on, a clip has packets that are never shown."""
    whole = make_clip(tmp_path / "a.mp4", ClipRecipe(sound=False))
    cut = ["-ss", "0.5", "-i", str(whole), "-c", "copy", str(tmp_path / "b.mp4")]
    run([get_ffmpeg_exe(), "-v", "error", *cut], check=True)  # noqa: S603 - the words are all here
    found = index(tmp_path / "b.mp4")
    assert found.frames == 36
    assert [read_number(luma(frame)) for frame in decode(found, 0, 36)] == list(range(12, 48))


@pytest.mark.parametrize("gop", [12, 250])
@pytest.mark.parametrize("bframes", [0, 3])
@pytest.mark.parametrize("rate", ["24", "24000/1001"])
@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_a_plain_file_is_read_as_the_demuxer_reads_it(
    tmp_path: Path, gop: int, bframes: int, rate: str, name: str
) -> None:
    colors = (("colorspace", "bt709"), ("color_primaries", "bt709"), ("color_trc", "bt709"))
    for n, options in enumerate([(), colors]):
        recipe = ClipRecipe(gop=gop, bframes=bframes, fps=Fraction(rate), options=options)
        path = make_clip(tmp_path / f"{n}{name}", recipe)
        assert index_mp4(path) == demuxed(path)


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_broken_index_is_left_to_the_demuxer(
    plain: bytes, tmp_path: Path, data: st.DataObject
) -> None:
    """It may be read or not, but never raises, and never lies about how many frames there are."""
    broken = bytearray(plain)
    moov = plain.index(b"moov")
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(moov, len(plain) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / "broken.mp4").write_bytes(broken[: data.draw(st.integers(moov, len(broken)))])
    found = index_mp4(tmp_path / "broken.mp4")
    assert found is None or len(found.packets) >= found.frames > 0


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("plain")
    return make_clip(folder / "a.mp4", ClipRecipe(frames=12)).read_bytes()


@pytest.mark.parametrize("aspect", [Fraction(1), Fraction(4, 3), Fraction(37, 36)])
@pytest.mark.parametrize("size", [(192, 108), (1920, 1080), (64, 64)])
def test_a_parameter_set_tells_the_picture(
    tmp_path: Path, aspect: Fraction, size: tuple[int, int]
) -> None:
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.sample_aspect_ratio = aspect
        stream.codec_context.colorspace = 1
        out.mux(stream.encode(av.VideoFrame(*size, "yuv420p")))
        out.mux(stream.encode(None))
    coding = demuxed(path).coding
    assert coding.sets is not None
    told = read_sequence_set(coding.sets.sps[0])
    assert (told.width, told.height, told.pixel) == (*size, aspect)
    assert (told.chroma, told.depth, told.frames_only) == (1, 8, True)
    assert told.color == coding.color


def test_wrapped_packets_are_not_plain(tmp_path: Path) -> None:
    assert not index(make_clip(tmp_path / "a.mkv", ClipRecipe())).plain


def test_a_rate_is_kept_or_not(tmp_path: Path) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(fps=Fraction(24000, 1001))))
    assert found.runs_at(Fraction(24000, 1001))
    assert not found.runs_at(Fraction(25))


def test_parameter_sets_are_written_as_they_were_read(tmp_path: Path) -> None:
    sets = index(make_clip(tmp_path / "a.mp4", ClipRecipe())).coding.sets
    assert sets is not None
    assert avc.parse_record(avc.sets_record(sets)) == sets
    assert sets.ids == {0}


def test_sets_of_several_streams_stand_side_by_side(tmp_path: Path) -> None:
    sets = index(make_clip(tmp_path / "a.mp4", ClipRecipe())).coding.sets
    assert sets is not None
    other = write_picture_set(replace(read_picture_set(sets.pps[0]), number=9))
    more = replace(sets, pps=(*sets.pps, other))
    assert avc.united([sets, more, sets]) == more
    unlike = write_picture_set(replace(read_picture_set(sets.pps[0]), qp=-3))
    with pytest.raises(ValueError, match="one id"):
        avc.united([sets, replace(sets, pps=(unlike,))])
    with pytest.raises(ValueError, match="lengths"):
        avc.united([sets, replace(sets, length_size=2)])


def test_a_file_without_a_picture_cannot_be_indexed(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(make_clip(tmp_path / "b.mp4", ClipRecipe()).read_bytes()[:64])
    with pytest.raises((OSError, av.FFmpegError)):
        index(tmp_path / "a.mp4")


@given(st.permutations(range(12)))
def test_a_prefix_holds_exactly_the_first_frames(order: list[int]) -> None:
    brute = [h for h in range(13) if sorted(order[:h]) == list(range(h))]
    assert prefixes(order) == brute


def test_opened_for_its_sound_a_clip_keeps_its_clock(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24))
    with open_media(clip) as whole, open_sound(clip) as sound:
        for one, other in zip(whole.streams, sound.streams, strict=True):
            assert (libav.start(one), libav.tick(one)) == (libav.start(other), libav.tick(other))
        heard = [frame.samples for frame in sound.decode(audio=0)]
        assert heard == [frame.samples for frame in whole.decode(audio=0)]
