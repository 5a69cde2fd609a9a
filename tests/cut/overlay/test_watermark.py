"""A watermark keeps its margin, its shape, and clear of what is below it."""

from decimal import Decimal

import pytest

from storyboard.cut.overlay.watermark import watermark_box
from storyboard.model.asset import FileDigest, LocalFile, PictureFacts
from storyboard.model.box import Box
from storyboard.model.cut import Corner, Watermark
from storyboard.model.storyboard import Size

WIDE = Size(1920, 1080)


def mark(corner: Corner, margin: str) -> Watermark:
    file = LocalFile("mark.png", FileDigest("0" * 64), 1, PictureFacts("PNG", 9, 9))
    return Watermark(file, corner, Decimal(1), Decimal(margin))


@pytest.mark.parametrize(
    ("corner", "x", "y"),
    [
        (Corner.TOP_LEFT, 96, 54),
        (Corner.TOP_RIGHT, 1920 - 96 - 100, 54),
        (Corner.BOTTOM_LEFT, 96, 1080 - 54 - 50),
        (Corner.BOTTOM_RIGHT, 1920 - 96 - 100, 1080 - 54 - 50),
    ],
)
def test_a_small_margin_ends_at_the_safe_area(corner: Corner, x: int, y: int) -> None:
    assert watermark_box(mark(corner, "0.01"), (100, 50), WIDE, 0) == Box(x, y, 100, 50)


def test_a_large_margin_is_kept() -> None:
    assert watermark_box(mark(Corner.TOP_LEFT, "0.2"), (100, 50), WIDE, 0) == Box(216, 216, 100, 50)


@pytest.mark.parametrize("corner", list(Corner))
def test_captions_lift_what_is_at_the_bottom(corner: Corner) -> None:
    one = mark(corner, "0.04")
    moved = watermark_box(one, (100, 50), WIDE, 0).y - watermark_box(one, (100, 50), WIDE, 80).y
    assert moved == (80 if corner.value.startswith("bottom") else 0)


@pytest.mark.parametrize("picture", [(3000, 1000), (1000, 3000), (500, 500)])
def test_a_large_picture_is_made_smaller_in_its_shape(picture: tuple[int, int]) -> None:
    box = watermark_box(mark(Corner.TOP_LEFT, "0.04"), picture, WIDE, 0)
    assert max(box.width, box.height) == round(1920 * 0.16)
    assert abs(box.width / box.height - picture[0] / picture[1]) < 0.02
