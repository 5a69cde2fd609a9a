"""Of several sounds in a clip the default is heard, if it is in a known coding, or the chosen."""

from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.cut.sound.decode import Decoding
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts, Unusable

LEVELS = (0.25, 0.5)


@pytest.fixture(scope="module")
def two_sounds(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sounds") / "a.mp4"
    with av.open(str(path), "w") as out:
        video = out.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
        sounds = [out.add_stream("aac", rate=48000, layout="mono") for _ in LEVELS]
        for _ in range(24):
            out.mux(video.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(video.encode(None))
        wave = np.sin(np.arange(48000) * 2 * np.pi * 440 / 48000).astype(np.float32)[None]
        for stream, level in zip(sounds, LEVELS, strict=True):
            frame = av.AudioFrame.from_ndarray(wave * level, format="fltp", layout="mono")
            frame.sample_rate = 48000
            out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
    return path.read_bytes()


def unknown(clip: bytes, tracks: tuple[int, ...]) -> bytes:
    """Give sounds a coding that nobody knows."""
    changed, at = bytearray(clip), -1
    for n in range(len(LEVELS)):
        at = clip.index(b"mp4a", at + 1)
        if n in tracks:
            changed[at : at + 4] = b"apac"
            description = clip.index(b"esds", at)
            changed[description : description + 4] = b"free"
    return bytes(changed)


@pytest.mark.parametrize(("tracks", "heard"), [((), 0), ((1,), 0), ((0,), 1)])
def test_a_sound_in_a_coding_of_the_phones_own_is_passed_over(
    two_sounds: bytes, tmp_path: Path, tracks: tuple[int, ...], heard: int
) -> None:
    (tmp_path / "a.mp4").write_bytes(unknown(two_sounds, tracks))
    facts = probe(tmp_path / "a.mp4")
    assert isinstance(facts, ClipFacts)
    assert facts.audio_codec == "aac"
    samples = np.concatenate([*Decoding(tmp_path / "a.mp4").read(12000, 24000)])
    assert abs(float(samples.std()) * 2**0.5 - LEVELS[heard]) < 0.05


def test_a_clip_none_of_whose_sounds_is_known_says_so(two_sounds: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(unknown(two_sounds, (0, 1)))
    facts = probe(tmp_path / "a.mp4")
    assert isinstance(facts, Unusable)
    assert "coding that is not known" in facts.detail


def marked(clip: bytes, default: int) -> bytes:
    """Let only one of the sounds be what players choose: its track is the one that is enabled."""
    changed, at = bytearray(clip), clip.index(b"tkhd")
    for n in range(len(LEVELS)):
        at = clip.index(b"tkhd", at + 1)
        changed[at + 7] = 3 if n == default else 2
    return bytes(changed)


@pytest.mark.parametrize("default", [0, 1])
def test_the_default_sound_is_heard_unless_another_is_chosen(
    two_sounds: bytes, tmp_path: Path, default: int
) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(marked(two_sounds, default))
    facts = probe(path)
    assert isinstance(facts, ClipFacts)
    assert facts.tracks is not None
    assert (len(facts.tracks.languages), facts.tracks.default) == (2, default + 1)
    for track, heard in ((None, default), (1, 0), (2, 1)):
        samples = np.concatenate([*Decoding(path, track).read(12000, 24000)])
        assert abs(float(samples.std()) * 2**0.5 - LEVELS[heard]) < 0.05


def test_a_default_in_an_unknown_coding_is_passed_over(two_sounds: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(unknown(marked(two_sounds, 0), (0,)))
    facts = probe(tmp_path / "a.mp4")
    assert isinstance(facts, ClipFacts)
    assert facts.tracks is not None
    assert (facts.tracks.default, facts.tracks.unknown) == (2, frozenset({1}))


def test_a_sound_that_is_not_there_is_silent(two_sounds: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(two_sounds)
    assert not [*Decoding(tmp_path / "a.mp4", 3).read(0, 24000)]
