"""Small clips coded in many ways, and frames made again that are exact to the bit."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from storyboard.media.coded import PacketIndex
from storyboard.media.decoding import decode
from storyboard.media.h264.coded_pictures import CodedGroup, read_group
from storyboard.media.libav import tick
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

FPS = Fraction(24)
SIZE = Size(256, 108)
"""108 rows are coded as 112: motion may point into the rim. At widths that are no multiple of 128
x264 reads memory that it never wrote, and codes a clip otherwise from time to time."""
Clips = Callable[[str], PacketIndex]
"""Gives the clip coded in a way, by the way's name."""

NUMBER = 7
"""The id of the set of frames made again."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to code a clip: x264's parameters and what else it is given."""

    parameters: str = ""
    preset: str = "medium"
    profile: str = "high"
    threads: int = 1


WAYS = {
    "medium": Way(),
    "veryfast": Way(preset="veryfast"),
    "slow-ref5": Way("ref=5", preset="slow"),
    "slower": Way(preset="slower"),
    "ref8-b8": Way("ref=8:bframes=8"),
    "b8-forced": Way("bframes=8:b-adapt=0"),
    "ref16": Way("ref=16:bframes=3"),
    "pyramid-strict": Way("bframes=5:b-adapt=0:b-pyramid=strict"),
    "pyramid-none": Way("bframes=3:b-pyramid=none"),
    "weightp2": Way("weightp=2:ref=4"),
    "weightp1": Way("weightp=1"),
    "weightb0": Way("weightb=0:bframes=4:b-adapt=0"),
    "direct-temporal": Way("direct=temporal:bframes=4:b-adapt=0"),
    "direct-auto": Way("direct=auto:bframes=4"),
    "all-p": Way("bframes=0:ref=1"),
    "all-p-ref4": Way("bframes=0:ref=4"),
    "cavlc": Way("cabac=0"),
    "cavlc-b": Way("cabac=0:bframes=5:b-adapt=0:ref=4"),
    "main": Way(profile="main"),
    "baseline": Way(profile="baseline"),
    "baseline-ref5": Way("ref=5", profile="baseline"),
    "slices": Way("slices=4"),
    "sliced-threads": Way("sliced-threads=1", threads=2),
    "intra-refresh": Way("intra-refresh=1"),
    "open-gop": Way("open-gop=1:keyint=16:min-keyint=4"),
    "aud": Way("aud=1"),
    "cqm": Way("cqm=jvt"),
    "fine-qp": Way("qp=2"),
    "cavlc-fine-qp": Way("cabac=0:qp=1"),
}
"""Every way to code a clip that tests go through."""


def pictures(frames: int, size: Size) -> list[NDArray[np.uint8]]:
    """Draw a texture that turns, comes nearer and fades, with grain: much of it is predicted."""
    rng = np.random.default_rng(5)
    texture = rng.integers(30, 226, (64, 64, 3)).astype(np.float32)
    y, x = np.mgrid[: size.height, : size.width].astype(np.float32)
    drawn: list[NDArray[np.uint8]] = []
    for n in range(frames):
        angle, zoom = n * 0.02, 0.07 + 0.03 * np.cos(n / 40)
        cos, sin = np.cos(angle) * zoom, np.sin(angle) * zoom
        u = (x - 60) * cos - (y - 50) * sin + n * 0.4 + 640
        v = (x - 60) * sin + (y - 50) * cos + 640
        u0, v0 = u.astype(int), v.astype(int)
        fu, fv = (u - u0)[..., None], (v - v0)[..., None]
        at = [texture[(v0 + j) % 64, (u0 + i) % 64] for j in (0, 1) for i in (0, 1)]
        mixed = (at[0] * (1 - fu) + at[1] * fu) * (1 - fv) + (at[2] * (1 - fu) + at[3] * fu) * fv
        grain = rng.normal(0, 2, mixed.shape)
        light = 0.85 + 0.15 * np.sin(n / 9)
        drawn.append((mixed * light + grain).clip(0, 255).astype(np.uint8))
    return drawn


def coded(path: Path, way: Way, frames: int = 60, size: Size = SIZE) -> Path:
    """Encode a clip of one group."""
    drawn = (VideoFrame.from_ndarray(one, format="rgb24") for one in pictures(frames, size))
    return encoded_as(path, way, drawn, size)


def encoded_as(path: Path, way: Way, frames: Iterable[VideoFrame], size: Size) -> Path:
    """Encode frames into a clip of one group."""
    with av.open(str(path), "w", format="mp4") as out:
        options = {"preset": way.preset, "crf": "20", "profile": way.profile}
        parameters = ("keyint=infinite:scenecut=0", way.parameters)
        options["x264-params"] = ":".join(filter(None, parameters))
        stream = out.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
        stream.codec_context.thread_count = way.threads
        for frame in frames:
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def packets_of(index: PacketIndex) -> list[bytes]:
    """Read every packet of a clip."""
    data = index.path.read_bytes()
    return [data[one.position : one.position + one.size] for one in index.packets]


def group_of(index: PacketIndex) -> CodedGroup:
    """Read a clip of one group."""
    assert index.coding.sets is not None
    return read_group(packets_of(index), [one.shown for one in index.packets], index.coding.sets)


def planes_of(frame: VideoFrame) -> bytes:
    """Return all that is seen of a frame."""
    return frame.to_ndarray(format="yuv420p").tobytes()


def seen(index: PacketIndex) -> list[bytes]:
    """Decode all frames of a clip."""
    return [planes_of(one) for one in decode(index, 0, index.frames)]


def likeness(one: bytes, other: bytes, size: Size = SIZE) -> float:
    """Return the PSNR of two frames' luma in dB, 99 if they are equal."""
    pixels = size.width * size.height
    a, b = (np.frombuffer(data, np.uint8)[:pixels].astype(float) for data in (one, other))
    error = float(((a - b) ** 2).mean())
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def structure(one: bytes, other: bytes, size: Size = SIZE) -> float:
    """Return the SSIM of two frames' luma, over blocks of 8 by 8 that touch."""
    rows, columns = size.height // 8, size.width // 8
    a, b = (
        np.frombuffer(data, np.uint8)[: size.width * size.height]
        .reshape(size.height, size.width)[: rows * 8, : columns * 8]
        .reshape(rows, 8, columns, 8)
        .astype(float)
        for data in (one, other)
    )
    within = (1, 3)
    means, others = a.mean(within), b.mean(within)
    shared = (a * b).mean(within) - means * others
    first, second = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * means * others + first) * (2 * shared + second)
    spread = a.var(within) + b.var(within)
    return float((top / ((means**2 + others**2 + first) * (spread + second))).mean())


def with_sets_inside(clip: Path, out: Path) -> Path:
    """Copy a clip, its IDR pictures carrying its parameter sets as well."""
    sets = index(clip).coding.sets
    assert sets is not None
    inside = b"".join(len(one).to_bytes(4, "big") + one for one in (*sets.sps, *sets.pps))
    with av.open(str(clip)) as source, av.open(str(out), "w") as file:
        stream = source.streams.video[0]
        copy = file.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is None:
                continue
            again = av.Packet(inside + bytes(packet) if packet.is_keyframe else bytes(packet))
            again.pts, again.dts, again.time_base = packet.pts, packet.dts, tick(stream)
            again.is_keyframe = packet.is_keyframe
            again.stream = copy
            file.mux(again)
    return out
