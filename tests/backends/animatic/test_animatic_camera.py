import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.backends.animatic.camera import Camera, Motion, camera_of, view


@pytest.mark.parametrize(
    ("prompt", "motion"),
    [
        ("Macro on a cup, slow push in.", Motion.PUSH_IN),
        ("the camera pushes in on her face", Motion.PUSH_IN),
        ("Dolly in through the door", Motion.PUSH_IN),
        ("zooming in on the clock", Motion.PUSH_IN),
        ("the camera pulls back to show the hall", Motion.PULL_OUT),
        ("slow zoom out", Motion.PULL_OUT),
        ("she smiles. Slow pan right.", Motion.PAN_RIGHT),
        ("the camera pans slowly to the left", Motion.PAN_LEFT),
        ("panning left across the shelves", Motion.PAN_LEFT),
        ("the camera tilts down to it", Motion.TILT_DOWN),
        ("tilting up the tower", Motion.TILT_UP),
        ("tracking left along the counter", Motion.TRACK_LEFT),
        ("a long tracking shot", Motion.TRACK_RIGHT),
        ("crane up over the roofs", Motion.CRANE_UP),
        ("the camera orbits around her", Motion.ORBIT),
        ("hand-held, nervous", Motion.HANDHELD),
        ("Handheld: a street", Motion.HANDHELD),
        ("locked-off wide shot", Motion.STATIC),
        ("a pan of frying eggs", Motion.PAN_RIGHT),
        ("a company logo on a panel", Motion.DRIFT),
        ("she turns left and walks right", Motion.DRIFT),
        ("镜头缓慢推近", Motion.PUSH_IN),
        ("镜头向左摇", Motion.PAN_LEFT),
        ("", Motion.DRIFT),
    ],
)
def test_words_of_a_prompt_become_a_move(prompt: str, motion: Motion) -> None:
    assert camera_of(prompt).motion is motion


def test_slow_and_fast_change_how_far_it_goes() -> None:
    reaches = [camera_of(f"{word} push in").reach for word in ("slow", "", "fast")]
    assert reaches == sorted(reaches)
    assert len(set(reaches)) == 3


CAMERAS = st.builds(Camera, st.sampled_from(Motion), st.sampled_from([0.5, 0.7, 1.0, 1.5]))


@given(CAMERAS, st.floats(0, 1))
def test_a_view_never_leaves_the_picture(camera: Camera, part: float) -> None:
    seen = view(camera, part)
    left, top, right, bottom = seen.box(1000, 500)
    assert 0 <= left < right <= 1000
    assert 0 <= top < bottom <= 500
    assert seen.width >= 0.7


@given(CAMERAS)
def test_a_move_has_no_jumps(camera: Camera) -> None:
    places = np.array(
        [[one.x, one.y, one.width] for one in (view(camera, n / 95) for n in range(96))]
    )
    assert np.abs(np.diff(places, axis=0)).max() < 0.008
    assert np.abs(np.diff(places, 2, axis=0)).max() < 0.002


@pytest.mark.parametrize(
    ("motion", "across", "down", "width"),
    [
        (Motion.PUSH_IN, 0, 0, -1),
        (Motion.PULL_OUT, 0, 0, 1),
        (Motion.PAN_LEFT, -1, 0, 0),
        (Motion.TRACK_RIGHT, 1, 0, 0),
        (Motion.TILT_UP, 0, -1, 0),
        (Motion.CRANE_DOWN, 0, 1, -1),
        (Motion.STATIC, 0, 0, 0),
    ],
)
def test_a_move_goes_where_its_name_says(
    motion: Motion, across: int, down: int, width: int
) -> None:
    first, last = view(Camera(motion), 0), view(Camera(motion), 1)
    moved = (last.x - first.x, last.y - first.y, last.width - first.width)
    assert [np.sign(round(one, 9)) for one in moved] == [across, down, width]
