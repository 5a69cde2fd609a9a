"""What libav says enters the program in one place, the same in every release of PyAV."""

import ast
import struct
import subprocess
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import pytest
from clips import ClipRecipe, make_clip
from imageio_ffmpeg import get_ffmpeg_exe

from storyboard.media import libav
from storyboard.media.open import open_media, open_sound
from storyboard.media.packets import index
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts, SoundFacts

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "benchmarks", "docs", "examples", "storyboard", "templates", "tests")
RAW = {
    "average_rate",
    "base_rate",
    "display_aspect_ratio",
    "framerate",
    "guessed_rate",
    "pkt_timebase",
    "sample_aspect_ratio",
    "side_data",
    "time_base",
}
"""What streams and frames say in a type that depends on PyAV's release."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A ratio as PyAV 19 returns it: it can be neither compared nor rounded."""

    numerator: int
    denominator: int


@pytest.mark.parametrize("unset", [None, Raw(0, 1), Raw(0, 0), Raw(1, 0)])
def test_an_unset_ratio_is_none(unset: Raw | None) -> None:
    assert libav.exact(unset) is None


@pytest.mark.parametrize("ratio", [Raw(24000, 1001), Fraction(24000, 1001)])
def test_a_ratio_is_a_fraction(ratio: libav.Ratio) -> None:
    found = libav.exact(ratio)
    assert type(found) is Fraction
    assert found == Fraction(24000, 1001)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.avi"])
def test_all_that_a_stream_says_is_exact(tmp_path: Path, name: str) -> None:
    clip = make_clip(tmp_path / name, ClipRecipe(frames=24))
    with open_media(clip) as container:
        stream = container.streams.video[0]
        tick, rates = libav.tick(stream), (libav.average_rate(stream), libav.guessed_rate(stream))
        frames = list(container.decode(stream))
        said = [tick, *rates, libav.pixel(stream), *(libav.shown_at(one) for one in frames)]
        assert {type(one) for one in said} == {Fraction}
        # PyAV's own product has 32 bits: 1/90000 times 1/90000 is 0 there.
        assert tick is not None
        assert tick * tick > 0
        assert libav.shown_at(frames[-1]) == (frames[-1].pts or 0) * tick


def test_a_frame_without_a_time_base_is_shown_at_no_time() -> None:
    frame = av.VideoFrame(64, 64, "yuv420p")
    frame.pts = 5
    assert libav.tick(frame) is None
    assert libav.shown_at(frame) is None


def test_a_rate_that_no_camera_has_is_rounded_to_a_fraction(tmp_path: Path) -> None:
    """The average of 13 frames at 7/3 a second is not a standard rate: it is rounded."""
    facts = probe(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=13, fps=Fraction(7, 3))))
    assert isinstance(facts, ClipFacts)
    assert facts.fps == Fraction(7, 3)
    assert type(facts.fps) is Fraction


@pytest.mark.parametrize("mirror", [[], ["-display_hflip"], ["-display_vflip"]])
def test_a_mirrored_clip_is_known(tmp_path: Path, mirror: list[str]) -> None:
    plain, turned = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=6)), tmp_path / "b.mp4"
    turning = ["-display_rotation", "90", *mirror, "-i", str(plain), "-c", "copy", str(turned)]
    command = [get_ffmpeg_exe(), "-v", "error", "-nostdin", *turning]
    subprocess.run(command, check=True)  # noqa: S603 - the words are all here
    assert index(turned).coding.mirrored == bool(mirror)


def test_opened_for_its_sound_no_picture_of_a_clip_is_decoded(tmp_path: Path) -> None:
    """The form of its pixels is in no index: who knows it has decoded a picture."""
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24))
    with open_media(clip) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"
    with open_sound(clip) as container:
        assert container.streams.video[0].codec_context.pix_fmt is None


def test_tags_may_be_in_any_encoding(tmp_path: Path) -> None:
    """Recorders write names of artists in the encoding of their own country."""
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes(bytes(96_000))
    artist = "Künstler".encode("latin-1")
    tags = b"INFOIART" + struct.pack("<I", len(artist)) + artist
    riff = path.read_bytes()[8:] + b"LIST" + struct.pack("<I", len(tags)) + tags
    path.write_bytes(b"RIFF" + struct.pack("<I", len(riff)) + riff)
    facts = probe(path)
    assert isinstance(facts, SoundFacts)
    assert facts.duration == 1


def test_no_other_module_reads_a_raw_ratio() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 500
    found = {
        path.relative_to(ROOT).as_posix()
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and _is_raw(node)
    }
    assert found == {"storyboard/media/libav.py"}


def _is_raw(node: ast.Attribute) -> bool:
    """Tell whether an attribute is read raw; `av.time_base` is a plain number of libav's own."""
    known = isinstance(node.value, ast.Name) and node.value.id in {"av", "libav"}
    return node.attr in RAW and not known
