"""A clip of two fields a frame into frames of one moment, by their place."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

import av
from av.filter import Graph
from av.video.frame import VideoFrame

from storyboard.media.coded import PacketIndex
from storyboard.media.decoding import decode
from storyboard.media.shape import buffer

Decode: TypeAlias = Callable[[PacketIndex, int, int], Iterator[VideoFrame]]
"""Gives the frames of a clip from one place up to another."""

_WHOLE = "mode=send_frame:parity=auto:deint=interlaced"


def decode_whole(
    index: PacketIndex, first: int, end: int, decoded: Decode = decode
) -> Iterator[VideoFrame]:
    """Decode the frames shown from place `first` up to `end`, as `decoded` does.

    Cameras that interlace film the odd rows of a frame later than the even ones: shown as they
    are, what moves has the teeth of a comb. The rows of one moment are made from their
    neighbours in place and time, so the frames before and after are decoded as well: a frame is
    the same wherever a stretch begins.
    """
    if not index.coding.interlaced:
        yield from decoded(index, first, end)
        return
    low, high = max(0, first - 1), min(index.frames, end + 1)
    made = _made(decoded(index, low, high))
    for place, frame in zip(range(low, end), made, strict=False):
        if place >= first:
            yield frame


def _made(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """Send frames through a filter that holds one back until it has seen the next."""
    graph: Graph | None = None
    for n, frame in enumerate(frames):
        graph = graph or _wired(frame)
        frame.pts = n
        graph.vpush(frame)
        yield from _pulled(graph)
    if graph is not None:
        graph.vpush(None)
        yield from _pulled(graph)


def _pulled(graph: Graph) -> Iterator[VideoFrame]:
    while True:
        try:
            yield graph.vpull()
        except (av.BlockingIOError, av.EOFError):
            return


def _wired(frame: VideoFrame) -> Graph:
    graph = Graph()
    graph.link_nodes(buffer(graph, frame), graph.add("bwdif", _WHOLE), graph.add("buffersink"))
    graph.configure()
    return graph
