"""Every sample stands where the timeline says, whatever the file it came from."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import (
    RATE,
    Heard,
    Sound,
    clicks,
    encode,
    film,
    mix_to,
    mixed,
    noise,
    rms,
    tone,
    with_music,
    write,
)

from storyboard.cut.sound import total_samples
from storyboard.cut.sound.decode import Decoding
from storyboard.cut.sound.mixture import Mixture
from storyboard.cut.timeline import TimedSound

NTSC = Fraction(24000, 1001)


def peaks(sound: Sound, near: list[int], within: int = 400) -> list[int]:
    """Where the loudest sample stands round each place."""
    found = []
    for place in near:
        first = max(place - within, 0)
        found.append(first + int(np.argmax(np.abs(sound[first : place + within, 0]))))
    return found


def read(path: Path, start: int = 0, count: int = 1 << 40) -> Sound:
    return np.concatenate(list(Decoding(path).read(start, count)))


@settings(deadline=None)
@given(
    frames=st.integers(0, 400_000),
    fps=st.sampled_from([Fraction(24), Fraction(25), NTSC, Fraction(30000, 1001), Fraction(60)]),
)
def test_the_sound_is_exactly_as_long_as_the_picture(frames: int, fps: Fraction) -> None:
    exact = Fraction(frames) / fps * RATE
    samples = total_samples(replace(film(fps=fps), frames=frames))
    assert abs(samples - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "channels"),
    [
        ("a.wav", None, 48000, 2),
        ("a.wav", None, 44100, 2),
        ("a.wav", None, 22050, 1),
        ("a.wav", None, 96000, 2),
        ("a.mp4", "aac", 48000, 2),
        ("a.mp4", "aac", 44100, 1),
        ("a.mov", "aac", 48000, 2),
        ("a.mp3", "libmp3lame", 44100, 2),
        ("a.mkv", "libopus", 48000, 2),
        ("a.flac", "flac", 48000, 2),
    ],
)
def test_a_click_lands_on_its_sample(
    tmp_path: Path, name: str, codec: str | None, rate: int, channels: int
) -> None:
    at = [24_000, 48_000, 96_000, 120_000]
    sound = clicks(at, rate * 3, rate, channels)
    path = tmp_path / name
    if codec is None:
        write(path, sound, rate)
    else:
        encode(path, sound, codec, rate, video=72 if name.endswith(("mp4", "mov")) else 0)
    assert peaks(read(path), at) == at


def test_mono_is_as_loud_as_stereo(tmp_path: Path) -> None:
    sound = tone(1000, 1)
    mono = read(write(tmp_path / "mono.wav", sound[:, :1]))
    assert np.abs(mono - sound).max() < 1e-3


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(30), NTSC])
def test_pieces_stand_at_their_frames_and_do_not_drift(tmp_path: Path, fps: Fraction) -> None:
    clip = encode(tmp_path / "a.mp4", clicks([24_000], RATE), "aac", video=24)
    takes = [Heard(clip, 23)] * 20
    expected = [round(Fraction(23 * n) / fps * RATE) + 24_000 for n in range(20)]
    found = peaks(mixed(film(*takes, fps=fps)), expected)
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "aac"), ("a.mkv", "aac"), ("a.mp3", "libmp3lame")]
)
def test_a_start_far_into_a_file_is_exact(tmp_path: Path, name: str, codec: str) -> None:
    at = [RATE * 15, RATE * 18]
    path = encode(tmp_path / name, clicks(at, RATE * 20), codec)
    start = RATE * 14 + 321
    assert peaks(read(path, start, RATE * 5), [one - start for one in at]) == [
        one - start for one in at
    ]
    assert len(read(path, start, RATE)) == RATE


def test_the_clock_of_a_clip_starts_at_its_first_picture(tmp_path: Path) -> None:
    path = tmp_path / "late.mkv"
    with av.open(str(path), "w") as file:
        sound = file.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        pictures = file.add_stream("libx264", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 32, 32, "yuv420p"
        for number in range(25):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), "rgb24")
            # the picture begins 480 ms after the sound
            picture.pts, picture.time_base = 480 + 40 * number, Fraction(1, 1000)
            file.mux(pictures.encode(picture))
        file.mux(pictures.encode())
        packed = (clicks([RATE], RATE * 2) * 32767).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
        file.mux(sound.encode(frame))
        file.mux(sound.encode())
    assert peaks(read(path), [24_960]) == [24_960]


def test_a_hole_in_the_time_stamps_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "hole.mkv"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=RATE, layout="stereo")
        for start in (0, 2 * RATE):
            packed = (clicks([RATE // 2], RATE) * 32767).astype(np.int16).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    sound = read(path)
    assert len(sound) == 3 * RATE
    assert peaks(sound, [RATE // 2, 5 * RATE // 2]) == [RATE // 2, 5 * RATE // 2]
    assert not sound[RATE : 2 * RATE].any()


def test_pieces_of_one_clip_that_go_on_are_untouched(tmp_path: Path) -> None:
    sound = noise(4, -20)
    clip = write(tmp_path / "a.wav", sound)
    fps = NTSC
    takes = [Heard(clip, 10, Fraction(10 * n) / fps) for n in range(9)]
    made = mixed(film(*takes, fps=fps))
    inner = slice(300, len(made) - 300)
    assert np.array_equal(made[inner], read(clip)[: len(made)][inner])


def test_a_hard_cut_makes_no_step(tmp_path: Path) -> None:
    high = write(tmp_path / "high.wav", np.full((RATE * 2, 2), 0.8, np.float32))
    low = write(tmp_path / "low.wav", np.full((RATE * 2, 2), -0.8, np.float32))
    made = mixed(film(Heard(high, 24), Heard(low, 24), Heard(None, 12), Heard(high, 24)))
    steps = np.abs(np.diff(made, axis=0, prepend=0, append=0)).max()
    assert steps < 0.02
    assert np.abs(made).max() > 0.79


def test_a_sound_that_ends_before_its_picture_fades_out(tmp_path: Path) -> None:
    short = write(tmp_path / "short.wav", np.full((RATE // 2, 2), 0.8, np.float32))
    made = mixed(film(Heard(short, 24)))
    assert len(made) == RATE
    assert np.abs(np.diff(made, axis=0)).max() < 0.02
    assert not made[RATE // 2 :].any()


@pytest.mark.parametrize("overlap", [1, 6, 24])
def test_a_transition_keeps_the_power(tmp_path: Path, overlap: int) -> None:
    one = write(tmp_path / "one.wav", noise(4, -20, seed=1))
    two = write(tmp_path / "two.wav", noise(4, -20, seed=2))
    made = mixed(film(Heard(one, 48), Heard(two, 48, overlap=overlap)))
    crossing = made[(48 - overlap) * 2000 : 48 * 2000]
    power = 10 * np.log10(np.mean(np.square(crossing, dtype=np.float64)))
    assert abs(power + 20) < 0.3


def test_a_film_that_comes_out_of_black_comes_out_of_silence(tmp_path: Path) -> None:
    one = write(tmp_path / "one.wav", noise(4, -20))
    made = mixed(film(Heard(one, 48, overlap=12)))
    assert len(made) == 2 * RATE
    quarter = [rms(made[n * RATE // 8 : (n + 1) * RATE // 8]) for n in range(4)]
    assert quarter == sorted(quarter)
    assert quarter[0] < rms(made[RATE:]) - 10
    assert abs(rms(made[RATE // 2 :]) + 20) < 0.3


def test_clips_without_sound_are_silence_and_are_not_opened(tmp_path: Path) -> None:
    missing = tmp_path / "missing.mp4"
    made = mixed(film(Heard(missing, 24, audio=None), Heard(None, 24)))
    assert made.shape == (2 * RATE, 2)
    assert not made.any()


def test_a_film_without_any_sound_has_a_silent_track_and_says_so(tmp_path: Path) -> None:
    report = mix_to(film(Heard(None, 25), fps=NTSC, loudness=Decimal(-14)), tmp_path / "out.wav")
    assert report.silent
    assert report.samples == round(Fraction(25) / NTSC * RATE)
    assert report.notes == ("nothing is heard in the film: its sound track is silent",)
    assert not read(tmp_path / "out.wav").any()
    assert len(read(tmp_path / "out.wav")) == report.samples
    assert [path.name for path in tmp_path.iterdir()] == ["out.wav"]


def test_a_voice_over_stands_at_its_time(tmp_path: Path) -> None:
    voice = write(tmp_path / "voice.wav", clicks([1000], RATE))
    timed = TimedSound(
        voice,
        at=Fraction(3, 2),
        start=Fraction(0),
        duration=Fraction(1),
        volume=Decimal(0),
        duck=Decimal(0),
        fade_in=Fraction(0),
        fade_out=Fraction(0),
    )
    made = mixed(replace(film(Heard(None, 72)), voiceover=(timed,)))
    assert peaks(made, [73_000]) == [73_000]


def test_music_begins_where_it_is_told_to(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", clicks([RATE], RATE * 4))
    made = mixed(with_music(film(Heard(None, 48)), music, start=Fraction(1, 2)))
    assert peaks(made, [RATE // 2]) == [RATE // 2]


def test_a_broken_piece_of_a_clip_costs_only_itself_and_is_told(tmp_path: Path) -> None:
    clip = encode(tmp_path / "a.mp4", clicks([24_000, 168_000], RATE * 4), "aac", video=96)
    data = bytearray(clip.read_bytes())
    with av.open(str(clip)) as file:
        packets = [(one.pos, one.size) for one in file.demux(audio=0) if one.pos and one.size]
    for place, size in packets[90:93]:
        data[place : place + size] = b"\xff" * size
    clip.write_bytes(data)
    mixture = Mixture(film(Heard(clip, 96)))
    made = np.concatenate(list(mixture))
    assert peaks(made, [24_000, 168_000]) == [24_000, 168_000]
    assert mixture.speech.broken == {"scene/0": 3}


def test_a_file_that_is_not_there_is_an_error_of_the_outside_world(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        mix_to(film(Heard(tmp_path / "gone.mp4", 24), loudness=Decimal(-14)), tmp_path / "out.wav")
    assert list(tmp_path.iterdir()) == []


def test_a_clip_that_lost_its_sound_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    with av.open(str(path), "w") as file:
        pictures = file.add_stream("libx264", rate=24)
        pictures.width, pictures.height, pictures.pix_fmt = 32, 32, "yuv420p"
        for _ in range(24):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), "rgb24")
            file.mux(pictures.encode(picture))
        file.mux(pictures.encode())
    made = mixed(film(Heard(path, 24)))
    assert len(made) == RATE
    assert not made.any()
