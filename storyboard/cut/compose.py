"""Any stretch of a timeline into its frames, each made once and in order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from pathlib import Path
from typing import assert_never

from storyboard.cut.drawing import Drawer
from storyboard.cut.mixing import mix
from storyboard.cut.overlay import Overlay, Scale
from storyboard.cut.regions import Ground, Region, regions
from storyboard.cut.slate import slate_picture
from storyboard.cut.still import open_still, preview_frames, still_frames
from storyboard.cut.timeline import (
    ClipSource,
    DrawnSource,
    Piece,
    SlateSource,
    StillSource,
    Timeline,
)
from storyboard.media import (
    BLACK,
    WHITE,
    Frame,
    PacketIndex,
    Shaper,
    Wanted,
    decode_whole,
    frame_of_rgb,
    plain,
)
from storyboard.model import ShotName, Size


@dataclass(frozen=True, slots=True)
class Scenery:
    """All that frames are made from: the timeline, its clips' indexes, what lies over the picture.

    `matrix` is the film's colour matrix as H.273 numbers it.
    """

    timeline: Timeline
    indexes: Mapping[Path, PacketIndex]
    overlays: Sequence[Overlay]
    matrix: int

    @property
    def size(self) -> Size:
        """The size that the film's picture is composed in: its own, or that of its place on a page.

        A preview is not drawn larger than it is seen.
        """
        pages = self.timeline.pages
        return pages.picture if pages else self.timeline.shape.size


def compose(scenery: Scenery, start: int, stop: int) -> Iterator[Frame]:
    """Make the frames `start` to `stop` of the film.

    A piece is opened once, however many of the regions it is shown in.
    """
    running: dict[tuple[ShotName, ...], Iterator[Frame]] = {}
    near = [one for one in scenery.overlays if one.start < stop and one.end > start]
    pages = scenery.timeline.pages
    draw = Drawer(near, scenery.matrix, Scale(scenery.timeline.shape.size, scenery.size))
    at = start
    for region in regions(scenery.timeline):
        if region.stop <= start or region.start >= stop:
            continue
        until = min(region.stop, stop)
        for frame in _region(scenery, region, running, (at, until), stop):
            drawn = draw(frame, at)
            yield pages.page(drawn, at, scenery.matrix) if pages else drawn
            at += 1


def _region(
    scenery: Scenery,
    region: Region,
    running: dict[tuple[ShotName, ...], Iterator[Frame]],
    span: tuple[int, int],
    stop: int,
) -> Iterator[Frame]:
    after = _opened(scenery, region.piece, running, span[0], stop)
    before: Iterator[Frame]
    if region.before is None:
        for _ in range(*span):
            yield next(after)
        return
    if isinstance(region.before, Ground):
        level = WHITE if region.before.is_white else BLACK
        before = repeat(plain(scenery.size, level))
    else:
        before = _opened(scenery, region.before, running, span[0], stop)
    for at in range(*span):
        yield mix(region.kind, next(before), next(after), at - region.start, region.piece.overlap)


def _opened(
    scenery: Scenery,
    piece: Piece,
    running: dict[tuple[ShotName, ...], Iterator[Frame]],
    at: int,
    stop: int,
) -> Iterator[Frame]:
    if piece.shots not in running:
        end = min(stop, piece.start + piece.frames)
        running[piece.shots] = piece_frames(scenery, piece, at - piece.start, end - piece.start)
    return running[piece.shots]


def piece_frames(scenery: Scenery, piece: Piece, first: int, end: int) -> Iterator[Frame]:
    """Make the frames `first` to `end` of one piece, in the film's shape."""
    source, wanted = piece.source, _wanted(scenery, piece)
    match source:
        case ClipSource():
            yield from _clip_frames(scenery, piece, source, range(first, end))
        case DrawnSource():
            places = source.places(range(first, end), scenery.timeline.shape.fps)
            yield from source.clip.drawing.frames(places, wanted)
        case StillSource():
            draw = preview_frames if scenery.timeline.pages else still_frames
            still = open_still(source.path, source.move, piece.frames, wanted)
            yield from draw(still, range(first, end), scenery.matrix)
        case SlateSource():
            film, size = scenery.timeline.shape.size, scenery.size
            picture = slate_picture(source.heading, source.reason, film, size)
            yield from repeat(frame_of_rgb(picture, scenery.matrix), end - first)
        case _:
            assert_never(source)


def _wanted(scenery: Scenery, piece: Piece) -> Wanted:
    timeline = scenery.timeline
    return Wanted(scenery.size, timeline.fit, piece.focus, scenery.matrix)


def _clip_frames(
    scenery: Scenery, piece: Piece, source: ClipSource, wanted: range
) -> Iterator[Frame]:
    """Show for each frame the clip's frame at its middle: some twice or never, as rates differ."""
    index = scenery.indexes[source.path]
    shape = scenery.timeline.shape
    half = Fraction(1, 2)
    places = [index.frame_at(source.start + (n + half) / shape.fps) for n in wanted]
    shaper = Shaper(index.coding, _wanted(scenery, piece))
    decoded = decode_whole(index, places[0], places[-1] + 1)
    at = places[0] - 1
    frame: Frame | None = None
    for place in places:
        skipped = place - at
        for n in range(skipped):
            raw = next(decoded)
            at += 1
            # Only what is shown is shaped.
            frame = shaper(raw) if n == skipped - 1 else frame
        if frame is not None:
            yield frame
