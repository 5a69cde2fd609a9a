"""Bad nights: whatever the provider does, no job is paid twice, none is lost, every failure named.

A night is made from a number. A few are played here; the full size, and one night alone, with

    python tests/crash/nights.py 500
    python tests/crash/nights.py --night 137
"""

from pathlib import Path

import pytest
from crash_play import play

NIGHTS = 12


@pytest.mark.parametrize("number", range(NIGHTS))
def test_a_night(number: int, tmp_path: Path) -> None:
    played = play(number, tmp_path)
    assert played.number == number
