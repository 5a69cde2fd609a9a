"""A file of samples into AAC packets, encoded once, whose place is known to the sample."""

from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler

from storyboard.media.open import open_media

RATE = 48_000
"""Samples a second of every film."""

FRAME = 1024
"""Samples in one packet."""

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


def encode_sound(source: Path, out: Path) -> AacTrack:
    """Encode a sound file as stereo at 48 kHz; packets are written to `out`."""
    encoder = _encoder()
    resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE, frame_size=FRAME)
    sizes: list[int] = []
    samples = 0
    with open_media(source) as sound, out.open("wb") as file:
        for decoded in sound.decode(audio=0):
            decoded.pts = None
            for frame in resampler.resample(decoded):
                samples += frame.samples
                sizes.extend(file.write(bytes(one)) for one in encoder.encode(frame))
        for frame in resampler.resample(None):
            samples += frame.samples
            sizes.extend(file.write(bytes(one)) for one in encoder.encode(frame))
        sizes.extend(file.write(bytes(one)) for one in encoder.encode(None))
    return AacTrack(out, tuple(sizes), encoder.extradata or b"", _PRIMING, samples)


def _encoder() -> AudioCodecContext:
    encoder = av.CodecContext.create("aac", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate = _BIT_RATE
    encoder.thread_count = 1
    encoder.flags |= _GLOBAL_HEADER | _BITEXACT
    encoder.open()
    return encoder
