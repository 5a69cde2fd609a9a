"""Blocks of samples to a WAV file of 32-bit floats, and back; RF64 where it passes 4 GB."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import pack

import numpy as np

from storyboard.cut.sound.samples import BLOCK, CHANNELS, RATE, Samples

_BYTES = 4 * CHANNELS
_FLOAT = 3
_MOST_32 = 2**32 - 1
_HEADER = 100
"""More than what stands before the samples and inside the sizes."""


def write_wav(path: Path, total: int, blocks: Iterable[Samples]) -> None:
    """Write `total` samples. The header, written first, holds the length, so it must be true."""
    with path.open("wb") as file:
        file.write(_header(total))
        for block in blocks:
            file.write(block.astype("<f4", copy=False).tobytes())


def read_wav(path: Path) -> Iterator[Samples]:
    """Yield the blocks of a file that `write_wav` wrote."""
    with path.open("rb") as file:
        size = path.stat().st_size
        whole = file.read(_HEADER)
        begin = whole.index(b"data") + 8
        file.seek(begin)
        for _ in range(begin, size, BLOCK * _BYTES):
            block = np.frombuffer(file.read(BLOCK * _BYTES), "<f4")
            yield block.reshape(-1, CHANNELS).astype(np.float32)


def _header(total: int) -> bytes:
    size = total * _BYTES
    form = pack("<4sIHHIIHHH", b"fmt ", 18, _FLOAT, CHANNELS, RATE, RATE * _BYTES, _BYTES, 32, 0)
    if size + _HEADER <= _MOST_32:
        fact = pack("<4sII", b"fact", 4, total)
        body = b"".join((b"WAVE", form, fact, pack("<4sI", b"data", size)))
        return pack("<4sI", b"RIFF", len(body) + size) + body
    long = pack("<4sIQQQI", b"ds64", 28, len(form) + 48 + size, size, total, 0)
    data = pack("<4sI", b"data", _MOST_32)
    return b"".join((pack("<4sI", b"RF64", _MOST_32), b"WAVE", long, form, data))
