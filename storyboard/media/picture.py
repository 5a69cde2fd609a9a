"""A picture file to pixels, and to the part of them that a camera sees, to parts of a pixel."""

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from storyboard.model import Focus, Size

SPARE = 1.5
"""How much larger than the film a picture is kept before it is moved: more only costs time."""


_PROFILED = frozenset({"RGB", "RGBA", "CMYK", "L"})
"""Modes of pictures whose colours a profile may be of."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a picture is seen: its middle and its width, as parts of the picture's."""

    x: float
    y: float
    width: float

    def box(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Return its edges in a picture of that size; it never reaches out of the picture."""
        wide, tall = width * self.width, height * self.width
        left = max(0.0, min(width * self.x - wide / 2, width - wide))
        top = max(0.0, min(height * self.y - tall / 2, height - tall))
        return (left, top, min(float(width), left + wide), min(float(height), top + tall))


def opened(path: Path) -> Image.Image:
    """Open a picture file of any size: its pixels are counted by `probe`, before any is read.

    Raises:
        OSError: it cannot be read.
    """
    Image.MAX_IMAGE_PIXELS = None  # else Pillow warns on the terminal, or raises
    return Image.open(path)


def open_picture(path: Path) -> Image.Image:
    """Open a picture upright and in sRGB; what is transparent in it becomes black.

    Raises:
        OSError: it cannot be read.
    """
    with opened(path) as stored:
        upright = _upright(stored)
        if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
            with_alpha = upright.convert("RGBA")
            below = Image.new("RGBA", with_alpha.size, (0, 0, 0, 255))
            return Image.alpha_composite(below, with_alpha).convert("RGB")
        return upright.convert("RGB")


def open_with_alpha(path: Path) -> Image.Image:
    """Open a picture upright and in sRGB, with what is transparent in it.

    Raises:
        OSError: it cannot be read.
    """
    with opened(path) as stored:
        return _upright(stored).convert("RGBA")


def _upright(stored: Image.Image) -> Image.Image:
    """Turn a picture as it is to be shown, in sRGB and 8 bits."""
    upright = _in_srgb(ImageOps.exif_transpose(stored))
    if upright.mode.startswith("I") or upright.mode == "F":  # 16 bits: 65535 is white
        return upright.convert("F").point(partial(_scaled, by=1 / 257)).convert("RGB")
    return upright


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Bring a picture's colours to the film's where it names others: cameras and printers do.

    A profile that is broken, or is not for such a picture, is passed over, as browsers do.
    """
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in _PROFILED:
        return picture
    try:
        named = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(named):
            return picture
        srgb = ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, named, srgb, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def covering(
    picture: Image.Image, size: Size, focus: Focus | None = None, spare: float = SPARE
) -> Image.Image:
    """Cut a picture to a size's ratio around its focus.

    One that is more than `spare` times as large as the size is scaled down to that.
    """
    wide = min(picture.width, picture.height * size.width / size.height)
    tall = wide * size.height / size.width
    at_x = float(focus.x + focus.width / 2) if focus else 0.5
    at_y = float(focus.y + focus.height / 2) if focus else 0.5
    left = max(0.0, min(at_x * picture.width - wide / 2, picture.width - wide))
    top = max(0.0, min(at_y * picture.height - tall / 2, picture.height - tall))
    width = max(1, round(min(wide, size.width * spare)))
    height = max(1, round(min(tall, size.height * spare)))
    right = min(float(picture.width), left + wide)
    box = (left, top, right, min(float(picture.height), top + tall))
    return picture.resize((width, height), Image.Resampling.LANCZOS, box)


def seen(picture: Image.Image, view: View, size: Size) -> Image.Image:
    """Scale what a view shows to a size."""
    box = view.box(picture.width, picture.height)
    return picture.resize((size.width, size.height), Image.Resampling.BICUBIC, box)


def eased(part: float) -> float:
    """Go evenly from 0 to 1, with the two ends softened a little."""
    return part + (part * part * (3 - 2 * part) - part) / 3


def _scaled(value: float, by: float) -> float:
    return value * by
