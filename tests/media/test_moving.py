"""What a camera sees of a picture is where it should be to parts of a pixel, as Pillow draws it."""

import numpy as np
import pytest
from PIL import Image

from storyboard.media.moving import Moved, picture_planes
from storyboard.media.picture import View
from storyboard.media.yuv import planes
from storyboard.model.storyboard import Size

VIEWS = [View(0.5, 0.5, 1.0), View(0.43, 0.61, 0.83), View(0.0, 1.0, 0.9), View(1.0, 0.0, 0.7)]


def noise(width: int, height: int) -> Image.Image:
    values = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    return Image.fromarray(values)


@pytest.mark.parametrize("size", [Size(160, 90), Size(90, 160), Size(2, 2)], ids=str)
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_a_view_is_what_pillow_makes_of_it(view: View, size: Size) -> None:
    picture = picture_planes(noise(size.width, size.height), 1)
    frame = Moved(picture, size).frame(view)
    for plane, source, by in zip(planes(frame), picture, (1, 2, 2), strict=True):
        box = view.box(size.width // by, size.height // by)
        scaled = (size.width // by, size.height // by)
        wanted = Image.fromarray(source).resize(scaled, Image.Resampling.BILINEAR, box)
        assert np.abs(plane.astype(int) - np.asarray(wanted)).max() <= 2


def test_all_of_a_picture_at_its_own_size_is_the_picture() -> None:
    picture = picture_planes(noise(64, 36), 1)
    frame = Moved(picture, Size(64, 36)).frame(View(0.5, 0.5, 1.0))
    for plane, source in zip(planes(frame), picture, strict=True):
        assert np.array_equal(plane, source)


def test_a_slow_move_is_even_and_never_jitters() -> None:
    rows, columns = np.mgrid[0:270, 0:480]
    light = 235 * np.exp(-((columns - 240) ** 2 + (rows - 135) ** 2) / 800)
    spot = Image.fromarray(light.astype(np.uint8)).convert("RGB")
    moved = Moved(picture_planes(spot, 1), Size(480, 270))
    places = []
    for n in range(96):
        seen = planes(moved.frame(View(0.46 + n * 0.0005, 0.5, 0.9)))[0].astype(float) - 16
        places.append((columns * seen).sum() / seen.sum())
    steps = -np.diff(places)
    assert (steps > 0).all()
    assert np.abs(np.diff(steps)).max() < 0.05


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (64, 37)])
def test_odd_pictures_have_whole_planes(size: tuple[int, int]) -> None:
    y, u, v = picture_planes(noise(*size), 1)
    assert y.shape[0] % 2 == y.shape[1] % 2 == 0
    assert u.shape == v.shape == (y.shape[0] // 2, y.shape[1] // 2)


def test_a_tilt_draws_what_single_views_do() -> None:
    """Its rows are scaled across once."""
    picture = picture_planes(noise(160, 90), 1)
    moved = Moved(picture, Size(160, 90))
    for n in range(6):
        view = View(0.47, 0.45 + n * 0.02, 0.85)
        alone = planes(Moved(picture, Size(160, 90)).frame(view))
        for plane, wanted in zip(planes(moved.frame(view)), alone, strict=True):
            assert np.array_equal(plane, wanted)
    other = View(0.5, 0.5, 0.9)
    alone = planes(Moved(picture, Size(160, 90)).frame(other))
    assert all(map(np.array_equal, planes(moved.frame(other)), alone))
