"""Small clips with a number drawn into each frame as bars: tests ask which frame is where."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

BITS = 12
_GRAY = 128


@dataclass(frozen=True, slots=True)
class ClipRecipe:
    """What a test clip is to be.

    `gop` is the number of frames between key frames; `grain` how strong the noise is that no
    frame shares with the next, in levels.
    """

    frames: int = 48
    fps: Fraction = Fraction(24)
    width: int = 192
    height: int = 108
    gop: int = 250
    bframes: int = 3
    sound: bool = True
    first: int = 0
    seed: int = 1
    codec: str = "libx264"
    grain: int = 0
    options: tuple[tuple[str, str], ...] = ()


def make_clip(path: Path, recipe: ClipRecipe) -> Path:
    """Draw and encode a clip; with sound it has a click at each whole second."""
    with av.open(str(path), "w") as out:
        options = {"preset": "veryfast", "crf": "18", **dict(recipe.options)}
        if recipe.codec == "libx264":
            options["x264-params"] = f"keyint={recipe.gop}:min-keyint=1:scenecut=0"
            options["bf"] = str(recipe.bframes)
        video = out.add_stream(recipe.codec, rate=recipe.fps, options=options)
        video.width, video.height, video.pix_fmt = recipe.width, recipe.height, "yuv420p"
        sound = out.add_stream("aac", rate=48000, layout="stereo") if recipe.sound else None
        for picture in pictures(recipe):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if sound is not None:
            for frame in _sound(Fraction(recipe.frames) / recipe.fps):
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
    return path


def pictures(recipe: ClipRecipe) -> Iterator[Picture]:
    """Draw the frames of a clip: noise that slides, and the frame's number in bars on top."""
    rng = np.random.default_rng(recipe.seed)
    coarse = rng.integers(40, 216, (recipe.height // 8 + 2, recipe.width // 8 + 40, 3), np.uint8)
    texture = coarse.repeat(8, axis=0).repeat(8, axis=1)
    size = 2 * recipe.height * recipe.width * 3
    noise = rng.integers(-recipe.grain, recipe.grain + 1, size if recipe.grain else 0, np.int16)
    for n in range(recipe.frames):
        shift = (n * 2) % 300
        picture = texture[: recipe.height, shift : shift + recipe.width].copy()
        if recipe.grain:
            picture = _grainy(picture, noise, int(rng.integers(0, 1 << 16)))
        draw_number(picture, recipe.first + n)
        yield picture


def _grainy(picture: Picture, noise: NDArray[np.int16], at: int) -> Picture:
    part = noise[at : at + picture.size].reshape(picture.shape)
    return (picture + part).clip(16, 235).astype(np.uint8)


def draw_number(picture: Picture, number: int) -> None:
    """Draw a number as black and white bars over the middle two fifths of the picture."""
    height, width = picture.shape[:2]
    top, left, span = height * 2 // 5, width * 3 // 10, width * 4 // 10
    for bit in range(BITS):
        x0, x1 = left + span * bit // BITS, left + span * (bit + 1) // BITS
        picture[top : top + height // 5, x0:x1] = 235 if number >> bit & 1 else 16


def read_number(luma: Picture) -> int:
    """Read the number back from a frame's luma."""
    height, width = luma.shape[:2]
    top, left, span = height * 2 // 5, width * 3 // 10, width * 4 // 10
    number = 0
    for bit in range(BITS):
        middle = left + (2 * bit + 1) * span // (2 * BITS)
        patch = luma[top + height // 12 : top + height // 8, middle - 1 : middle + 2]
        number |= int(patch.mean() > _GRAY) << bit
    return number


def numbers(path: Path) -> list[int]:
    """Decode a film and read the number in each of its frames."""
    with av.open(str(path)) as film:
        return [read_number(luma(frame)) for frame in film.decode(video=0)]


def luma(frame: av.VideoFrame) -> Picture:
    """Return a frame's luma plane."""
    return frame.to_ndarray(format="gray")


def _sound(duration: Fraction) -> Iterator[av.AudioFrame]:
    samples = np.zeros((2, int(duration * 48000)), np.float32)
    for second in range(int(duration) + 1):
        samples[:, second * 48000 : second * 48000 + 96] = 0.8
    for at in range(0, samples.shape[1], 1024):
        part = np.ascontiguousarray(samples[:, at : at + 1024])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate = 48000
        frame.pts = at
        yield frame
