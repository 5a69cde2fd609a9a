"""Read from an MP4 how long a picture or sound is: by its header, and by its samples."""

import struct
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from operator import add
from pathlib import Path

from storyboard.media.mp4_index import Unusual, flat, moov_of, runs_of, top_boxes
from storyboard.model import Seconds

_UNKNOWN = frozenset({0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF})


@dataclass(frozen=True, slots=True)
class Mp4Times:
    """Lengths of one medium, edits not counted.

    `header` is what its header says, 0 if nothing; `decoded` is how long its samples are together,
    `shown` the time from when the first is shown until the last is gone, and `end` when that is
    after the first is decoded.
    """

    header: Seconds
    decoded: Seconds
    shown: Seconds
    end: Seconds

    def lie(self, most: Seconds) -> Seconds | None:
        """Return what the header says if it is off by more than `most`, however it was counted."""
        counts = (self.decoded, self.shown, self.end)
        return None if min(counts) - most <= self.header <= max(counts) + most else self.header


def mp4_times(path: Path, handler: bytes) -> Mp4Times | None:
    """Read the times of a file's first picture (`vide`) or sound (`soun`).

    None if the file is not an MP4, is broken, or is in fragments, which keep samples elsewhere.
    Raises `OSError`.
    """
    with path.open("rb") as file:
        try:
            top = list(top_boxes(moov_of(file)))
            if any(kind == b"mvex" for kind, _ in top):
                return None
            tracks = [flat(body) for kind, body in top if kind == b"trak"]
            found = next((one for one in tracks if one[b"hdlr"][8:12] == handler), None)
            return None if found is None else _times(found)
        except (Unusual, ValueError, KeyError, IndexError, ArithmeticError, struct.error):
            return None


def _times(boxes: dict[bytes, bytes]) -> Mp4Times:
    mdhd = boxes[b"mdhd"]
    scale, said = struct.unpack_from(">IQ" if mdhd[0] else ">II", mdhd, 20 if mdhd[0] else 12)
    tick = Fraction(1, scale)
    (count,) = struct.unpack_from(">I", boxes[b"stsz"], 8)
    lengths = runs_of(boxes[b"stts"], count)
    decoded = shown = end = sum(lengths)
    if b"ctts" in boxes and count:
        moves = runs_of(boxes[b"ctts"], count, signed=True)
        starts = list(map(add, accumulate(lengths, initial=0), moves))
        end = max(map(add, starts, lengths))
        shown = end - min(starts)
    return Mp4Times(
        (0 if said in _UNKNOWN else said) * tick, decoded * tick, shown * tick, end * tick
    )
