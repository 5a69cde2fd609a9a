"""Any stretch of a timeline into its frames, each made once and in order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
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
    ClipPasses,
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


def compose(
    scenery: Scenery, start: int, stop: int, passes: ClipPasses | None = None
) -> Iterator[Frame]:
    """Make the frames `start` to `stop` of the film.

    A piece is opened once, however many of the regions it is shown in. Clips are decoded by
    `passes`, which may go on where an earlier stretch stopped.
    """
    passes = passes or ClipPasses()
    running: dict[tuple[ShotName, ...], Iterator[Frame]] = {}
    near = [one for one in scenery.overlays if one.start < stop and one.end > start]
    pages = scenery.timeline.pages
    draw = Drawer(near, scenery.matrix, Scale(scenery.timeline.shape.size, scenery.size))
    at = start
    for region in regions(scenery.timeline):
        if region.stop <= start or region.start >= stop:
            continue
        until = min(region.stop, stop)
        opening = partial(_opened, scenery, passes, running, stop)
        for frame in _region(scenery, region, opening, (at, until)):
            drawn = draw(frame, at)
            yield pages.page(drawn, at, scenery.matrix) if pages else drawn
            at += 1


def _region(
    scenery: Scenery,
    region: Region,
    opened: Callable[[Piece, int], Iterator[Frame]],
    span: tuple[int, int],
) -> Iterator[Frame]:
    after = opened(region.piece, span[0])
    before: Iterator[Frame]
    if region.before is None:
        for _ in range(*span):
            yield next(after)
        return
    if isinstance(region.before, Ground):
        level = WHITE if region.before.is_white else BLACK
        before = repeat(plain(scenery.size, level))
    else:
        before = opened(region.before, span[0])
    for at in range(*span):
        yield mix(region.kind, next(before), next(after), at - region.start, region.piece.overlap)


def _opened(  # noqa: PLR0913, PLR0917 - the first four are of a stretch, the others of a piece
    scenery: Scenery,
    passes: ClipPasses,
    running: dict[tuple[ShotName, ...], Iterator[Frame]],
    stop: int,
    piece: Piece,
    at: int,
) -> Iterator[Frame]:
    if piece.shots not in running:
        end = min(stop, piece.start + piece.frames)
        wanted = range(at - piece.start, end - piece.start)
        running[piece.shots] = piece_frames(scenery, passes, piece, wanted)
    return running[piece.shots]


def piece_frames(
    scenery: Scenery, passes: ClipPasses, piece: Piece, span: range
) -> Iterator[Frame]:
    """Make the frames of `span` of one piece, in the film's shape."""
    source, wanted = piece.source, _wanted(scenery, piece)
    match source:
        case ClipSource():
            yield from _clip_frames(scenery, passes, piece, source, span)
        case DrawnSource():
            places = source.places(span, scenery.timeline.shape.fps)
            yield from source.clip.drawing.frames(places, wanted)
        case StillSource():
            draw = preview_frames if scenery.timeline.pages else still_frames
            still = open_still(source.path, source.move, piece.frames, wanted)
            yield from draw(still, span, scenery.matrix)
        case SlateSource():
            film, size = scenery.timeline.shape.size, scenery.size
            picture = slate_picture(source.heading, source.reason, film, size)
            yield from repeat(frame_of_rgb(picture, scenery.matrix), len(span))
        case _:
            assert_never(source)


def _wanted(scenery: Scenery, piece: Piece) -> Wanted:
    timeline = scenery.timeline
    return Wanted(scenery.size, timeline.fit, piece.focus, scenery.matrix)


def _clip_frames(
    scenery: Scenery, passes: ClipPasses, piece: Piece, source: ClipSource, wanted: range
) -> Iterator[Frame]:
    """Show for each frame the clip's frame at its middle: some twice or never, as rates differ."""
    index = scenery.indexes[source.path]
    shape = scenery.timeline.shape
    half = Fraction(1, 2)
    places = [index.frame_at(source.start + (n + half) / shape.fps) for n in wanted]
    shaper = Shaper(index.coding, _wanted(scenery, piece))
    decoded = decode_whole(index, places[0], places[-1] + 1, passes.frames)
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
