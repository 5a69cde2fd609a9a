"""A film that nobody would hear, and music that is lost under a voice, are told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from sounds import RATE, Heard, film, mix_to, noise, tone, with_music, write

from storyboard.cut.sound.balance import Balance
from storyboard.cut.timeline import Timeline
from storyboard.media.yuv import Frame


def spoken(tmp_path: Path, level: float = -20) -> Timeline:
    """Four seconds of speech in the middle of eight."""
    speech = np.zeros((RATE * 8, 2), np.float32)
    speech[RATE * 2 : RATE * 6] = noise(4, level)
    return film(Heard(write(tmp_path / "speech.wav", speech), 192))


def notes(timeline: Timeline, tmp_path: Path) -> str:
    return "\n".join(mix_to(timeline, tmp_path / "out.wav").notes)


@pytest.mark.parametrize(
    ("volume", "duck", "faint"), [(-12, 6, False), (0, 20, False), (-18, 8, True), (0, 42, True)]
)
def test_music_that_is_lost_under_a_voice_is_told(
    tmp_path: Path,
    volume: int,
    duck: int,
    faint: bool,  # noqa: FBT001 - a case
) -> None:
    music = write(tmp_path / "music.wav", tone(440, 8, level=-20))
    timeline = with_music(spoken(tmp_path), music, volume=Decimal(volume), duck=Decimal(duck))
    told = notes(timeline, tmp_path)
    assert ("dB softer than the speech" in told) == faint, told


def test_music_that_is_silent_under_a_voice_is_told(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", np.zeros((RATE * 8, 2), np.float32))
    assert "the music is silent" in notes(with_music(spoken(tmp_path), music), tmp_path)


def test_music_beside_a_voice_is_not_compared_with_it(tmp_path: Path) -> None:
    """It ends before anybody speaks, and nobody asked for more."""
    music = write(tmp_path / "music.wav", tone(440, 2, level=-60))
    timeline = with_music(spoken(tmp_path), music)
    (under,) = timeline.music
    short = replace(timeline, music=(replace(under, duration=under.duration / 4),))
    assert "softer" not in notes(short, tmp_path)


def test_a_film_without_music_or_voice_has_no_balance(tmp_path: Path) -> None:
    assert Balance(()).faint is None
    assert "softer" not in notes(spoken(tmp_path), tmp_path)


@pytest.mark.parametrize(("level", "soft"), [(-20, 0), (-30, 0), (-52, 1)])
def test_a_film_that_is_very_soft_is_told_unless_a_loudness_is_asked_for(
    tmp_path: Path, level: int, soft: int
) -> None:
    quiet = film(Heard(write(tmp_path / "a.wav", noise(4, level)), 96))
    told = notes(quiet, tmp_path)
    assert told.count("the film is very soft: -") == soft, told
    assert "very soft" not in notes(replace(quiet, loudness=Decimal(-20)), tmp_path)


def test_an_animatic_is_not_told_that_what_it_draws_is_soft(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", tone(440, 8, level=-60))
    timeline = with_music(spoken(tmp_path, level=-54), music)
    assert "softer" not in notes(replace(timeline, pages=_NoPages()), tmp_path)
    assert "soft" not in notes(replace(timeline, pages=_NoPages()), tmp_path)


class _NoPages:
    """Pages that nothing is drawn on: only that there are some counts for the sound."""

    def page(self, frame: Frame, n: int, matrix: int) -> Frame:
        raise AssertionError((frame, n, matrix))

    def recipe(self, start: int, stop: int) -> str:
        raise AssertionError((start, stop))
