"""The times and tables of a film, and its sound to the sample."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from clips import ClipRecipe, make_clip
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from storyboard.media.aac import encode_sound
from storyboard.media.boxes import box, descriptor, offsets, runs
from storyboard.media.coded import PacketIndex
from storyboard.media.film import FilmPicture, timescale, write_film
from storyboard.media.film_times import CodedFrame, times
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

HERE = Path("clip")


@given(st.lists(st.permutations(range(8)), min_size=1, max_size=8))
def test_no_frame_is_shown_before_it_is_decoded_or_outside_its_place(
    groups: list[list[int]],
) -> None:
    frames = [
        CodedFrame(HERE, 0, 1, 8 * n + shown, anew=place == 0)
        for n, group in enumerate(groups)
        for place, shown in enumerate(group)
    ]
    placed = times(frames, 1000)
    seen = [1000 * n + move - placed.start for n, move in enumerate(placed.moves)]
    assert seen == [1000 * one.shown for one in frames]
    assert min(placed.moves) == 0


@pytest.mark.parametrize("rate", ["24", "25", "30", "24000/1001", "30000/1001", "50", "60", "12.5"])
def test_a_frame_is_a_whole_number_of_ticks(rate: str) -> None:
    fps = Fraction(rate)
    scale = timescale(fps)
    assert (scale / fps).denominator == 1
    assert scale >= 10_000


@given(st.lists(st.integers(-3, 3), max_size=40))
def test_runs_hold_what_was_counted(values: list[int]) -> None:
    assert [value for count, value in runs(values) for _ in range(count)] == values


def test_places_past_four_gigabytes_are_written_in_64_bits() -> None:
    assert offsets([1, 2])[4:8] == b"stco"
    assert offsets([1, 2**32])[4:8] == b"co64"
    assert box("free", b"1234") == b"\x00\x00\x00\x0cfree1234"
    assert descriptor(5, bytes(300))[:5] == bytes((5, 0x80, 0x80, 0x82, 0x2C))


def film(packets: PacketIndex, sound: NDArray[np.float32] | None, out: Path) -> Path:
    assert packets.coding.sets is not None
    frames = [
        CodedFrame(packets.path, one.position, one.size, one.shown, one.anew)
        for one in packets.packets
    ]
    size = Size(packets.coding.width, packets.coding.height)
    picture = FilmPicture(frames, size, Fraction(24), packets.coding.sets, packets.coding.color)
    track = encode_sound(np.split(sound, 3), out.with_suffix(".aac")) if sound is not None else None
    write_film(picture, track, out)
    return out


def test_sound_begins_and_ends_on_the_sample(tmp_path: Path) -> None:
    clip = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48, sound=False)))
    samples = np.zeros((2 * 48_000, 2), np.float32)
    marks = [0, 4801, 48_000, 95_000]
    for at in marks:
        samples[at : at + 64] = 0.6
    made = film(clip, samples, tmp_path / "film.mp4")
    with av.open(str(made)) as container:
        heard = np.concatenate([one.to_ndarray()[0] for one in container.decode(audio=0)])
        assert container.duration == 2_000_000
    for at in marks:
        near = np.abs(heard[max(0, at - 200) : at + 200])
        first = int(np.flatnonzero(near > near.max() / 2)[0]) - min(at, 200)
        assert abs(first) <= 24, at


def test_a_clip_that_shrank_since_is_an_error_not_a_broken_film(tmp_path: Path) -> None:
    packets = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48, sound=False)))
    packets.path.write_bytes(packets.path.read_bytes()[:2000])
    with pytest.raises(OSError, match="has changed"):
        film(packets, None, tmp_path / "film.mp4")


def test_a_film_may_have_no_sound(tmp_path: Path) -> None:
    packets = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48, sound=False)))
    with av.open(str(film(packets, None, tmp_path / "film.mp4"))) as container:
        assert not container.streams.audio
        assert sum(1 for _ in container.decode(video=0)) == 48
