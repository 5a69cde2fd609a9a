"""Frames of 8-bit 4:2:0 as planes of numbers: out of the decoder, drawn on, into the encoder."""

from typing import TypeAlias

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from storyboard.model import Size

Samples: TypeAlias = NDArray[np.uint8]
"""Rows and columns of one plane."""

Planes: TypeAlias = tuple[Samples, Samples, Samples]
"""Luma, and two planes of colour of half its width and height."""

Frame: TypeAlias = VideoFrame
"""A frame in yuv420p, limited range."""

BLACK = 16
WHITE = 235
_GREY = 128
_FORMAT = "yuv420p"
_LIMITED = 1


def planes(frame: Frame) -> Planes:
    """Look at a frame's planes. They may be written to only if the frame was made writable."""
    half = (frame.width + 1) // 2
    y, u, v = (
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        for plane in frame.planes
    )
    rows = (frame.height + 1) // 2
    return y[: frame.height, : frame.width], u[:rows, :half], v[:rows, :half]


def blank(size: Size) -> Frame:
    """Return a frame to be filled."""
    return VideoFrame(size.width, size.height, _FORMAT)


def copy(frame: Frame) -> Frame:
    """Return a frame that shows the same and may be drawn on."""
    made = blank(Size(frame.width, frame.height))
    for into, plane in zip(planes(made), planes(frame), strict=True):
        into[:] = plane
    return made


def part(frame: Frame, x: int, y: int, size: Size) -> Frame:
    """Return a frame that shows a part of another, whose corner is at even `x` and `y`."""
    made = blank(size)
    for n, (into, plane) in enumerate(zip(planes(made), planes(frame), strict=True)):
        left, top = (x // 2, y // 2) if n else (x, y)
        rows, columns = into.shape
        into[:] = plane[top : top + rows, left : left + columns]
    return made


def plain(size: Size, level: int) -> Frame:
    """Return a frame of one grey: `BLACK`, `WHITE`, or between them."""
    frame = blank(size)
    for plane, value in zip(planes(frame), (level, _GREY, _GREY), strict=True):
        plane[:] = value
    return frame


def frame_of_rgb(picture: Samples, matrix: int) -> Frame:
    """Turn rows of red, green, blue into a frame by a colour matrix as H.273 numbers it."""
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    return frame.reformat(format=_FORMAT, dst_colorspace=matrix, dst_color_range=_LIMITED)
