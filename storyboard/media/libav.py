"""Turn what libav says of streams and frames into the program's own values.

PyAV 19 and newer return rates and time bases as `av.AVRational`, older releases as `Fraction` or
`None`. An `AVRational` has no `abs` and no `round`, the product of two is rounded to 32 bits, and
an unset one is a falsy 0/1. No other module reads one: what leaves this module is a `Fraction`, or
`None` for unset. What is written to libav needs no such care: all releases accept a `Fraction`.
"""

import struct
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, Protocol, cast

import av
from av.frame import Frame
from av.sidedata.sidedata import SideData, Type
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.model import FrameRate, Seconds

_LENIENT_FROM = 19
"""The first release of PyAV that reads tags in any encoding, and has no option for it."""

LENIENT: Final[dict[str, Any]] = (
    {}
    if int(av.__version__.partition(".")[0]) >= _LENIENT_FROM
    else {"metadata_errors": "surrogateescape"}
)
"""What `av.open` needs to be passed, so that tags that are not UTF-8 do not make it fail."""


class Ratio(Protocol):
    """A fraction of any release of PyAV; libav's own may have a denominator of 0."""

    @property
    def numerator(self) -> int:
        """What is divided."""

    @property
    def denominator(self) -> int:
        """What it is divided by."""


def exact(ratio: Ratio | None) -> Fraction | None:
    """Return a ratio as a fraction; None if libav left it unset, which is 0/1, 0/0 or N/0."""
    if ratio is None or not ratio.numerator or not ratio.denominator:
        return None
    return Fraction(ratio.numerator, ratio.denominator)


def tick(of: Stream | Frame) -> Seconds | None:
    """Return the length of one tick, the unit that stamps of a stream or frame count in."""
    return exact(of.time_base)


def average_rate(stream: VideoStream) -> FrameRate | None:
    """Return a stream's frames divided by its length."""
    return exact(stream.average_rate)


def guessed_rate(stream: VideoStream) -> FrameRate | None:
    """Return the rate that libav takes a stream's frames to be placed by."""
    return exact(stream.guessed_rate)


def pixel(stream: VideoStream) -> Fraction:
    """Return the width of a stored pixel to its height; 1 if the file does not say."""
    return exact(stream.sample_aspect_ratio) or Fraction(1)


def start(stream: Stream) -> Seconds | None:
    """Return the file's own time at which a stream starts."""
    return _seconds(stream.start_time, stream)


def length(stream: Stream) -> Seconds | None:
    """Return how long a stream is by its container's word; None if that is unset or 0."""
    return _seconds(stream.duration or None, stream)


def shown_at(frame: Frame) -> Seconds | None:
    """Return the file's own time at which a frame is shown or heard."""
    return _seconds(frame.pts, frame)


def is_mirrored(frame: VideoFrame) -> bool:
    """Tell whether a frame is shown as in a mirror: its matrix turns the other way around."""
    # By its key: iterating yields the data in PyAV 18 and older, the keys in newer ones.
    matrix = cast("Mapping[Type, SideData]", frame.side_data).get(Type.DISPLAYMATRIX)
    if matrix is None:
        return False
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(matrix))
    return bool(a * d - b * c < 0)


def _seconds(stamp: int | None, of: Stream | Frame) -> Seconds | None:
    base = tick(of)
    return None if stamp is None or base is None else stamp * base
