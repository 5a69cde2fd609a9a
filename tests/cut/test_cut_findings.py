"""What a film shows and sounds like is judged alike by both checks."""

from fractions import Fraction
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip
from films import Take, timeline

from storyboard.cut.findings import Heard, drift_fault, drift_of, frames_fault, oddities, place_of
from storyboard.cut.timeline import Timeline
from storyboard.model.time import Seconds


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48))
    return timeline([Take(clip, 48), Take(clip, 48)])


@pytest.mark.parametrize(
    ("samples", "drift"),
    [(96_000, 0), (96_000 + 1023, 0), (96_000 + 1024, 1), (96_000 - 1, -1), (0, -96_000)],
)
def test_the_last_packet_may_be_longer_than_what_is_heard(samples: int, drift: int) -> None:
    assert drift_of(Heard(samples, ()), Seconds(2)) == Fraction(drift, 48_000)


def test_a_frame_of_drift_is_a_fault(film: Timeline) -> None:
    heard = Heard(1, ())
    assert list(drift_fault(heard, Fraction(1, 25), film)) == []
    told = ["its sound is -42 ms longer than its picture"]
    assert list(drift_fault(heard, Fraction(-1, 24), film)) == told
    assert list(drift_fault(Heard(0, ()), Fraction(-4), film)) == []


def test_a_place_names_the_moment_the_shot_and_its_clip(film: Timeline) -> None:
    assert place_of(film, Seconds(3)) == " at 3s, in `scene/1` (a.mp4)"


def test_frames_are_counted_and_the_first_is_named(film: Timeline) -> None:
    assert list(frames_fault([], "damaged", film)) == []
    (one,) = frames_fault([48], "damaged", film)
    assert one == "a frame is damaged at 2s, in `scene/1` (a.mp4)"
    (many,) = frames_fault({60, 24}, "lost", film)
    assert many == "2 frames are lost, the first of them at 1s, in `scene/0` (a.mp4)"


def test_a_second_or_more_is_odd(film: Timeline) -> None:
    black = [n in range(10, 34) for n in range(96)]
    still = [n in range(10, 33) for n in range(96)]
    assert oddities(film, black, still, [1.0] * 180) == ("black from 0.42s to 1.42s",)
