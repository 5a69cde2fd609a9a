"""How many bytes a picture may have at each level (clauses A.3.1 and A.3.3, table A-1)."""

from storyboard.media.h264.bits import Refused
from storyboard.model import FrameRate

_BYTES_A_BLOCK = 384
_LEVELS = {
    9: (1485, 2),
    10: (1485, 2),
    11: (3000, 2),
    12: (6000, 2),
    13: (11880, 2),
    20: (11880, 2),
    21: (19800, 2),
    22: (20250, 2),
    30: (40500, 2),
    31: (108000, 4),
    32: (216000, 4),
    40: (245760, 4),
    41: (245760, 2),
    42: (522240, 2),
    50: (589824, 2),
    51: (983040, 2),
    52: (2073600, 2),
    60: (4177920, 2),
    61: (8355840, 2),
    62: (16711680, 2),
}
"""By `level_idc`: MaxMBPS, the macroblocks a second, and MinCR, how far pictures are compressed."""


def most_bytes(level: int, fps: FrameRate) -> int:
    """Return how many bytes a picture may have; raises `Refused` for a level of no known limits."""
    if level not in _LEVELS:
        raise Refused("its level is unknown")
    blocks, compression = _LEVELS[level]
    return int(_BYTES_A_BLOCK * blocks / fps / compression)
