"""A picture or sound is as long as its packets, whatever its header says."""

import struct
from fractions import Fraction
from pathlib import Path
from subprocess import run

import av
import pytest
from clips import ClipRecipe, make_clip
from imageio_ffmpeg import get_ffmpeg_exe

from storyboard.media.lengths import picture_length, sound_length
from storyboard.media.open import chosen_sound, open_media
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts, SoundFacts


def clip(path: Path) -> ClipFacts:
    facts = probe(path)
    assert isinstance(facts, ClipFacts)
    return facts


def written(path: Path, *words: str) -> Path:
    """Let ffmpeg write a file."""
    run([get_ffmpeg_exe(), "-v", "error", *words, str(path)], check=True)  # noqa: S603 - all here
    return path


def lying(path: Path, ticks: int) -> Path:
    """Write a length into the header of each of a file's media."""
    data, at = bytearray(path.read_bytes()), 0
    while (at := data.find(b"mdhd", at)) >= 0:
        struct.pack_into(">I", data, at + 20, ticks)
        at += 4
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("bframes", [0, 3])
@pytest.mark.parametrize("ticks", [0, 1, 4000, 0xFFFFFFFF])
def test_a_clip_is_as_long_as_its_frames_whatever_its_header_says(
    tmp_path: Path, ticks: int, bframes: int
) -> None:
    """Some recorders write a tenth of a second, or nothing."""
    facts = clip(lying(make_clip(tmp_path / "a.mp4", ClipRecipe(bframes=bframes)), ticks))
    assert facts.duration == 2
    assert facts.header is not None
    assert facts.header < Fraction(1, 2)


@pytest.mark.parametrize("off", [-20, 20])
def test_a_header_that_is_off_by_less_than_a_frame_is_not_noted(tmp_path: Path, off: int) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(sound=False))
    with av.open(str(path)) as file:
        whole = file.streams.video[0].duration
    assert whole is not None
    facts = clip(lying(path, whole + off))
    assert (facts.duration, facts.header) == (2, None)


def test_a_header_longer_than_its_frames_is_noted(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(sound=False))
    facts = clip(lying(path, 10**6))
    assert facts.duration == 2
    assert facts.header is not None
    assert facts.header > 60


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv", "a.webm", "a.flv", "a.avi"])
def test_a_true_header_is_not_noted(tmp_path: Path, name: str) -> None:
    recipe = ClipRecipe(bframes=0, codec="libvpx" if name == "a.webm" else "libx264", sound=False)
    facts = clip(make_clip(tmp_path / name, recipe))
    assert (facts.duration, facts.header) == (2, None)


def test_a_clip_in_fragments_has_no_header_to_lie(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "a.mp4", ClipRecipe(gop=12))
    flags = "frag_keyframe+empty_moov"
    path = written(tmp_path / "b.mp4", "-i", str(whole), "-c", "copy", "-movflags", flags)
    facts = clip(path)
    assert abs(facts.duration - 2) < Fraction(1, 12)
    assert facts.header is None


def test_frames_that_stand_long_count(tmp_path: Path) -> None:
    """Recorders of screens write a frame only where something moves."""
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24, options={"bf": "0"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for at in (0, 1, 2, 3, 72, 73):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = at, Fraction(1, 24)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    facts = clip(path)
    assert abs(facts.duration - Fraction(74, 24)) <= Fraction(1, 24)
    assert facts.header is None


def test_the_moments_that_frames_are_shown_count_not_those_they_are_decoded(
    tmp_path: Path,
) -> None:
    """An encoder that was handed odd times: four frames stand together, two are 3 s later."""
    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for at in (0, 1, 2, 3, 72, 73):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts, frame.time_base = at, Fraction(1, 24)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert clip(path).duration > 3


def test_a_matroska_header_that_lies_is_noted(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", ClipRecipe(sound=False))
    data = path.read_bytes()
    at = data.index(b"\x44\x89\x88") + 3
    path.write_bytes(data[:at] + struct.pack(">d", 400.0) + data[at + 8 :])
    facts = clip(path)
    assert (facts.duration, facts.header) == (2, Fraction(2, 5))


def test_a_sound_is_as_long_as_its_packets(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "a.mp4", ClipRecipe())
    path = written(tmp_path / "a.m4a", "-i", str(whole), "-vn", "-c", "copy")
    true = probe(path)
    lied = probe(lying(path, 4000))
    assert isinstance(true, SoundFacts)
    assert isinstance(lied, SoundFacts)
    assert true.header is None
    assert abs(lied.duration - true.duration) < Fraction(1, 20)
    assert lied.header == Fraction(4000, 48000)


def test_nothing_is_read_where_the_index_agrees(tmp_path: Path) -> None:
    """Packets of a long clip are many: to count them would cost each `check`."""
    path = make_clip(tmp_path / "a.mp4", ClipRecipe())
    with open_media(path) as container:
        picture = picture_length(container, container.streams.video[0], Fraction(24))
        assert (picture.duration, picture.frames, picture.header) == (2, 48, None)
        first = next(container.demux(video=0))
        assert first.pts == 0, "the container is still at its beginning"


def test_the_container_is_at_its_beginning_after_it_was_measured(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mkv", ClipRecipe())
    with open_media(path) as container:
        sound = chosen_sound(container)
        assert sound is not None
        sound_length(container, sound)
        assert len([one for one in container.demux(video=0) if one.size]) == 48
