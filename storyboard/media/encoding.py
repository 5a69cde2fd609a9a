"""Frames into a file of H.264 whose packets may stand beside others'."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.model import FrameRate, Size

SOFTWARE = "libx264"
"""The encoder whose parameter sets can be numbered, so that they stand beside others'."""

_KEY_SECONDS = 4

_BITS_A_PIXEL = Fraction(15, 100)
"""What hardware encoders, which know no constant quality in common, are given to spend."""

_LOOKAHEAD = 6
"""Frames held back to share out bits. Each is 7 MB at 1080p for every stretch being encoded. Fewer
of them raise what a `crf` comes out as, nothing else: at 6 frames 14 gives the bytes and the
likeness that 18 gives at x264's own 40."""

_BY_LIKENESS = {"rc-lookahead": _LOOKAHEAD, "b-adapt": 0}

_STEADY = {"rc-lookahead": 0, "weightp": 0, "mbtree": 0, "bframes": 3, "b-adapt": 0}
"""With one quantizer for all frames nothing is to be learnt from those to come: they are not scaled
down and compared first, which takes as long as x264's fastest preset needs to encode them. Three
frames of four that none, or only one, is predicted from take a third off its size, and no time."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to encode. `color` is primaries, transfer, matrix and range as H.273 numbers them.

    `sets` is the number of the parameter sets, and `qp` the quantizer of all frames if it is not to
    follow from `crf`; both only count for `libx264`.
    """

    size: Size
    fps: FrameRate
    encoder: str
    preset: str
    crf: int
    sets: int
    color: tuple[int, int, int, int]
    qp: int | None = None


def encode(frames: Iterable[VideoFrame], how: Encoding, out: Path) -> int:
    """Encode frames on one thread and return how many there were.

    One thread, so that the bytes do not depend on the machine's cores: many stretches are encoded
    beside each other instead. Frames are consumed one at a time.
    """
    with av.open(str(out), "w", format="mp4", container_options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream(how.encoder, rate=how.fps, options=_options(how))
        if not isinstance(stream, VideoStream):
            raise TypeError(f"{how.encoder} encodes no pictures")
        stream.width, stream.height, stream.pix_fmt = how.size.width, how.size.height, "yuv420p"
        context = stream.codec_context
        context.time_base = 1 / Fraction(how.fps)
        context.thread_count = 1
        (
            context.color_primaries,
            context.color_trc,
            context.colorspace,
            context.color_range,
        ) = how.color
        count, tick = 0, 1 / Fraction(how.fps)
        for frame in frames:
            frame.pts, frame.time_base = count, tick
            frame.pict_type = 0  # what the source's encoder chose means nothing to this one
            count += 1
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return count


def _options(how: Encoding) -> dict[str, str]:
    if how.encoder != SOFTWARE:
        bits = how.size.width * how.size.height * how.fps * _BITS_A_PIXEL
        return {"bf": "0", "b": str(round(bits))}
    key = round(how.fps * _KEY_SECONDS)
    parameters = {
        "sps-id": how.sets,
        "keyint": key,
        "min-keyint": key,
        "scenecut": 0,
        "open-gop": 0,
        "stitchable": 1,
        **(
            {"rc-lookahead": _LOOKAHEAD, "b-adapt": 0}
            if how.qp is None
            else {"qp": how.qp, **_STEADY}
        ),
    }
    joined = ":".join(f"{name}={value}" for name, value in parameters.items())
    options = {"preset": how.preset, "profile": "high", "x264-params": joined}
    return options if how.qp is not None else {**options, "crf": str(how.crf)}


def encoders() -> tuple[str, ...]:
    """Name the H.264 encoders that this build knows, software first; hardware may still lack."""
    known = sorted(one for one in av.codecs_available if one.startswith("h264_"))
    return (SOFTWARE, *(one for one in known if _encodes(one)))


def works(encoder: str) -> bool:
    """Tell whether this machine can encode with it: builds know encoders for any hardware."""
    context = av.CodecContext.create(encoder, "w")
    if not isinstance(context, VideoCodecContext):
        return False
    context.width, context.height, context.pix_fmt = 320, 240, "yuv420p"
    context.time_base = Fraction(1, 25)
    try:
        context.open()
    except av.FFmpegError:
        return False
    return True


def _encodes(name: str) -> bool:
    try:
        return av.Codec(name, "w").is_encoder
    except ValueError:
        return False
