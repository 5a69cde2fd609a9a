"""Ducking, fades and loudness: as loud as asked, measured anew, and never above the peak."""

import tracemalloc
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from struct import unpack

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
    level_of,
    mix_to,
    mixed,
    noise,
    rms,
    tone,
    with_music,
    write,
)

from storyboard.cut.sound import MeterError, SoundReport, measure, meter, sound_to_json
from storyboard.cut.sound.limit import Limiter
from storyboard.cut.sound.mixture import Mixture
from storyboard.cut.sound.samples import BLOCK, amplitude, decibels
from storyboard.cut.sound.wav import read_wav, write_wav
from storyboard.cut.timeline import TimedSound, Timeline

HERTZ = 440


def at(sound: Sound, start: float, end: float) -> Sound:
    return sound[round(start * RATE) : round(end * RATE)]


def speech_between(folder: Path, start: float, end: float, seconds: float) -> Path:
    """A clip in which someone speaks for a while: noise as loud as a voice."""
    sound = np.zeros((round(seconds * RATE), 2), np.float32)
    at(sound, start, end)[:] = noise(end - start, -20)
    return write(folder / "speech.wav", sound)


@pytest.mark.parametrize("duck", [3, 8, 15])
def test_music_goes_down_under_speech_by_what_is_asked(tmp_path: Path, duck: int) -> None:
    speech = speech_between(tmp_path, 4, 6, 12)
    music = write(tmp_path / "music.wav", tone(HERTZ, 12))
    made = mixed(with_music(film(Heard(speech, 288)), music, duck=Decimal(duck)))
    before, under, after = (
        level_of(at(made, *stretch), HERTZ) for stretch in [(1, 3), (4.1, 5.9), (8.5, 11)]
    )
    assert abs(before + 20) < 0.1
    assert abs(before - under - duck) < 0.3
    assert abs(before - after) < 0.3


def test_music_is_down_before_the_first_word_and_stays_down_between_words(tmp_path: Path) -> None:
    speech = np.zeros((RATE * 8, 2), np.float32)
    for start in (3.0, 3.7, 4.4):
        at(speech, start, start + 0.5)[:] = noise(0.5, -20)
    clip = write(tmp_path / "speech.wav", speech)
    music = write(tmp_path / "music.wav", tone(HERTZ, 8))
    timeline = film(Heard(clip, 192))
    alone = mixed(timeline)
    made = mixed(with_music(timeline, music, duck=Decimal(10))) - alone
    assert level_of(at(made, 2.98, 3.0), HERTZ) < -28
    assert level_of(at(made, 3.5, 3.7), HERTZ) < -29
    assert level_of(at(made, 2.5, 2.8), HERTZ) > -20.3


def test_a_voice_over_ducks_and_is_not_ducked(tmp_path: Path) -> None:
    voice = write(tmp_path / "voice.wav", noise(2, -20))
    music = write(tmp_path / "music.wav", tone(HERTZ, 6))
    timed = TimedSound(
        voice,
        at=Fraction(2),
        start=Fraction(0),
        duration=Fraction(2),
        volume=Decimal(0),
        duck=Decimal(0),
        fade_in=Fraction(0),
        fade_out=Fraction(0),
    )
    timeline = replace(film(Heard(None, 144)), voiceover=(timed,))
    made = mixed(with_music(timeline, music, duck=Decimal(12)))
    assert abs(level_of(at(made, 2.2, 3.8), HERTZ) + 32) < 0.5
    assert abs(rms(at(made, 2.2, 3.8)) + 20) < 0.5


def test_the_hiss_of_a_quiet_clip_does_not_duck(tmp_path: Path) -> None:
    hiss = write(tmp_path / "hiss.wav", noise(4, -60))
    music = write(tmp_path / "music.wav", tone(HERTZ, 4))
    made = mixed(with_music(film(Heard(hiss, 96)), music, duck=Decimal(10)))
    assert abs(level_of(at(made, 1, 3), HERTZ) + 20) < 0.1


