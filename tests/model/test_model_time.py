"""Exact time, read and written."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.model.time import clock, frame_at, parse_time

FILM = Fraction(24000, 1001)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("4", Fraction(4)),
        ("4s", Fraction(4)),
        (" 2.5s ", Fraction(5, 2)),
        ("0.1s", Fraction(1, 10)),
        ("500ms", Fraction(1, 2)),
        ("1m05s", Fraction(65)),
        ("1m5", Fraction(65)),
        ("2m", Fraction(120)),
        ("12f", Fraction(12 * 1001, 24000)),
    ],
)
def test_times_are_exact(text: str, seconds: Fraction) -> None:
    assert parse_time(text, FILM) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "s",
        "m",
        "4 s",
        "4sec",
        "-1",
        "1e3",
        "1:30",
        ".5",
        "4s\n4s",
        "\u0664s",
        "9" * 10_000,
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_time(text, FILM) is None


def test_frames_need_a_rate() -> None:
    assert parse_time("12f") is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (Fraction(0), "0s"),
        (Fraction(4), "4s"),
        (Fraction(5, 2), "2.5s"),
        (Fraction(1, 3), "0.33s"),
        (Fraction(65), "1m05s"),
        (Fraction("119.999"), "2m00s"),
        (Fraction("61.05"), "1m01.05s"),
        (Fraction(10**400), f"{10**400 // 60}m40s"),
    ],
)
def test_times_are_written_for_people(seconds: Fraction, text: str) -> None:
    assert clock(seconds) == text


@given(st.integers(0, 100_000))
def test_what_is_written_is_read_again(hundredths: int) -> None:
    time = Fraction(hundredths, 100)
    assert parse_time(clock(time)) == time


@given(st.integers(0, 10_000), st.sampled_from([Fraction(24), FILM, Fraction(30), Fraction(60)]))
def test_a_frames_time_is_that_frames(frame: int, fps: Fraction) -> None:
    assert frame_at(frame / fps, fps) == frame
