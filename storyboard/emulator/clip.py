"""What a clip should be into the bytes of an MP4 like the ones that Kling gives."""

import colorsys
import hashlib
import io
import struct
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

import av
import numpy as np
from numpy.typing import NDArray

from storyboard.emulator.entry import ClipKind
from storyboard.emulator.label import LEAST_SIDE, label
from storyboard.emulator.shown import Shown

RATE = 24
SAMPLES = 48_000
_HUES = 24
_AUDIO_FRAME = 1024
_HTML = b"<!doctype html><title>Sign in</title><h1>Sign in to continue</h1>\n"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip to be drawn: `height` is of its landscape form, `seed` makes it differ from others.

    Each of `shown` is named on the picture from its second on.
    """

    seconds: int
    sound: bool
    aspect_ratio: str
    height: int
    seed: str
    shown: tuple[Shown, ...] = ()


class Draw(Protocol):
    """Draws a clip: an MP4 of H.264, 24 fps, one frame longer than asked, index at its end."""

    def __call__(self, wanted: Wanted, /) -> bytes:
        """Return the file's bytes; equal wishes give equal bytes."""


def size(aspect_ratio: str, height: int) -> tuple[int, int]:
    """Return a width and height a little off the ratio, as Kling's are: 1916x1080 for 16:9."""
    across, down = (int(one) for one in aspect_ratio.split(":"))
    shorter = height - height % 2
    longer = shorter * max(across, down) / min(across, down)
    off = 4 * height / 1080 if across != down else 0
    long_side = max(2, round((longer - off) / 2) * 2)
    return (long_side, shorter) if across >= down else (shorter, long_side)


def draw_plain(wanted: Wanted) -> bytes:
    """Draw a coloured field with a moving bar, a shot's words, and a tone: quick to tell apart.

    The picture repeats among seeds, the bytes do not: the seed stands in a box that players skip.
    """
    digest = hashlib.sha256(wanted.seed.encode()).digest()
    width, height = size(wanted.aspect_ratio, wanted.height)
    words = wanted.shown if min(width, height) >= LEAST_SIDE else ()
    base = _encode(width, height, wanted.seconds, wanted.sound, digest[0] % _HUES, words)
    return base + struct.pack(">I4s", 8 + len(digest), b"free") + digest


@lru_cache(maxsize=64)
def _encode(  # noqa: PLR0913, PLR0917 -- data for the cache's key
    width: int,
    height: int,
    seconds: int,
    sound: bool,  # noqa: FBT001 -- the same
    hue: int,
    words: tuple[Shown, ...],
) -> bytes:
    file = io.BytesIO()
    frames = seconds * RATE + 1
    labels = [(one.start * RATE, label(one, width, height)) for one in words]
    with av.open(file, "w", format="mp4") as out:
        options = {"preset": "ultrafast", "g": str(frames), "threads": "1"}
        video = out.add_stream("libx264", rate=RATE, options=options)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.time_base = Fraction(1, RATE)
        tone = out.add_stream("aac", rate=SAMPLES, layout="stereo") if sound else None
        for place in range(frames):
            drawn = _picture(width, height, hue, place)
            for _, box in [one for one in labels if one[0] <= place][-1:]:
                edge = (width - box.shape[1]) // 2
                drawn[edge : edge + box.shape[0], edge : edge + box.shape[1]] = box
            picture = av.VideoFrame.from_ndarray(drawn, format="rgb24")
            picture.pts, picture.time_base = place, Fraction(1, RATE)
            out.mux(video.encode(picture))
        out.mux(video.encode())
        if tone is not None:
            for samples in _tone(hue, frames * SAMPLES // RATE):
                out.mux(tone.encode(samples))
            out.mux(tone.encode())
    return file.getvalue()


def _picture(width: int, height: int, hue: int, place: int) -> NDArray[np.uint8]:
    red, green, blue = colorsys.hsv_to_rgb(hue / _HUES, 0.6, 0.7)
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = (int(red * 255), int(green * 255), int(blue * 255))
    bar = max(2, width // 12)
    left = place * 2 % (width - bar)
    picture[:, left : left + bar] = 240
    return picture


def _tone(hue: int, samples: int) -> list[av.AudioFrame]:
    times = np.arange(samples) / SAMPLES
    wave = (0.1 * np.sin(2 * np.pi * (220 + 20 * hue) * times)).astype(np.float32)
    frames = []
    for start in range(0, samples, _AUDIO_FRAME):
        part = wave[start : start + _AUDIO_FRAME]
        frame = av.AudioFrame.from_ndarray(np.stack([part, part]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLES, start, Fraction(1, SAMPLES)
        frames.append(frame)
    return frames


def spoil(clip: bytes, kind: ClipKind) -> bytes:
    """Make a clip bad. `short` and `long` are not made here: such a clip is drawn that long."""
    match kind:
        case ClipKind.GOOD | ClipKind.SHORT | ClipKind.LONG:
            return clip
        case ClipKind.TRUNCATED:
            return clip[: len(clip) // 2]
        case ClipKind.CORRUPT:
            index = clip.rindex(b"moov")
            return clip[:index] + bytes(len(clip) - index)
        case ClipKind.EMPTY:
            return b""
        case ClipKind.HTML:
            return _HTML


def seconds_drawn(seconds: int, kind: ClipKind) -> int:
    """Tell how long a clip of this kind is when so many seconds were asked."""
    match kind:
        case ClipKind.SHORT:
            return max(1, seconds // 2)
        case ClipKind.LONG:
            return seconds + 3
        case _:
            return seconds
