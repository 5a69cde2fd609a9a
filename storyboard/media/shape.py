"""Frames of any size, pixel form and colour into frames of the film's shape."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame

from storyboard.media import hdr
from storyboard.media.coded import Coding
from storyboard.model import Box, Fit, Focus, Size

Step: TypeAlias = tuple[str, str]
"""A filter and its arguments."""

_SAME_RATIO = Fraction(1, 50)
_TURNS: dict[int, tuple[Step, ...]] = {
    90: (("transpose", "cclock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "clock"),),
}
_SIDEWAYS = (90, 270)
_FLAGS = "flags=bicubic+accurate_rnd+full_chroma_int"
_HD_HEIGHT = 600
_BT709, _BT601 = 1, 5
_MATRICES = {_BT709: "bt709", _BT601: "bt601", 6: "bt601", 9: "bt2020"}
_MIDDLE = Focus(Decimal("0.5"), Decimal("0.5"))
BACKDROP, BACKDROP_BLUR = 8, 6
"""A backdrop is blurred so many times smaller than the film, by so many of its own pixels."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What frames are to become: a size, how to get there, what to keep in view, colour matrix."""

    size: Size
    fit: Fit
    focus: Focus | None
    matrix: int


def is_same_ratio(width: int, height: int, size: Size) -> bool:
    """Tell whether a picture counts as having the ratio of `size`.

    1916x1080 is 16:9: it gets no hair-thin bars.
    """
    ratio = Fraction(width, height) / Fraction(size.width, size.height)
    return abs(ratio - 1) <= _SAME_RATIO


def crop_box(width: int, height: int, pixel: Fraction, size: Size, focus: Focus | None) -> Box:
    """Return the largest part with the ratio of `size`, as near the focus as it can be.

    `pixel` is the width of a pixel to its height. The part's edges are even.
    """
    ratio = Fraction(size.width, size.height) / pixel
    if Fraction(width, height) > ratio:
        kept_width, kept_height = _even(height * ratio), height // 2 * 2
    else:
        kept_width, kept_height = width // 2 * 2, _even(width / ratio)
    focus = focus or _MIDDLE
    x = Fraction(focus.x + focus.width / 2) * width - Fraction(kept_width, 2)
    y = Fraction(focus.y + focus.height / 2) * height - Fraction(kept_height, 2)
    return Box(
        int(min(max(x, Fraction(0)), Fraction(width - kept_width))) // 2 * 2,
        int(min(max(y, Fraction(0)), Fraction(height - kept_height))) // 2 * 2,
        kept_width,
        kept_height,
    )


def fit_size(width: int, height: int, pixel: Fraction, size: Size) -> Size:
    """Return the size at which the whole of a picture stands inside `size`."""
    shown = width * pixel
    scale = min(size.width / shown, Fraction(size.height, height))
    return Size(_even(shown * scale), _even(height * scale))


def whole_size(width: int, height: int, wanted: Wanted) -> Size:
    """Return the size of a whole picture that is then cropped, or stands inside what is wanted."""
    size = wanted.size
    if wanted.fit not in {Fit.CROP, Fit.RENDER}:
        return fit_size(width, height, Fraction(1), size)
    scale = max(Fraction(size.width, width), Fraction(size.height, height))
    return Size(_even(width * scale), _even(height * scale))


class Shaper:
    """Brings the frames of one clip to what is wanted, one after the other.

    Recordings of screens and calls change their size on the way.
    """

    def __init__(self, coding: Coding, wanted: Wanted) -> None:
        self._coding = coding
        self._wanted = wanted
        self._graph: Graph | None = None

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        """Shape one frame. A frame that is right already is returned as it is."""
        self._coding, known = _as_it_comes(self._coding, frame), self._coding
        if self._coding != known:
            self._graph = None
        if is_shaped(self._coding, self._wanted):
            return frame
        if self._graph is None:
            self._graph = _wired(frame, self._coding, self._wanted)
        frame.pts = 0
        self._graph.vpush(frame)
        return self._graph.vpull()


def _as_it_comes(coding: Coding, frame: VideoFrame) -> Coding:
    form = (frame.width, frame.height, frame.format.name)
    if form == (coding.width, coding.height, coding.pix_fmt):
        return coding
    return replace(coding, width=form[0], height=form[1], pix_fmt=form[2])


def is_shaped(coding: Coding, wanted: Wanted) -> bool:
    """Tell whether frames coded like this are what is wanted."""
    return (
        (coding.width, coding.height) == (wanted.size.width, wanted.size.height)
        and coding.pix_fmt == "yuv420p"
        and coding.pixel == 1
        and not _turned(coding)
        and not is_hdr(coding)
        and matrix_name(coding) == _MATRICES.get(wanted.matrix, matrix_name(coding))
    )


def is_hdr(coding: Coding) -> bool:
    """Tell whether colours are of high dynamic range, which no film is made in."""
    return coding.color[1] in {hdr.PQ, hdr.HLG}


def upright(frame: VideoFrame, coding: Coding) -> VideoFrame:
    """Turn a frame the way it is shown, with square pixels."""
    if not _turned(coding) and coding.pixel == 1:
        return frame
    width, height, pixel = _lying(coding)
    steps = [
        *_turned(coding),
        ("scale", f"{round(width * pixel)}:{height}:{_FLAGS}"),
    ]
    graph = Graph()
    last = _chain(graph, [buffer(graph, frame), *_filters(graph, steps)])
    _finish(graph, last)
    frame.pts = 0
    graph.vpush(frame)
    return graph.vpull()


