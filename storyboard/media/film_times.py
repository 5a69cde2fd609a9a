"""Compute the times of an MP4 track from its coded frames: when each is decoded and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CodedFrame:
    """A packet somewhere in a file; `shown` is the frame's number in the film.

    `data` are other bytes that stand for it, of which `size` is the length.
    """

    path: Path
    position: int
    size: int
    shown: int
    anew: bool
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """In ticks: by how much each sample is shown later than it is decoded.

    `start` is where the film begins in the track.
    """

    moves: tuple[int, ...]
    start: int


def times(frames: Sequence[CodedFrame], frame: int) -> Times:
    """Place frames of `frame` ticks each."""
    delay = max((n - one.shown for n, one in enumerate(frames)), default=0)
    moves = tuple((delay + one.shown - n) * frame for n, one in enumerate(frames))
    return Times(moves, delay * frame)
