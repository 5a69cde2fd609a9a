"""What a camera filmed in two fields has no teeth, and each frame is the same from anywhere."""

from pathlib import Path

import av
import numpy as np
import pytest
from clips import ClipRecipe, Picture, luma, make_clip, read_number

from storyboard.media.decoding import decode
from storyboard.media.fields import decode_whole
from storyboard.media.packets import index

FRAMES = 12


def woven(n: int) -> Picture:
    """Draw an upright bar that has moved on where the second field was filmed, the upper one."""
    picture = np.full((96, 192, 3), 40, np.uint8)
    for field in (0, 1):
        left = 10 + (2 * n + 1 - field) * 6
        picture[field::2, left : left + 16] = 220
    return picture


@pytest.fixture(scope="module")
def interlaced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fields") / "a.mp4"
    options = {"preset": "veryfast", "flags": "+ilme+ildct"}  # lower field first
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options=options)
        stream.width, stream.height, stream.pix_fmt = 192, 96, "yuv420p"
        for n in range(FRAMES):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(woven(n), format="rgb24")))
        out.mux(stream.encode(None))
    return path


def teeth(picture: Picture) -> float:
    """Measure how unlike neighbouring rows are; an upright bar has none that differ."""
    return float(np.abs(np.diff(picture.astype(int), axis=0)).mean())


def test_a_frame_is_of_one_moment(interlaced: Path) -> None:
    found = index(interlaced)
    raw = [luma(frame) for frame in decode(found, 0, FRAMES)]
    whole = [luma(frame) for frame in decode_whole(found, 0, FRAMES)]
    assert len(whole) == FRAMES
    assert min(map(teeth, raw)) > 10
    assert max(map(teeth, whole)) < 1.5
    for n, picture in enumerate(whole):  # that of the first field
        lit = np.flatnonzero(picture[48] > 130)
        assert abs(lit.mean() - (10 + 12 * n + 7.5)) < 1


@pytest.mark.parametrize(("first", "end"), [(0, 1), (3, 7), (11, 12)])
def test_a_frame_is_the_same_wherever_a_stretch_begins(
    interlaced: Path, first: int, end: int
) -> None:
    found = index(interlaced)
    whole = [luma(frame) for frame in decode_whole(found, 0, FRAMES)]
    part = [luma(frame) for frame in decode_whole(found, first, end)]
    assert len(part) == end - first
    assert all(np.array_equal(a, b) for a, b in zip(part, whole[first:end], strict=True))


def test_what_is_not_interlaced_is_decoded_as_it_is(tmp_path: Path) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(gop=12)))
    read = [read_number(luma(frame)) for frame in decode_whole(found, 11, 30)]
    assert read == list(range(11, 30))
