"""The last frame before a moment, exactly."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import ClipRecipe, make_clip, read_number
from PIL import Image

from storyboard.media.frames import last_frame


def number_in(path: Path) -> int:
    with Image.open(path) as picture:
        return read_number(np.asarray(picture.convert("L")))


@pytest.mark.parametrize("gop", [12, 250])
@pytest.mark.parametrize("rate", ["24", "30000/1001"])
@pytest.mark.parametrize(("frame", "expected"), [(1, 0), (24, 23), (48, 47), (400, 47), (0, 0)])
def test_it_is_the_one_shown_last(
    tmp_path: Path, gop: int, rate: str, frame: int, expected: int
) -> None:
    clip = make_clip(tmp_path / "clip.mp4", ClipRecipe(gop=gop, fps=Fraction(rate)))
    last_frame(clip, frame / Fraction(rate), tmp_path / "frame.png")
    assert number_in(tmp_path / "frame.png") == expected


def test_a_moment_inside_a_frame_shows_that_frame(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", ClipRecipe())
    last_frame(clip, Fraction(21, 48), tmp_path / "frame.png")
    assert number_in(tmp_path / "frame.png") == 10


def test_the_same_clip_gives_the_same_bytes(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", ClipRecipe())
    for name in ("a.png", "b.png"):
        last_frame(clip, Fraction(1), tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
