"""Random histories of a film: nothing is lost, nothing is paid that was not told, picks stay.

A history is made from a number. 200 are played here; more, and one alone, with

    python tests/histories/histories.py 1000
    python tests/histories/histories.py --history 137
"""

from pathlib import Path

import pytest
from history_play import MOVES, play

HISTORIES = 200


@pytest.mark.parametrize("number", range(HISTORIES))
def test_a_history(number: int, tmp_path: Path) -> None:
    assert play(number, tmp_path)["moves"] == MOVES
