"""Coded frames into the times of an MP4 track: when each is decoded, when it is shown.

A frame that is only decoded, because shown ones refer to it, is given a time before the film
begins: the track's one edit starts after all of those, so no player shows them, and no second
edit is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_INSTANT = 1


@dataclass(frozen=True, slots=True)
class CodedFrame:
    """A packet somewhere in a file; `data` are other bytes that stand for it.

    `shown` is the frame's number in the film; of a `hidden` one, its number among the hidden
    frames of the film in the order in which they come out of the decoder.
    """

    path: Path
    position: int
    size: int
    shown: int
    anew: bool
    hidden: bool = False
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """In ticks: what each sample adds to the decoding time, by how much it is shown later.

    `start` is where the film begins in the track, `shown` how many frames are seen.
    """

    lengths: tuple[int, ...]
    moves: tuple[int, ...]
    start: int
    shown: int


def times(frames: Sequence[CodedFrame], frame: int) -> Times:
    """Place frames of `frame` ticks each; hidden ones take an instant of decoding time."""
    seen = [one for one in frames if not one.hidden]
    instants = (len(frames) - len(seen)) * _INSTANT
    delay = max((n - one.shown for n, one in enumerate(seen)), default=0)
    start = delay * frame + instants
    moves: list[int] = []
    at = 0
    for one in frames:
        when = one.shown * _INSTANT if one.hidden else start + one.shown * frame
        moves.append(when - at)
        at += _INSTANT if one.hidden else frame
    lengths = tuple(_INSTANT if one.hidden else frame for one in frames)
    return Times(lengths, tuple(moves), start, len(seen))
