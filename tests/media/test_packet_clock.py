"""Where a file's clock jumps, its packets go on as if it had not."""

from fractions import Fraction
from pathlib import Path
from subprocess import run

import numpy as np
import pytest
from clips import ClipRecipe, luma, make_clip, read_number
from imageio_ffmpeg import get_ffmpeg_exe

from storyboard.cut.sound.decode import Decoding
from storyboard.media import libav
from storyboard.media.decoding import decode
from storyboard.media.frames import last_frame
from storyboard.media.open import open_media
from storyboard.media.packet_clock import PacketClock
from storyboard.media.packets import index
from storyboard.media.probing import probe
from storyboard.model.asset import ClipFacts

FIRST = ClipRecipe(frames=48, gop=12, grain=0)
SECOND = ClipRecipe(frames=36, gop=12, first=100)


def joined(folder: Path, ending: str, *recipes: ClipRecipe) -> Path:
    """Put recordings behind each other byte by byte."""
    path = folder / f"joined.{ending}"
    parts = [make_clip(folder / f"{n}.{ending}", one) for n, one in enumerate(recipes)]
    path.write_bytes(b"".join(one.read_bytes() for one in parts))
    return path


def joined_later(folder: Path, seconds: int) -> Path:
    """Put a recording behind another one, with its clock moved by so many seconds."""
    first, second = make_clip(folder / "0.ts", FIRST), make_clip(folder / "1.ts", SECOND)
    words = ["-i", str(second), "-c", "copy", "-output_ts_offset", str(seconds)]
    later = folder / "later.ts"
    run([get_ffmpeg_exe(), "-v", "error", *words, str(later)], check=True)  # noqa: S603 - all here
    (folder / "joined.ts").write_bytes(first.read_bytes() + later.read_bytes())
    return folder / "joined.ts"


@pytest.mark.parametrize("ending", ["ts", "mkv"])
def test_of_joined_recordings_every_frame_is_shown(tmp_path: Path, ending: str) -> None:
    path = joined(tmp_path, ending, FIRST, SECOND)
    found = index(path)
    assert found.jumps
    numbers = [*range(48), *range(100, 136)]
    assert [read_number(luma(one)) for one in decode(found, 0, 84)] == numbers
    for first, end in [(47, 49), (48, 50), (60, 84), (83, 84), (10, 14)]:
        read = [read_number(luma(one)) for one in decode(found, first, end)]
        assert read == numbers[first:end]


def test_three_recordings_of_another_coding_go_on_too(tmp_path: Path) -> None:
    recipes = [
        ClipRecipe(frames=24, first=n * 100, sound=False, codec="mpeg2video") for n in range(3)
    ]
    found = index(joined(tmp_path, "mpg", *recipes))
    numbers = [n * 100 + k for n in range(3) for k in range(24)]
    assert [read_number(luma(one)) for one in decode(found, 0, 72)] == numbers
    assert [read_number(luma(one)) for one in decode(found, 50, 53)] == [202, 203, 204]


@pytest.mark.parametrize("ending", ["ts", "mkv"])
def test_joined_recordings_are_as_long_as_both(tmp_path: Path, ending: str) -> None:
    facts = probe(joined(tmp_path, ending, FIRST, SECOND))
    assert isinstance(facts, ClipFacts)
    assert abs(facts.duration - Fraction(84, 24)) <= Fraction(1, 12)


def test_the_last_frame_is_that_of_the_last_recording(tmp_path: Path) -> None:
    last_frame(joined(tmp_path, "ts", FIRST, SECOND), Fraction(100), tmp_path / "a.png")
    last_frame(tmp_path / "1.ts", Fraction(100), tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("ending", ["ts", "mkv"])
def test_the_sound_goes_on_with_its_picture(tmp_path: Path, ending: str) -> None:
    """Each recording has a click at each of its seconds."""
    path = joined(tmp_path, ending, FIRST, SECOND)
    heard = np.abs(np.concatenate([*Decoding(path).read(0, 4 * 48000)])).max(axis=1)
    loud = np.flatnonzero(heard > 0.3)
    starts = loud[np.concatenate(([True], np.diff(loud) > 4800))] / 48000
    assert [round(place) for place in starts if round(place) != 2] == [0, 1, 3]
    assert abs(starts[-1] - 3) < 0.05


@pytest.mark.parametrize("seconds", [20, 3000])
def test_a_clock_that_jumps_forward_leaves_no_hole(tmp_path: Path, seconds: int) -> None:
    """A receiver that is started again counts from anywhere."""
    found = index(joined_later(tmp_path, seconds))
    assert found.jumps
    assert found.times[-1] < 4
    assert [read_number(luma(one)) for one in decode(found, 46, 50)] == [46, 47, 100, 101]


def test_a_short_hole_stays_a_hole(tmp_path: Path) -> None:
    """A signal that is lost for some seconds: what follows stands where it was filmed."""
    found = index(joined_later(tmp_path, 5))
    assert not found.jumps
    assert found.times[48] > 4


def test_a_sound_that_is_still_of_the_first_recording_is_left_there(tmp_path: Path) -> None:
    """Streams come to a jump one after the other."""
    path = joined(tmp_path, "ts", FIRST, SECOND, FIRST)
    with open_media(path) as container:
        clock = PacketClock(container)
        ends: dict[str, Fraction] = {}
        for packet in clock.every():
            tick = libav.tick(packet.stream)
            if packet.size and packet.pts is not None and tick is not None:
                at = packet.pts * tick
                ends[packet.stream.type] = max(ends.get(packet.stream.type, at), at)
    assert clock.jumps
    assert abs(ends["video"] - ends["audio"]) < Fraction(1, 5)


def test_a_sound_that_only_the_second_recording_has_is_heard_with_it(tmp_path: Path) -> None:
    """Its sound comes before its picture in the file, so no jump of the picture is known yet."""
    silent = make_clip(tmp_path / "0.ts", ClipRecipe(frames=96, gop=12, grain=0, sound=False))
    second = make_clip(tmp_path / "1.ts", SECOND)
    late, lead = ["-itsoffset", "0.5", "-i", str(second)], tmp_path / "lead.ts"
    words = [*late, "-i", str(second), "-map", "0:v", "-map", "1:a", "-c", "copy", str(lead)]
    run([get_ffmpeg_exe(), "-v", "error", *words], check=True)  # noqa: S603 - all here
    path = tmp_path / "joined.ts"
    path.write_bytes(silent.read_bytes() + lead.read_bytes())
    heard = np.abs(np.concatenate([*Decoding(path).read(0, 6 * 48000)])).max(axis=1)
    assert abs(np.flatnonzero(heard > 0.3)[0] / 48000 - 4) < 0.1
    found = index(path)
    assert found.jumps
    assert [read_number(luma(one)) for one in decode(found, 94, 98)] == [94, 95, 100, 101]


def test_a_clock_that_never_jumps_is_left_as_it_is(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.ts", FIRST)
    assert not index(path).jumps
    with open_media(path) as one, open_media(path) as other:
        told = [packet.pts for packet in PacketClock(one).packets(one.streams.video[0])]
        assert told == [packet.pts for packet in other.demux(video=0)]