def matrix_name(coding: Coding) -> str:
    """Return ffmpeg's name of the colour matrix; what players assume where none is written."""
    known = _MATRICES.get(coding.color[2])
    return known or ("bt709" if coding.height >= _HD_HEIGHT else "bt601")


def film_matrix(said: int, size: Size) -> int:
    """Return the colour matrix to draw by: the one that is said, else what players assume."""
    if said in {5, 6}:
        return _BT601
    return said if said in _MATRICES else (_BT709 if size.height >= _HD_HEIGHT else _BT601)


def _even(value: Fraction) -> int:
    return max(2, round(value / 2) * 2)


def _turned(coding: Coding) -> tuple[Step, ...]:
    """Return what turns a frame the way it is shown; nothing where it stands so."""
    turns = _TURNS.get(coding.rotation, ())
    if not coding.mirrored:
        return turns
    return (*turns, ("hflip" if coding.rotation in _SIDEWAYS else "vflip", ""))


def _lying(coding: Coding) -> tuple[int, int, Fraction]:
    """Return width, height and pixel aspect after turning."""
    if coding.rotation in _SIDEWAYS:
        return coding.height, coding.width, 1 / coding.pixel
    return coding.width, coding.height, coding.pixel


def _wired(frame: VideoFrame, coding: Coding, wanted: Wanted) -> Graph:
    """Build the graph that brings frames coded like this to what is wanted."""
    size = wanted.size
    width, height, pixel = _lying(coding)
    box = crop_box(width, height, pixel, size, wanted.focus)
    crop = ("crop", f"{box.width}:{box.height}:{box.x}:{box.y}")
    inner = fit_size(width, height, pixel, size)
    x, y = (size.width - inner.width) // 4 * 2, (size.height - inner.height) // 4 * 2
    graph = Graph()
    source = _chain(graph, [buffer(graph, frame), *_filters(graph, _turned(coding))])
    scaled = partial(_scaled, graph, coding, wanted)
    if wanted.fit in {Fit.CROP, Fit.RENDER} or is_same_ratio(round(width * pixel), height, size):
        return _finish(graph, _chain(graph, [source, *_filters(graph, [crop]), *scaled(size)]))
    if wanted.fit is Fit.PAD:
        pad = ("pad", f"{size.width}:{size.height}:{x}:{y}:black")
        return _finish(graph, _chain(graph, [source, *scaled(inner), *_filters(graph, [pad])]))
    small = Size(*(_even(Fraction(one, BACKDROP)) for one in (size.width, size.height)))
    # Blurred by pixels, planes of half the size would lose twice as much of their colours.
    soft = [
        ("format", "yuv444p"),
        ("gblur", f"sigma={BACKDROP_BLUR}"),
        ("scale", f"{size.width}:{size.height}:{_FLAGS}"),
    ]
    split = graph.add("split", "2")
    source.link_to(split)
    planar = ("format", "yuv420p")
    back = [*_filters(graph, [crop]), *scaled(small), *_filters(graph, [*soft, planar])]
    front = [*scaled(inner), *_filters(graph, [planar])]
    over = graph.add("overlay", f"{x}:{y}:format=yuv420")
    split.link_to(back[0], 0, 0)
    split.link_to(front[0], 1, 0)
    _chain(graph, back).link_to(over, 0, 0)
    _chain(graph, front).link_to(over, 0, 1)
    return _finish(graph, over)


def _scaled(graph: Graph, coding: Coding, wanted: Wanted, size: Size) -> list[FilterContext]:
    """Scale to a size, and bring colours to the film's."""
    matrix = matrix_name(coding)
    scale = f"{size.width}:{size.height}:{_FLAGS}"
    into = f"out_range=tv:out_color_matrix={_MATRICES.get(wanted.matrix, matrix)}"
    if not is_hdr(coding):
        return _filters(graph, [("scale", f"{scale}:in_color_matrix={matrix}:{into}")])
    light = [("scale", f"{scale}:in_color_matrix={matrix}"), ("format", "gbrp12")]
    film = [("scale", f"{scale}:{into}"), ("format", "yuv420p")]
    return [
        *_filters(graph, light),
        hdr.add_to_film(graph, coding.color[1]),
        *_filters(graph, film),
    ]


def buffer(graph: Graph, frame: VideoFrame) -> FilterContext:
    """Add the door through which frames like this one come into a graph."""
    return graph.add(
        "buffer",
        f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/1000"
        f":pixel_aspect=1/1:colorspace={int(frame.colorspace)}:range={int(frame.color_range)}",
    )


def _filters(graph: Graph, steps: Iterable[Step]) -> list[FilterContext]:
    return [graph.add(name, arguments or None) for name, arguments in steps]


def _chain(graph: Graph, contexts: list[FilterContext]) -> FilterContext:
    graph.link_nodes(*contexts)
    return contexts[-1]


def _finish(graph: Graph, last: FilterContext) -> Graph:
    tail = _filters(graph, [("setsar", "1"), ("format", "yuv420p"), ("buffersink", "")])
    _chain(graph, [last, *tail])
    graph.configure()
    return graph
