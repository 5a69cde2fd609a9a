"""Levels limit how large a picture may be."""

from fractions import Fraction

import pytest

from storyboard.media.h264.bits import Refused
from storyboard.media.h264.levels import most_bytes


@pytest.mark.parametrize(
    ("level", "fps", "most"),
    [(40, 24, 983_040), (31, 24, 432_000), (41, 24, 1_966_080), (10, 15, 19_008)],
)
def test_a_picture_is_as_large_as_its_level_allows(level: int, fps: int, most: int) -> None:
    assert most_bytes(level, Fraction(fps)) == most


def test_a_level_without_known_limits_is_refused() -> None:
    with pytest.raises(Refused, match="level"):
        most_bytes(255, Fraction(24))
