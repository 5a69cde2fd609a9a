"""Greys and white of high dynamic range stand in the film where they belong."""

from pathlib import Path

import av
import numpy as np
import pytest
from clips import luma

from storyboard.media.decoding import decode
from storyboard.media.hdr import HLG, PQ, to_film
from storyboard.media.packets import index
from storyboard.media.shape import Shaper, Wanted
from storyboard.model.storyboard import Fit, Size


def grey(signal: float, transfer: int) -> float:
    """Return the film's signal for a grey, which is one in all three colours."""
    shown = to_film(np.full((1, 3), signal), transfer)[0]
    assert np.ptp(shown) < 0.01
    return float(shown[1])


@pytest.mark.parametrize(
    ("hlg", "pq", "film"), [(0.0, 0.0, 0.0), (0.38, 0.38, 0.425), (0.75, 0.58, 0.945)]
)
def test_a_grey_card_and_paper_are_as_bright_as_in_films(
    hlg: float, pq: float, film: float
) -> None:
    """BT.2408 gives the signals of both, by either transfer."""
    assert abs(grey(hlg, HLG) - film) < 0.015
    assert abs(grey(pq, PQ) - film) < 0.015


@pytest.mark.parametrize("transfer", [HLG, PQ])
def test_what_is_brighter_than_white_keeps_its_order(transfer: int) -> None:
    ramp = [grey(signal, transfer) for signal in np.linspace(0, 0.75, 40)]
    assert ramp == sorted(ramp)
    assert ramp[-1] <= 1
    assert abs(grey(1.0, transfer) - 1) < 0.001


@pytest.mark.parametrize("fit", [Fit.CROP, Fit.PAD, Fit.BLUR])
def test_a_clip_in_hlg_is_brought_to_the_films_colours(tmp_path: Path, fit: Fit) -> None:
    with av.open(str(tmp_path / "a.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=24, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        context = stream.codec_context
        context.color_primaries, context.color_trc, context.colorspace = 9, HLG, 9
        frame = av.VideoFrame.from_ndarray(np.full((96, 128), 128, np.uint8), format="yuv420p")
        np.frombuffer(memoryview(frame.planes[0]), np.uint8)[:] = round(16 + 219 * 0.75)
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    found = index(tmp_path / "a.mp4")
    for size in (Size(128, 64), Size(64, 64)):
        shaped = Shaper(found.coding, Wanted(size, fit, None, 1))(next(decode(found, 0, 1)))
        middle = luma(shaped)[size.height // 2, size.width // 2]
        assert abs(int(middle) - 255 * 0.945) < 4
