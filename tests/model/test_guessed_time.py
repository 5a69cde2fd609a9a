"""Times that others write are guessed, and what is guessed is a time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.model import meant_time, parse_time


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2 s", "2s"),
        ("2 sec", "2s"),
        ("2,5s", "2.5s"),
        ("2.5 seconds", "2.5s"),
        ("2S", "2s"),
        ("4 Sek.", "4s"),
        ("2,5", "2.5s"),
        (".5s", "0.5s"),
        ("1 min", "1m"),
        ("1.5 min", "1m30s"),
        ("1m 5s", "1m5s"),
        ("1 minute and 5 seconds", "1m5s"),
        ("500 ms", "500ms"),
        ("12 frames", "12f"),
        ("1:30", "1m30s"),
        ("00:01:05.5", "1m05.5s"),
        ("0:05", "5s"),
        ("2\u2033", "2s"),
        ("soon", None),
        ("3 hours", None),
        ("5 apples", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_what_was_meant(written: str, meant: str | None) -> None:
    assert meant_time(written) == meant


@given(st.text("0123456789.,:smf nicehourd'", max_size=20))
def test_a_guess_can_be_read(text: str) -> None:
    meant = meant_time(text)
    assert meant is None or parse_time(meant, Fraction(24)) is not None
