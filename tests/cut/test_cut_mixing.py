"""Pictures laid over frames and frames mixed: the numbers that come out."""

import numpy as np
import pytest
from films import SMALL
from hypothesis import given
from hypothesis import strategies as st

from storyboard.cut.drawing import Drawer
from storyboard.cut.mixing import mix
from storyboard.cut.overlay.overlay import Overlay, pack
from storyboard.cut.overlay.scaling import Scale
from storyboard.media.shape import film_matrix
from storyboard.media.yuv import BLACK, WHITE, frame_of_rgb, plain, planes
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Size

KINDS = list(TransitionKind)
SIZES = st.builds(
    Size, st.integers(8, 60).map(lambda n: 2 * n), st.integers(8, 60).map(lambda n: 2 * n)
)


@pytest.mark.parametrize(("size", "luma709"), [(Size(1920, 1080), True), (SMALL, False)])
def test_colours_are_those_that_players_assume(size: Size, luma709: bool) -> None:  # noqa: FBT001
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 255
    y, _, v = planes(frame_of_rgb(red, film_matrix(2, size)))
    assert abs(int(y[8, 8]) - (63 if luma709 else 81)) <= 1
    assert abs(int(v[4, 4]) - 240) <= 1


@given(SIZES, st.sampled_from(KINDS), st.integers(1, 30))
def test_a_transition_goes_from_one_to_the_other(
    size: Size, kind: TransitionKind, frames: int
) -> None:
    before, after = plain(size, 60), plain(size, 180)
    means = [planes(mix(kind, before, after, n, frames))[0].mean() for n in range(frames)]
    if kind in {TransitionKind.FADE_BLACK, TransitionKind.FADE_WHITE}:
        assert all(BLACK <= one <= WHITE for one in means)
    elif kind is not TransitionKind.CUT:
        assert means == sorted(means)
        assert all(60 <= one <= 180 for one in means)


@given(SIZES, st.integers(1, 30), st.data())
def test_a_crossfade_backwards_is_the_same(size: Size, frames: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, frames - 1))
    one, two = plain(size, 30), plain(size, 200)
    there = planes(mix(TransitionKind.CROSSFADE, one, two, n, frames))[0]
    back = planes(mix(TransitionKind.CROSSFADE, two, one, frames - 1 - n, frames))[0]
    assert np.abs(there.astype(int) - back).max() <= 1


@pytest.mark.parametrize("kind", [TransitionKind.SLIDE_LEFT, TransitionKind.WIPE_LEFT])
def test_left_is_where_the_edge_goes(kind: TransitionKind) -> None:
    middle = mix(kind, plain(SMALL, 60), plain(SMALL, 180), 5, 10)
    y = planes(middle)[0]
    assert y[0, 0] == 60
    assert y[0, -1] == 180


@given(
    st.integers(0, 60), st.integers(0, 30), st.integers(1, 33), st.integers(1, 21), st.booleans()
)
def test_an_opaque_picture_covers_exactly_its_place(
    x: int,
    y: int,
    width: int,
    height: int,
    white: bool,  # noqa: FBT001
) -> None:
    rgba = np.full((height, width, 4), 255, np.uint8)
    rgba[..., :3] = 255 if white else 0
    over = Overlay(0, 1, x, y, pack(rgba), (1.0,))
    under = plain(Size(100, 60), 100)
    drawn = planes(Drawer([over], 1, Scale(Size(100, 60), Size(100, 60)))(under, 0))[0]
    inside = drawn[y : y + height, x : x + width]
    assert (inside == (WHITE if white else BLACK)).all()
    outside = drawn.copy()
    outside[y : y + height, x : x + width] = 100
    assert (outside == 100).all()
    assert (planes(under)[0] == 100).all()


def test_a_picture_at_half_strength_is_half_seen() -> None:
    rgba = np.full((8, 8, 4), 255, np.uint8)
    over = Overlay(2, 3, 4, 4, pack(rgba), (0.0, 0.5, 1.0))
    draw = Drawer([over], 1, Scale(SMALL, SMALL))
    seen = [int(planes(draw(plain(SMALL, 35), at))[0][8, 8]) for at in range(1, 6)]
    assert seen == [35, 35, 135, 235, 35]
