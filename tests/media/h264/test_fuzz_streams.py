"""Five hundred damaged streams: each is entered exactly, or refused with a reason.

`make fuzz-streams` runs ten thousand.
"""

from collections import Counter
from pathlib import Path

import pytest
from fuzz_streams import run

SEED, CASES, LOTS = 3, 500, 10


@pytest.mark.parametrize("lot", range(LOTS))
def test_a_damaged_stream_is_entered_right_or_refused(lot: int, tmp_path: Path) -> None:
    outcomes = {number: run(SEED, number, tmp_path) for number in range(lot, CASES, LOTS)}
    assert {number: one.why for number, one in outcomes.items() if one.why} == {}
    kinds = Counter(one.kind for one in outcomes.values())
    assert kinds["exact"] >= 1
    assert kinds["refused"] >= 10


def test_a_slice_that_is_read_past_its_end_shows_nothing(tmp_path: Path) -> None:
    """FFmpeg forgave its source by how it was aligned, and the film not."""
    assert run(2, 6986, tmp_path).kind == "unread"
