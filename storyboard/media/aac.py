"""Samples into AAC packets, encoded once, whose place is known to the sample."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

RATE = 48_000
"""Samples a second of every film."""

FRAME = 1024
"""Samples in one packet."""

_MOST_PENDING = 4
_PRIMING = 1024
_BIT_RATE = 192_000
_GLOBAL_HEADER = 1 << 22
_BITEXACT = 1 << 23


@dataclass(frozen=True, slots=True)
class AacTrack:
    """Packets one after the other in `path`, `sizes` bytes each.

    The first `priming` samples that come out of a decoder are not part of the sound; `samples`
    follow that are. `config` is the AudioSpecificConfig.
    """

    path: Path
    sizes: tuple[int, ...]
    config: bytes
    priming: int
    samples: int


def encode_sound(blocks: Iterable[NDArray[np.float32]], out: Path) -> AacTrack:
    """Encode samples, in rows of two channels at 48 kHz; packets are written to `out`.

    It is done in a thread of its own, while the caller makes the next blocks.
    """
    with out.open("wb") as file, ThreadPoolExecutor(1) as beside:
        writer = _Writer(file)
        pending: deque[Future[None]] = deque()
        for block in blocks:
            pending.append(beside.submit(writer.take, block))
            if len(pending) > _MOST_PENDING:
                pending.popleft().result()
        for one in pending:
            one.result()
        writer.finish()
    return AacTrack(out, tuple(writer.sizes), writer.config, _PRIMING, writer.samples)


class _Writer:
    """Samples to packets, one after the other in a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._encoder = _encoder()
        self._resampler = AudioResampler("fltp", "stereo", RATE, frame_size=FRAME)
        self.sizes: list[int] = []
        self.samples = 0

    def take(self, block: NDArray[np.float32]) -> None:
        """Encode the next samples."""
        packed = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(packed, format="flt", layout="stereo")
        frame.sample_rate = RATE
        self._encode(frame)

    def finish(self) -> None:
        """Encode what is held back."""
        self._encode(None)
        self._write(self._encoder.encode(None))

    @property
    def config(self) -> bytes:
        """The AudioSpecificConfig."""
        return self._encoder.extradata or b""

    def _encode(self, frame: AudioFrame | None) -> None:
        for even in self._resampler.resample(frame):
            self.samples += even.samples
            self._write(self._encoder.encode(even))

    def _write(self, packets: "Iterable[Packet[AudioStream]]") -> None:
        self.sizes.extend(self._file.write(bytes(one)) for one in packets)


def _encoder() -> AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = _BIT_RATE
    encoder.thread_count = 1
    encoder.flags |= _GLOBAL_HEADER | _BITEXACT
    encoder.open()
    return encoder
