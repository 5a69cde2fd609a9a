"""Somebody who talks to us, and a phone with an app, for the pictures of the templates."""

import math

import numpy as np
from drawing import Color, as_image, color, room
from PIL import Image, ImageDraw, ImageFilter


def person(
    image: Image.Image, skin: str, hair: str, shirt: str, *, long_hair: float
) -> Image.Image:
    """A friendly somebody, from the shoulders up, drawn flat and then lit."""
    w, h = image.size
    s = min(w, h)
    x, y = w * 0.5, h * 0.44
    layer = Image.new("RGBA", (w * 2, h * 2), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)

    def oval(cx: float, cy: float, rx: float, ry: float, fill: str | Color) -> None:
        tint = color(fill) if isinstance(fill, str) else fill
        draw.ellipse(
            (2 * (cx - rx), 2 * (cy - ry), 2 * (cx + rx), 2 * (cy + ry)), fill=(*tint, 255)
        )

    back = tuple(int(c * 0.8) for c in color(hair))
    oval(x, y + s * long_hair * 0.5, s * 0.185, s * (0.2 + long_hair), (back[0], back[1], back[2]))
    oval(x, y + s * 0.64, s * 0.36, s * 0.4, shirt)
    draw.rectangle(
        (2 * (x - s * 0.36), 2 * (y + s * 0.64), 2 * (x + s * 0.36), 2 * h),
        fill=(*color(shirt), 255),
    )
    shade = tuple(int(c * 0.84) for c in color(skin))
    oval(x, y + s * 0.19, s * 0.066, s * 0.12, (shade[0], shade[1], shade[2]))
    oval(x, y, s * 0.142, s * 0.182, skin)
    oval(x - s * 0.012, y - s * 0.135, s * 0.155, s * 0.075, hair)
    for side in (-1, 1):
        oval(x + side * s * 0.052, y - s * 0.012, s * 0.013, s * 0.017, "#2a211e")
        oval(x + side * s * 0.052 + s * 0.004, y - s * 0.017, s * 0.004, s * 0.005, "#ffffff")
        oval(
            x + side * s * 0.09,
            y + s * 0.05,
            s * 0.024,
            s * 0.016,
            tuple(int(c * 0.95) if k else c for k, c in enumerate(color(skin))),
        )  # type: ignore[arg-type]
    smile = (2 * (x - s * 0.05), 2 * (y + s * 0.03), 2 * (x + s * 0.05), 2 * (y + s * 0.105))
    draw.chord(smile, 10, 170, fill=(122, 40, 44, 255))
    layer = layer.resize(image.size, Image.Resampling.LANCZOS)
    out = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    yy, xx = np.mgrid[0:h, 0:w]
    light = 1.1 - 0.34 * np.hypot((xx / w - 0.3), (yy / h - 0.3))
    return as_image(np.asarray(out, float) * light[..., None])


def phone(size: tuple[int, int], wall: str, accent: str, screen: str) -> Image.Image:
    """A phone that floats before a wall; `screen` is `list`, `chart`, `map` or `done`."""
    image = room(size, wall, wall, 4)
    w, h = size
    ph = h * 0.62
    pw = ph * 0.49
    x0, y0 = (w - pw) / 2, h * 0.27
    glow = Image.new("L", size, 0)
    ImageDraw.Draw(glow).rounded_rectangle(
        (x0 + 22, y0 + 40, x0 + pw + 34, y0 + ph + 46), 50, fill=150
    )
    glow = glow.filter(ImageFilter.GaussianBlur(28))
    image = Image.composite(Image.new("RGB", size, (10, 10, 24)), image, glow)
    scale = 3
    layer = Image.new("RGBA", (int(pw * scale), int(ph * scale)), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    lw, lh = layer.size
    draw.rounded_rectangle((0, 0, lw - 1, lh - 1), lw * 0.13, fill=(22, 22, 28, 255))
    rim = lw * 0.03
    draw.rounded_rectangle((rim, rim, lw - rim, lh - rim), lw * 0.105, fill=(250, 250, 252, 255))
    draw.rounded_rectangle(
        (lw * 0.36, rim * 1.8, lw * 0.64, rim * 3.6), rim, fill=(22, 22, 28, 255)
    )
    _screen(draw, lw, lh, color(accent), screen)
    layer = layer.resize((int(pw), int(ph)), Image.Resampling.LANCZOS)
    image.paste(layer, (int(x0), int(y0)), layer)
    return image


def _screen(draw: ImageDraw.ImageDraw, w: int, h: int, accent: Color, screen: str) -> None:
    grey, pale = (222, 224, 232), (240, 241, 246)
    draw.rounded_rectangle((w * 0.1, h * 0.1, w * 0.62, h * 0.135), 20, fill=(40, 42, 54))
    draw.rounded_rectangle((w * 0.1, h * 0.15, w * 0.44, h * 0.17), 12, fill=grey)
    if screen == "list":
        for row in range(5):
            y = h * (0.22 + row * 0.135)
            draw.rounded_rectangle((w * 0.08, y, w * 0.92, y + h * 0.11), 34, fill=pale)
            draw.ellipse((w * 0.12, y + h * 0.02, w * 0.26, y + h * 0.09), fill=accent)
            draw.rounded_rectangle((w * 0.32, y + h * 0.03, w * 0.74, y + h * 0.05), 10, fill=grey)
            draw.rounded_rectangle((w * 0.32, y + h * 0.065, w * 0.6, y + h * 0.08), 8, fill=grey)
    if screen == "chart":
        heights = (0.16, 0.24, 0.2, 0.34, 0.29, 0.42)
        for place, part in enumerate(heights):
            x = w * (0.1 + place * 0.14)
            fill = accent if place == len(heights) - 1 else grey
            draw.rounded_rectangle((x, h * (0.72 - part), x + w * 0.1, h * 0.72), 20, fill=fill)
        draw.rounded_rectangle((w * 0.1, h * 0.78, w * 0.9, h * 0.86), 40, fill=accent)
    if screen == "map":
        for place in range(7):
            y = h * (0.22 + place * 0.09)
            draw.line((w * 0.05, y, w * 0.95, y + h * 0.06 * math.sin(place)), fill=grey, width=16)
        for place in range(5):
            x = w * (0.15 + place * 0.18)
            draw.line((x, h * 0.2, x + w * 0.05, h * 0.86), fill=grey, width=16)
        route = [(0.2, 0.8), (0.34, 0.62), (0.32, 0.46), (0.58, 0.4), (0.72, 0.27)]
        draw.line([(w * a, h * b) for a, b in route], fill=accent, width=26, joint="curve")
        draw.ellipse((w * 0.66, h * 0.24, w * 0.78, h * 0.3), fill=accent)
    if screen == "done":
        draw.ellipse((w * 0.25, h * 0.3, w * 0.75, h * 0.545), fill=accent)
        draw.line(
            [(w * 0.37, h * 0.425), (w * 0.47, h * 0.475), (w * 0.65, h * 0.37)],
            fill=(255, 255, 255), width=40, joint="curve",
        )  # fmt: skip
        draw.rounded_rectangle((w * 0.2, h * 0.62, w * 0.8, h * 0.645), 14, fill=grey)
        draw.rounded_rectangle((w * 0.3, h * 0.67, w * 0.7, h * 0.69), 14, fill=grey)
