"""Texts of a wrong form are answered with the right one, where it is clear which that is."""

import pytest

from storyboard.check.schema.meant import MEANT


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("time", "2 s", "2s"),
        ("transition", "crossfade 1 s", "crossfade 1s"),
        ("transition", "Crossfade, 0,5s", "crossfade 0.5s"),
        ("transition", "wipe_left", "wipe-left"),
        ("transition", "cut 2s", "cut"),
        ("transition", "explode 2s", None),
        ("transition", "crossfade 2 apples", None),
        ("level in decibels", "-18 db", "-18dB"),
        ("level in decibels", "\u2212 3,5 DB", "-3.5dB"),
        ("level in decibels", "loud", None),
    ],
)
def test_a_guess_is_of_the_right_form(kind: str, written: str, meant: str | None) -> None:
    assert MEANT[kind](written) == meant
