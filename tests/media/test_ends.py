"""A file that lacks its end is incomplete, whatever it is; one that only ends oddly is not."""

import wave
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import numpy as np
import pytest
from clips import ClipRecipe, make_clip
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from storyboard.media.ends import has_index, incomplete, missing_bytes
from storyboard.media.probing import probe
from storyboard.media.text.fonts import FOLDER
from storyboard.model.asset import Unusable

CLIP = ClipRecipe(frames=24, grain=20)


def clip(path: Path) -> Path:
    return make_clip(path, CLIP)


def fast(path: Path) -> Path:
    """Make a clip whose index is at its start."""
    whole = clip(path.with_name("whole.mp4"))
    return converted(whole, path, "-c", "copy", "-movflags", "+faststart")


def sound(path: Path) -> Path:
    with wave.open(str(path.with_name("sound.wav")), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(np.random.default_rng(1).bytes(96_000))
    source = path.with_name("sound.wav")
    return source if path.suffix == ".wav" else converted(source, path)


def converted(source: Path, path: Path, *options: str) -> Path:
    words = ["-v", "error", "-y", "-i", str(source), *options, str(path)]
    run([get_ffmpeg_exe(), *words], check=True)  # noqa: S603 - the words are all here
    return path


def picture(path: Path) -> Path:
    levels = np.random.default_rng(1).integers(0, 255, (120, 160, 3), dtype=np.uint8)
    Image.fromarray(levels).save(path)
    return path


def font(path: Path) -> Path:
    path.write_bytes((FOLDER / "NotoSans-Regular.ttf").read_bytes())
    return path


@pytest.mark.parametrize("part", [0.1, 0.5, 0.97])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        *((clip, f"a.{kind}") for kind in ("mp4", "mov", "mkv", "avi")),
        (fast, "fast.mp4"),
        *((sound, f"sound.{kind}") for kind in ("wav", "flac", "m4a")),
        *((picture, f"a.{kind}") for kind in ("png", "jpg", "webp", "gif", "bmp", "tiff", "avif")),
        (font, "a.ttf"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_cut_short_is_incomplete(
    tmp_path: Path, make: Callable[[Path], Path], name: str, part: float
) -> None:
    path = make(tmp_path / name)
    whole = path.read_bytes()
    assert missing_bytes(path) == 0
    assert not isinstance(probe(path), Unusable)
    path.write_bytes(whole[: int(len(whole) * part)])
    facts = probe(path)
    assert isinstance(facts, Unusable)
    assert facts.reason == "incomplete"


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_photo_cut_within_its_head_is_incomplete(tmp_path: Path, part: float) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path, exif=b"Exif\0\0" + b"x" * 60_000)
    path.write_bytes(path.read_bytes()[: int(60_000 * part)])
    facts = probe(path)
    assert isinstance(facts, Unusable)
    assert facts.reason == "incomplete"


def test_a_recording_without_its_index_is_incomplete(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4")
    data = path.read_bytes()
    assert has_index(path)
    path.write_bytes(data[: data.index(b"moov") - 4])
    assert not has_index(path)
    facts = probe(path)
    assert isinstance(facts, Unusable)
    assert (facts.reason, "index" in facts.detail) == ("incomplete", True)


def test_what_is_put_behind_a_film_is_no_part_of_it(tmp_path: Path) -> None:
    path = clip(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes() + b"\xff\xff\xff\xffjunk of a phone")
    assert missing_bytes(path) == 0
    assert not isinstance(probe(path), Unusable)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFFF])
def test_a_recording_that_could_not_know_its_size_is_whole(tmp_path: Path, size: int) -> None:
    path = sound(tmp_path / "sound.wav")
    data = bytearray(path.read_bytes())
    data[4:8] = size.to_bytes(4, "little")
    path.write_bytes(data)
    assert not isinstance(probe(path), Unusable)


@pytest.mark.parametrize("missing", [0, 1, 2_000])
def test_the_number_is_told_if_it_is_known(missing: int) -> None:
    said = {0: "it ends before it should", 1: "1 byte is missing at its end"}
    assert incomplete(missing).detail == said.get(missing, "2,000 bytes are missing at its end")
