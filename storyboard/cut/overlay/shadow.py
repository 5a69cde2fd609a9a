"""The mask of what stands in a picture to the mask of the shadow that it casts.

Lengths are parts of the letters' size.
"""

from PIL import Image, ImageChops, ImageFilter

REACH = 0.7
"""How far a shadow reaches out of what casts it."""


def around(letters: Image.Image, size: int) -> Image.Image:
    """Draw the shadow of bare letters, which any picture may lie under.

    A seam that follows every edge parts them from what is as bright as they are, and is dense
    enough for white letters on white; a wide faint one lets the seam fade into the picture. On what
    is dark already neither is seen.
    """
    seam = _soft(_times(_soft(letters, size * 0.038), 5), size * 0.03)
    lower = ImageChops.offset(seam, 0, max(1, round(size * 0.02)))
    wide = _times(_soft(letters, size * 0.19), 1.9)
    return ImageChops.screen(_times(ImageChops.lighter(seam, lower), 0.92), wide)


def below(box: Image.Image, size: int) -> Image.Image:
    """Draw the shadow of a box: it lifts the box off the picture, and parts nothing."""
    near = _soft(ImageChops.offset(box, 0, max(1, round(size * 0.05))), size * 0.055)
    return ImageChops.screen(near, _times(_soft(box, size * 0.15), 0.75))


def _soft(mask: Image.Image, radius: float) -> Image.Image:
    return mask.filter(ImageFilter.GaussianBlur(radius))


def _times(mask: Image.Image, by: float) -> Image.Image:
    return mask.point([min(255, round(value * by)) for value in range(256)])
