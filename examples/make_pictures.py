"""Draws the landscapes and the clip of the small examples, always the same.

Run it with `python examples/make_pictures.py`; the results are kept in git.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
Colour = tuple[int, int, int]

DUNES = (
    (250, 214, 165),
    (232, 141, 103),
    ((214, 132, 92), (176, 92, 70), (128, 60, 54), (78, 36, 42)),
)
FJORD = (
    (222, 234, 240),
    (150, 184, 204),
    ((128, 160, 180), (84, 122, 146), (48, 84, 108), (22, 48, 66)),
)
DUSK = ((58, 46, 92), (238, 132, 108), ((120, 70, 112), (82, 48, 92), (48, 32, 68), (22, 18, 40)))


def ridge(width: int, seed: int, rough: float, drift: float) -> np.ndarray:
    """Return a skyline as heights from -1 to 1: a few waves of falling size."""
    across = np.linspace(0, 1, width) + drift
    generator = np.random.default_rng(seed)
    waves = [
        np.sin(2 * np.pi * (across * frequency + generator.random())) / frequency**rough
        for frequency in (0.7, 1.3, 2.9, 5.3, 11.1)
    ]
    return sum(waves) / 2.2


def landscape(
    size: tuple[int, int],
    palette: tuple[Colour, Colour, tuple[Colour, ...]],
    seed: int,
    sun: tuple[float, float],
    drift: float = 0,
) -> Image.Image:
    """Draw a sky, a sun and four ridges, the far ones pale; `drift` moves the near ones most."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    fall = (rows / height)[..., None]
    picture = np.array(palette[0]) * (1 - fall) + np.array(palette[1]) * fall
    away = np.hypot((columns - sun[0] * width), (rows - sun[1] * height)) / height
    glow = np.clip(1 - away / 0.55, 0, 1)[..., None] ** 2
    picture = picture + (np.array((255, 240, 214)) - picture) * 0.55 * glow
    disc = np.clip((0.075 - away) * height / 2, 0, 1)[..., None]
    picture = picture + (np.array((255, 246, 228)) - picture) * disc
    for n, colour in enumerate(palette[2]):
        line = (0.52 + 0.13 * n - 0.10 * ridge(width, seed + n, 0.9, drift * (n + 1))) * height
        inside = np.clip(rows - line[None, :] + 0.5, 0, 1)[..., None]
        depth = np.clip((rows - line[None, :]) / height * 2, 0, 1)[..., None]
        picture = picture + (np.array(colour) * (1 - 0.22 * depth) - picture) * inside
    return Image.fromarray(np.clip(picture, 0, 255).astype("uint8"))


def drive(frames: int) -> Iterator[Image.Image]:
    """Draw a ride past the hills."""
    for n in range(frames):
        yield landscape((1280, 720), DUSK, 40, (0.62, 0.42), drift=n / frames * 0.12)


def film(path: Path, pictures: Iterator[Image.Image], rate: int) -> None:
    """Write pictures as an H.264 clip without sound."""
    with av.open(path, "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        options = {"crf": "23", "preset": "slow", "threads": "1"}
        stream = out.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        stream.time_base = Fraction(1, rate)
        for picture in pictures:
            out.mux(stream.encode(av.VideoFrame.from_image(picture)))
        out.mux(stream.encode())


def main() -> None:
    """Draw everything."""
    pictures = {
        "kling-v3-turbo/assets/dunes.png": landscape((1280, 720), DUNES, 7, (0.3, 0.36)),
        "kling-v2.5-turbo/assets/noon.png": landscape((1280, 720), FJORD, 21, (0.7, 0.2)),
        "kling-v2.5-turbo/assets/evening.png": landscape((1280, 720), DUSK, 21, (0.7, 0.5)),
        "kling-o3/assets/fjord.png": landscape((1280, 720), FJORD, 33, (0.45, 0.28)),
        "own-footage/assets/title.png": landscape((1920, 1080), DUNES, 51, (0.5, 0.42)),
    }
    for name, picture in pictures.items():
        picture.save(HERE / name, optimize=True)
    film(HERE / "own-footage/assets/drive.mp4", drive(150), 30)


if __name__ == "__main__":
    main()
