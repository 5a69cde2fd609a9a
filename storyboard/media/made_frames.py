"""Encode the frames of an entry that are made again: what later, copied pictures refer to."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from fractions import Fraction

import av
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from storyboard.media.avc import ParameterSets
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import (
    LENGTH_SIZE,
    CodedPicture,
    packed,
    read_picture,
    stream_sets,
)
from storyboard.media.h264.entered_packets import MadeFrames
from storyboard.media.h264.levels import most_bytes
from storyboard.media.h264.sequence_set import SequenceSet
from storyboard.model import FrameRate

_QP, _STEP, _WORST_QP = 8, 2, 26
"""Finer is wasted: most of the error comes from rounding in later predictions."""

_FIRST = 2
"""The first frame is so much coarser than the others, for it alone is near what a level allows."""

_UNREFERRED = 6
"""Frames that no copied one refers to are so much coarser: what they lack spoils no other. It saves
a fifth of a set. They still have 46 dB, more than copied frames that many predictions separate from
the set; 2 coarser yet, frames that are predicted from them lost 2 dB."""

_START = re.compile(b"\x00\x00+\x01")
_SPS, _PPS, _SEI, _TYPE = 7, 8, 6, 0x1F
_BASELINE, _HIGH = 66, 100
_PROFILES = {_BASELINE: "baseline", 77: "main", _HIGH: "high"}


def make_frames(
    frames: Sequence[VideoFrame], referred: AbstractSet[int], sequence: SequenceSet, fps: FrameRate
) -> MadeFrames:
    """Encode frames, the first by itself and each other one from the one before.

    `referred` counts the frames that copied pictures refer to, from 0 on: they are encoded finest.
    If a picture is larger than the level allows, all are encoded again, coarser. Raises `Refused`
    if that does not help.
    """
    most = most_bytes(sequence.level, fps)
    for qp in range(_QP, _WORST_QP + 1, _STEP):
        packets = _encoded(frames, sequence, fps, _quantizers(len(frames), referred, qp))
        if all(len(one) <= most for one in packets):
            return _read(packets)
    raise Refused("frames made again are larger than its level allows")


def _quantizers(count: int, referred: AbstractSet[int], qp: int) -> list[int]:
    each = [qp if n in referred else qp + _UNREFERRED for n in range(count)]
    return [max(each[0], qp + _FIRST), *each[1:]]


def _encoded(
    frames: Sequence[VideoFrame], sequence: SequenceSet, fps: FrameRate, quantizers: Sequence[int]
) -> list[bytes]:
    """Encode frames into packets of Annex B, the sets in the first."""
    context = av.CodecContext.create("libx264", "w")
    if not isinstance(context, VideoCodecContext):
        raise TypeError("libx264 encodes no pictures")
    context.width, context.height = sequence.coded_width, sequence.coded_height
    context.pix_fmt = "yuv420p"
    context.framerate, context.time_base = Fraction(fps), 1 / Fraction(fps)
    context.thread_count = 1
    context.options = _options(sequence, quantizers)
    packets: list[bytes] = []
    for n, frame in enumerate(frames):
        frame.pts, frame.time_base = n, 1 / Fraction(fps)
        frame.pict_type = 0  # what the source's encoder chose means nothing to this one
        packets.extend(bytes(one) for one in context.encode(frame))
    packets.extend(bytes(one) for one in context.encode(None))
    if len(packets) != len(frames):
        raise OSError(f"{len(packets)} frames came out of the encoder, not {len(frames)}")
    return packets


def _options(sequence: SequenceSet, quantizers: Sequence[int]) -> dict[str, str]:
    """Return settings by which frames are alike, and their sets do not depend on the quantizers."""
    parameters = {
        "zones": "/".join(f"{n},{n},q={one}" for n, one in enumerate(quantizers)),
        "qcomp": 1,  # else the first frame is not as fine as its zone says
        "ipratio": 1,
        "cabac": int(sequence.profile > _BASELINE),
        "bframes": 0,
        "ref": 1,
        "weightp": 0,
        "scenecut": 0,
        "keyint": "infinite",
        "rc-lookahead": 0,
        "mbtree": 0,
        "aq-mode": 0,
        "no-psy": 1,
        "8x8dct": int(sequence.profile >= _HIGH),
        "level": sequence.level,
        "stitchable": 1,
        "slices": 1,
        "sliced-threads": 0,
        "annexb": 1,
    }
    if sequence.profile not in _PROFILES:
        raise Refused("its profile is not one that can be entered")
    joined = ":".join(f"{name}={value}" for name, value in parameters.items())
    return {"preset": "veryfast", "profile": _PROFILES[sequence.profile], "x264-params": joined}


def _read(packets: Sequence[bytes]) -> MadeFrames:
    """Read what the encoder wrote, its sets apart from its pictures."""
    units = [[one for one in _START.split(packet) if one] for packet in packets]
    sps = tuple(one for one in units[0] if one[0] & _TYPE == _SPS)
    pps = tuple(one for one in units[0] if one[0] & _TYPE == _PPS)
    sets = stream_sets(ParameterSets(sps, pps, LENGTH_SIZE))
    if len(pps) != 1:
        raise Refused("the encoder wrote several picture parameter sets")
    pictures = [
        packed(one for one in parts if one[0] & _TYPE not in {_SPS, _PPS, _SEI}) for parts in units
    ]
    read = [read_picture(one, sets, frozenset()) for one in pictures]
    return MadeFrames(next(iter(sets.pictures.values())), tuple(map(_movable, read)))


def _movable(picture: CodedPicture) -> CodedPicture:
    """Let slices be moved bit by bit: x264 writes no raw samples unless `subme` is 6 or more."""
    return replace(picture, slices=tuple(replace(one, phase=None) for one in picture.slices))