def test_music_has_its_volume_and_its_fades(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", tone(HERTZ, 10, level=-10))
    made = mixed(
        with_music(
            film(Heard(None, 240)),
            music,
            volume=Decimal(-18),
            fade_in=Fraction(2),
            fade_out=Fraction(4),
        )
    )
    assert abs(level_of(at(made, 3, 5), HERTZ) + 28) < 0.1
    # half way up or down the power is half: 3 dB
    assert abs(level_of(at(made, 0.95, 1.05), HERTZ) + 31) < 0.3
    assert abs(level_of(at(made, 7.95, 8.05), HERTZ) + 31) < 0.3
    assert np.abs(made[:10]).max() < 1e-3
    assert np.abs(made[-10:]).max() < 1e-3


@pytest.mark.parametrize("target", ["-14", "-23", "-16.5"])
def test_the_film_is_as_loud_as_asked(tmp_path: Path, target: str) -> None:
    speech = speech_between(tmp_path, 1, 7, 8)
    music = write(tmp_path / "music.wav", tone(HERTZ, 8, level=-12))
    timeline = film(Heard(speech, 192), loudness=Decimal(target))
    out = tmp_path / "out.wav"
    report = mix_to(with_music(timeline, music, duck=Decimal(8)), out)
    heard = measure(out)
    assert heard.integrated is not None
    assert abs(heard.integrated - Decimal(target)) <= Decimal("0.5")
    assert (report.loudness, report.true_peak) == (heard.integrated, heard.true_peak)
    assert report.target == Decimal(target)
    assert report.notes == ()


def test_loudness_is_reached_although_peaks_are_held(tmp_path: Path) -> None:
    sound = noise(8, -26) + clicks(range(3000, 8 * RATE, 24_000), 8 * RATE)
    clip = write(tmp_path / "a.wav", sound)
    out = tmp_path / "out.wav"
    report = mix_to(film(Heard(clip, 192), loudness=Decimal(-14)), out)
    heard = measure(out)
    assert heard.integrated is not None
    assert heard.true_peak is not None
    assert abs(heard.integrated + 14) <= Decimal("0.5")
    assert heard.true_peak <= -1
    assert report.lowered > 3


def test_what_cannot_be_as_loud_as_asked_is_told(tmp_path: Path) -> None:
    clip = write(tmp_path / "a.wav", clicks(range(3000, 4 * RATE, 24_000), 4 * RATE))
    out = tmp_path / "out.wav"
    report = mix_to(film(Heard(clip, 96), loudness=Decimal(-5)), out)
    heard = measure(out)
    assert heard.true_peak is not None
    assert heard.true_peak <= -1
    assert any("quieter than the -5 LUFS asked for" in note for note in report.notes)


def test_without_a_target_the_loudness_is_left_as_it_is(tmp_path: Path) -> None:
    clip = write(tmp_path / "a.wav", noise(4, -30))
    timeline = film(Heard(clip, 96))
    report = mix_to(timeline, tmp_path / "out.wav")
    made = np.concatenate(list(read_wav(tmp_path / "out.wav")))
    assert (report.gain, report.lowered) == (0, 0)
    assert np.array_equal(made, mixed(timeline))


def test_two_loud_sounds_together_do_not_clip(tmp_path: Path) -> None:
    clip = write(tmp_path / "a.wav", tone(300, 4, level=-1))
    music = write(tmp_path / "music.wav", tone(310, 4, level=-1))
    out = tmp_path / "out.wav"
    report = mix_to(with_music(film(Heard(clip, 96)), music), out)
    heard = measure(out)
    assert heard.true_peak is not None
    assert heard.true_peak <= -1
    assert report.lowered > 5


def test_what_is_too_short_to_measure_is_left_and_told(tmp_path: Path) -> None:
    clip = write(tmp_path / "a.wav", noise(1, -30))
    report = mix_to(film(Heard(clip, 5), loudness=Decimal(-14)), tmp_path / "out.wav")
    assert report.loudness is None
    assert report.gain == 0
    assert "left as it is" in report.notes[-1]


def test_music_that_ends_early_and_speech_that_is_cut_off_are_told(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", tone(HERTZ, 2))
    voice = write(tmp_path / "voice.wav", noise(3, -20))
    whole = with_music(film(Heard(None, 96)), music, duration=Fraction(2))
    timed = replace(whole.music[0], path=voice, at=Fraction(2))
    report = mix_to(replace(whole, voiceover=(timed,)), tmp_path / "out.wav")
    assert report.notes == (
        "the music ends at 2s, before the film (4s); it is not repeated",
        "voice-over voice.wav is longer than the film, and is cut off at its end",
    )


def test_speech_under_a_transition_is_told(tmp_path: Path) -> None:
    speech = write(tmp_path / "loud.wav", noise(4, -20))
    quiet = speech_between(tmp_path, 0, 1, 4)
    takes = [Heard(speech, 48), Heard(quiet, 48, overlap=12), Heard(speech, 48, overlap=12)]
    report = mix_to(film(*takes), tmp_path / "out.wav")
    (note,) = report.notes
    assert "transition" in note
    assert "scene/0;" in note


def test_the_same_film_gives_the_same_bytes(tmp_path: Path) -> None:
    clip = encode(tmp_path / "a.mp4", noise(2, -20), "aac", video=48)
    timeline = film(Heard(clip, 40), Heard(clip, 40, overlap=6), loudness=Decimal(-14))
    one, two = tmp_path / "one.wav", tmp_path / "two.wav"
    assert mix_to(timeline, one) == mix_to(timeline, two)
    assert one.read_bytes() == two.read_bytes()


def oversampled_peak(sound: Sound) -> float:
    """The true peak by another way than the limiter's: 16 times as many points by FFT."""
    count = len(sound)
    padded = np.pad(sound, ((64, 64), (0, 0)))
    spectrum = np.fft.rfft(padded, axis=0)
    fine = np.fft.irfft(spectrum, 16 * len(padded), axis=0) * 16
    return float(np.abs(fine).max()) if count else 0.0


@settings(deadline=None)
@given(
    seed=st.integers(0, 1000),
    gain=st.floats(0.2, 8),
    cuts=st.lists(st.integers(1, 5000), max_size=6),
)
def test_the_limiter_holds_true_peaks_and_does_not_mind_how_sound_is_cut_up(
    seed: int, gain: float, cuts: list[int]
) -> None:
    random = np.random.default_rng(seed)
    sound = random.standard_normal((6000, 2)).astype(np.float32) * np.float32(0.2)
    sound[random.integers(0, 6000, 5)] *= 4
    # nothing real is louder above 20 kHz than this filter leaves it
    smooth = np.hanning(7)[1:-1] / np.hanning(7).sum()
    sound = np.stack([np.convolve(one, smooth, "same") for one in sound.T], 1).astype(np.float32)
    places = sorted({min(sum(cuts[: n + 1]), 6000) for n in range(len(cuts))})
    parts = [one for one in np.split(sound, places) if len(one)]
    ceiling = amplitude(-2)
    made = np.concatenate(list(Limiter(gain, ceiling).run(parts)))
    whole = np.concatenate(list(Limiter(gain, ceiling).run([sound])))
    assert len(made) == 6000
    assert np.abs(made - whole).max() < 1e-5
    assert decibels(oversampled_peak(made)) < -1.7


def test_the_limiter_leaves_alone_what_is_not_loud() -> None:
    sound = noise(2, -30)
    sound[RATE] = 1.0
    limiter = Limiter(1, amplitude(-6))
    made = np.concatenate(list(limiter.run(np.split(sound, 4))))
    near = slice(RATE - 500, RATE + 500)
    changed = np.flatnonzero((made != sound).any(axis=1))
    assert changed.size
    assert changed.min() > near.start
    assert changed.max() < near.stop
    assert limiter.lowest < 0.51


def long_film(folder: Path, minutes: int) -> Timeline:
    """Clips of 5 s, one after the other, over music; each speaks one word."""
    clips = [write(folder / f"{n}.wav", noise(0.3, -26, seed=n)) for n in range(3)]
    takes = [Heard(clips[n % 3], 120) for n in range(minutes * 12)]
    music = write(folder / "music.wav", tone(HERTZ, 120))
    return with_music(film(*takes), music, duck=Decimal(8), duration=Fraction(120))


def peak_memory(timeline: Timeline) -> float:
    """The most memory, in MB, that mixing and limiting a film holds at once."""
    tracemalloc.start()
    try:
        length = sum(len(one) for one in Limiter(1, amplitude(-2)).run(Mixture(timeline)))
        assert length == timeline.frames * 2000
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def test_memory_is_flat_in_the_length_of_the_film(tmp_path: Path) -> None:
    short, long = (peak_memory(long_film(tmp_path, minutes)) for minutes in (1, 25))
    assert long < 20
    assert long < short + 1


def test_a_wav_of_more_than_4_gb_has_the_long_header(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    total = 600_000_000
    write_wav(path, total, [])
    with path.open("rb+") as file:
        header = file.read()
        file.truncate(len(header) + total * 8)  # a file of holes: it takes no room
    assert header[:4] == b"RF64"
    assert unpack("<Q", header[20:28])[0] == path.stat().st_size - 8
    with av.open(str(path)) as opened:
        assert opened.streams.audio[0].duration == total


def test_a_wav_is_read_as_it_was_written(tmp_path: Path) -> None:
    sound = noise(2.5, -20)
    write_wav(tmp_path / "a.wav", len(sound), np.split(sound, 5))
    parts = list(read_wav(tmp_path / "a.wav"))
    assert [len(one) for one in parts] == [BLOCK, BLOCK, RATE // 2]
    assert np.array_equal(np.concatenate(parts), sound)
    with av.open(str(tmp_path / "a.wav")) as opened:
        assert opened.streams.audio[0].duration == len(sound)


def test_ffmpeg_that_does_not_measure_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexec 0<&-\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(meter.imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(broken))
    with pytest.raises(MeterError):
        mix_to(film(Heard(None, 480)), tmp_path / "out.wav")
    assert not (tmp_path / "mixed.wav").exists()


def test_the_report_is_plain_data_for_programs() -> None:
    report = SoundReport(
        samples=96_000,
        loudness=Decimal("-14.1"),
        true_peak=None,
        target=None,
        gain=Decimal(2),
        lowered=Decimal(0),
        notes=("a",),
    )
    assert report.silent
    assert sound_to_json(report) == {
        "samples": 96_000,
        "loudness_lufs": -14.1,
        "true_peak_dbtp": None,
        "target_lufs": None,
        "gain_db": 2.0,
        "lowered_db": 0.0,
        "notes": ["a"],
    }
