"""A viewing is read as it was written, or not at all."""

import numpy as np
import pytest

from storyboard.cut.proof.viewing import Viewing
from storyboard.cut.proof.viewing_file import read_viewing, written

FULL = Viewing(
    damaged=frozenset({3}),
    lost=frozenset({4, 5}),
    misplaced=frozenset({1}),
    black=frozenset({0}),
    still=frozenset({2, 3}),
    stopped=7,
    looks=((0, 12), (1, 3)),
    first=np.arange(12, dtype=np.uint8).reshape(3, 4),
    last=np.arange(12, 24, dtype=np.uint8).reshape(3, 4),
)


@pytest.mark.parametrize("viewing", [FULL, Viewing()])
def test_it_is_read_as_it_was_written(viewing: Viewing) -> None:
    known = read_viewing(written(viewing))
    assert known is not None
    assert written(known) == written(viewing)
    assert (known.damaged, known.lost, known.looks) == (
        viewing.damaged,
        viewing.lost,
        viewing.looks,
    )


def test_any_damage_to_it_is_seen() -> None:
    data = written(FULL)
    for n in range(len(data)):
        changed = bytearray(data)
        changed[n] ^= 1 << n % 8
        assert read_viewing(bytes(changed)) is None
        assert read_viewing(data[:n]) is None
    assert read_viewing(data + b"\0") is None
