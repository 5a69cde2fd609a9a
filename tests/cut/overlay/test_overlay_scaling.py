"""An overlay scaled with its film is where it would be if the whole picture were scaled."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storyboard.cut.overlay.overlay import Overlay, pack
from storyboard.cut.overlay.scaling import Scale, scaled
from storyboard.model.storyboard import Size

FILM = Size(192, 108)


def box(x: int, y: int, width: int, height: int) -> Overlay:
    return Overlay(0, 1, x, y, pack(np.full((height, width, 4), 255, np.uint8)), (1.0,))


@given(st.integers(0, 150), st.integers(0, 80), st.integers(1, 42), st.integers(1, 28))
def test_a_scaled_overlay_is_where_the_scaled_film_has_it(
    x: int, y: int, width: int, height: int
) -> None:
    shown = Size(144, 80)
    laid = scaled(box(x, y, width, height), Scale(FILM, shown))
    alone = np.zeros((shown.height, shown.width))
    rows, columns = laid.rgba.shape[:2]
    assert laid.y + rows <= shown.height
    assert laid.x + columns <= shown.width
    alone[laid.y : laid.y + rows, laid.x : laid.x + columns] = laid.rgba[..., 3]
    whole = np.zeros((FILM.height, FILM.width), np.uint8)
    whole[y : y + height, x : x + width] = 255
    wanted = Image.fromarray(whole).resize((shown.width, shown.height), Image.Resampling.BICUBIC)
    assert np.abs(alone - np.asarray(wanted)).max() <= 24  # a hair beyond its own pixels is cut off


def test_a_film_as_it_is_leaves_its_overlays_as_they_are() -> None:
    one = box(3, 5, 20, 10)
    laid = scaled(one, Scale(FILM, FILM))
    assert (laid.x, laid.y) == (3, 5)
    assert np.array_equal(laid.rgba, one.rgba)


@pytest.mark.parametrize("shown", [Size(144, 80), Size(96, 54), Size(134, 74)], ids=str)
def test_the_edges_of_a_scaled_overlay_keep_their_colour(shown: Size) -> None:
    """Nothing dark is mixed in from around it."""
    red = np.zeros((21, 33, 4), np.uint8)
    red[..., 0] = red[..., 3] = 255
    laid = scaled(Overlay(0, 1, 11, 13, pack(red), (1.0,)), Scale(FILM, shown))
    seen = laid.rgba[laid.rgba[..., 3] > 32]
    assert seen[:, 0].min() > 245
    assert seen[:, 1:3].max() < 10
