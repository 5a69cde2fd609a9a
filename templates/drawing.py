"""Rooms, halls and turned things, lit from the upper left, for the pictures of the templates."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Color = tuple[int, int, int]
Picture = NDArray[np.float64]
Profile = Callable[[Picture], Picture]
WIDE, TALL = (1280, 720), (720, 1280)


def color(text: str) -> Color:
    """Read `#rrggbb`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def room(size: tuple[int, int], wall: str, floor: str, seed: int = 1) -> Image.Image:
    """A wall and a floor that runs into it, with light from the upper left and a little grain."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    far = 1 / (1 + np.exp(-(y / height - 0.64) * 34))
    flat = mix(color(wall), color(floor), far)
    light = 1.12 - 0.5 * np.hypot((x / width - 0.32) * 0.8, y / height - 0.34)
    grain = np.random.default_rng(seed).normal(0, 1.6, (height, width, 1))
    return as_image(flat * light[..., None] + grain)


def bokeh(image: Image.Image, tints: Sequence[str], count: int, seed: int) -> Image.Image:
    """Put soft discs of light behind everything."""
    rng = np.random.default_rng(seed)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        x, y = rng.uniform(0, image.width), rng.uniform(0, image.height * 0.6)
        r = rng.uniform(0.015, 0.06) * image.width
        tint = color(tints[int(rng.integers(len(tints)))])
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*tint, int(rng.uniform(50, 130))))
    soft = layer.filter(ImageFilter.GaussianBlur(image.width / 320))
    return Image.alpha_composite(image.convert("RGBA"), soft).convert("RGB")


def turned(  # noqa: PLR0913 - a thing has a place, a size, a shape and a finish
    image: Image.Image,
    middle: tuple[float, float],
    size: float,
    profile: Profile,
    tint: str,
    *,
    shine: float = 0.5,
    band: tuple[float, float, str] | None = None,
    hollow: bool = True,
) -> Image.Image:
    """Put a turned thing on the floor: `middle` is where it stands, `size` its height in pixels.

    `profile` maps heights from 0 (top) to 1 (foot) to radii in parts of the height. `band` paints a
    stretch of heights in another colour.
    """
    image = _shadow(image, middle, size * float(profile(np.array([0.95]))[0]) * 1.25)
    width, height = image.size
    y, x = np.mgrid[0:height, 0:width].astype(float)
    top = middle[1] - size
    h = (y - top) / size
    radius = np.maximum(profile(np.clip(h, 0, 1)) * size, 1e-6)
    tilt = 0.12
    foot = float(profile(np.array([1.0]))[0]) * size
    bulge = np.sqrt(np.clip(1 - ((x - middle[0]) / np.maximum(foot, 1)) ** 2, 0, 1)) * foot * tilt
    inside = (np.abs(x - middle[0]) < radius) & (h > 0) & (y < middle[1] + bulge)
    nx = np.clip((x - middle[0]) / radius, -1, 1)
    nz = np.sqrt(1 - nx**2)
    paint = np.broadcast_to(np.array(color(tint), float), (height, width, 3)).copy()
    if band is not None:
        start, end, other = band
        curve = h - nz * tilt * radius / size * 0.5
        paint[(curve > start) & (curve < end)] = color(other)
    diffuse = 0.42 + 0.62 * np.clip(-0.55 * nx + 0.8 * nz, 0, 1)
    gloss = shine * 190 * np.clip(-0.62 * nx + 0.78 * nz, 0, 1) ** 42
    edge = 0.12 * np.clip(nx - 0.72, 0, 1) * 255
    lit = paint * diffuse[..., None] + gloss[..., None] + edge[..., None]
    mask = Image.fromarray((inside * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    out = Image.composite(as_image(lit), image, mask)
    return (
        _rim(out, (middle[0], top), float(profile(np.array([0.0]))[0]) * size, tint)
        if hollow
        else out
    )


def _rim(image: Image.Image, at: tuple[float, float], r: float, tint: str) -> Image.Image:
    x, y = at
    flat = r * 0.16
    draw = ImageDraw.Draw(image)
    dark = tuple(int(c * 0.34) for c in color(tint))
    light = tuple(min(255, int(c * 0.8 + 62)) for c in color(tint))
    draw.ellipse((x - r, y - flat, x + r, y + flat), fill=light)
    draw.ellipse((x - r * 0.9, y - flat * 0.74, x + r * 0.9, y + flat * 0.9), fill=dark)
    return image


def _shadow(image: Image.Image, middle: tuple[float, float], r: float) -> Image.Image:
    layer = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(layer)
    x, y = middle
    draw.ellipse((x - r * 0.9, y - r * 0.2, x + r * 1.7, y + r * 0.26), fill=120)
    draw.ellipse((x - r, y - r * 0.1, x + r, y + r * 0.16), fill=170)
    soft = layer.filter(ImageFilter.GaussianBlur(max(r * 0.11, 2)))
    return Image.composite(Image.new("RGB", image.size, (18, 14, 16)), image, soft)


def mug(h: Picture) -> Picture:
    """A cup that narrows a little to its foot."""
    return 0.42 - 0.05 * h**3 - 0.09 * np.clip(h - 0.9, 0, 1) * 6


def bottle(h: Picture) -> Picture:
    """A bottle with a cap, a neck, shoulders and a straight body."""
    neck = np.where(h < 0.14, 0.085, 0.07)
    shoulder = 0.07 + 0.13 * np.clip((h - 0.26) / 0.14, 0, 1) ** 0.6
    return np.where(h < 0.26, neck, shoulder) - 0.02 * np.clip(h - 0.95, 0, 1) * 12


def vase(h: Picture) -> Picture:
    """A belly under a narrow neck."""
    return 0.13 + 0.17 * np.exp(-(((h - 0.62) / 0.27) ** 2)) + 0.05 * np.clip(0.1 - h, 0, 1) * 8


def bowl(h: Picture) -> Picture:
    """A wide bowl on a foot."""
    return np.where(h < 0.86, 0.95 * np.sqrt(np.clip(1 - (h / 0.98) ** 2.4, 0.02, 1)), 0.34)


def jar(h: Picture) -> Picture:
    """A low jar with a lid."""
    return np.where(h < 0.3, 0.5, 0.47) - 0.06 * np.clip(h - 0.93, 0, 1) * 8


def lamp(h: Picture) -> Picture:
    """A shade on a stem on a foot."""
    shade = 0.12 + 0.34 * h
    return np.where(h < 0.46, shade, np.where(h < 0.93, 0.022, 0.16))


def hall(size: tuple[int, int], night: str, beams: Sequence[str], seed: int) -> Image.Image:
    """A stage with beams of light over the heads of a crowd."""
    w, h = size
    y, x = np.mgrid[0:h, 0:w].astype(float)
    base = (
        np.broadcast_to(np.array(color(night), float), (h, w, 3)) * (0.5 + 0.6 * y / h)[..., None]
    )
    for place, tint in enumerate(beams):
        foot = w * (0.15 + 0.7 * place / max(len(beams) - 1, 1))
        lean = (w / 2 - foot) * 0.9 / h
        away = np.abs(x - (foot + lean * y)) / (18 + y * 0.16)
        glow = np.exp(-(away**2)) * (0.72 - 0.5 * y / h)
        base = base + glow[..., None] * np.array(color(tint), float)
    image = bokeh(as_image(base), beams, 40, seed)
    draw = ImageDraw.Draw(image)
    rng = np.random.default_rng(seed)
    for row in range(3):
        shade = 30 - row * 10
        for head in range(int(w / 46)):
            r = rng.uniform(16, 26) * (1 + row * 0.3) * h / 900
            cx, cy = head * 50 + rng.uniform(-18, 18), h * (0.84 + row * 0.055) + rng.uniform(-8, 8)
            draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=(shade, shade - 4, shade + 6))
            draw.rectangle(
                (cx - r * 1.5, cy + r * 0.8, cx + r * 1.5, h), fill=(shade, shade - 4, shade + 6)
            )
    return image


def dull(image: Image.Image, seed: int) -> Image.Image:
    """The same picture before: grey, stained and scratched."""
    w, h = image.size
    rng = np.random.default_rng(seed)
    pixels = np.asarray(image, float)
    grey = pixels.mean(axis=2, keepdims=True)
    spots = Image.fromarray((rng.random((h // 80, w // 80)) * 255).astype(np.uint8))
    stain = np.asarray(spots.resize((w, h), Image.Resampling.BICUBIC), float)[..., None] / 255
    out = as_image((pixels * 0.3 + grey * 0.62) * (0.78 + 0.2 * stain))
    draw = ImageDraw.Draw(out, "RGBA")
    for _ in range(70):
        x, y = rng.uniform(w * 0.2, w * 0.8), rng.uniform(h * 0.35, h * 0.85)
        dx, dy = rng.uniform(-40, 40), rng.uniform(-12, 12)
        draw.line((x, y, x + dx, y + dy), fill=(240, 236, 225, 60), width=1)
    return out


def mix(one: Color, other: Color, part: Picture) -> Picture:
    """Go from one colour to another, pixel by pixel."""
    return np.array(one, float) * (1 - part[..., None]) + np.array(other, float) * part[..., None]


def as_image(pixels: Picture) -> Image.Image:
    """Make a picture of numbers."""
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def save(image: Image.Image, path: Path) -> None:
    """Write a JPEG, small enough for git."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=86, optimize=True, progressive=True)
