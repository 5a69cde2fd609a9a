"""A stretch that is encoded into the digest of all that its frames depend on."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import av

from storyboard.cut.compose import Scenery
from storyboard.cut.cut_plan import CutPlan, Encoded, Entered, Made
from storyboard.cut.overlay import Overlay
from storyboard.cut.regions import Ground, Region, regions
from storyboard.cut.timeline import ClipSource, DrawnSource, Piece, SlateSource, StillSource
from storyboard.file_stamp import FileStamp, file_stamp

_EDITION = 13
"""Raised when the same stretch would be drawn or encoded otherwise than before."""

_MOST_FILES = 1024
"""Files whose digests are known from one film to the next."""

_LIBRARIES = ("libavcodec", "libavfilter", "libswscale")


_ENTERING_EDITION = 2
"""Raised when the same entry would be made otherwise than before."""


class FileDigests:
    """Digests of files by content, each read once, and not again as long as it stays as it is."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def of(self, path: Path) -> str:
        """Return a file's SHA-256."""
        if path not in self._known:
            self._known[path] = _digest(path, file_stamp(path))
        return self._known[path]


@lru_cache(maxsize=_MOST_FILES)
def _digest(path: Path, stamp: FileStamp) -> str:  # noqa: ARG001 - part of the key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def recipe(scenery: Scenery, plan: CutPlan, stretch: Made, files: FileDigests) -> str:
    """Return a digest that two stretches share only if their frames are the same.

    Where the stretch stands in the film is not in it: what moves is not encoded again.
    """
    match stretch:
        case Entered():
            parts = _entry(plan, stretch, files)
        case Encoded():
            parts = _frames(scenery, plan, stretch, files)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _versions() -> list[tuple[int, int, int] | None]:
    versions: Mapping[str, tuple[int, int, int]] = av.library_versions
    return [versions.get(one) for one in _LIBRARIES]


def _entry(plan: CutPlan, stretch: Entered, files: FileDigests) -> list[str]:
    """Say which clip is entered, where, and how its frames are numbered and encoded."""
    how = (plan.encoding, plan.entering, _versions())
    return ["entered", repr((_ENTERING_EDITION, how, stretch.entries, files.of(stretch.path)))]


def _frames(scenery: Scenery, plan: CutPlan, stretch: Encoded, files: FileDigests) -> list[str]:
    parts = [repr((_EDITION, plan.encoding, stretch.frames, _versions()))]
    parts.append(repr((scenery.timeline.fit, scenery.matrix)))
    for region in regions(scenery.timeline):
        if region.start < stretch.stop and region.stop > stretch.start:
            parts.extend(_region(scenery, region, stretch, files))
    parts.extend(
        _overlay(one, stretch)
        for one in scenery.overlays
        if one.start < stretch.stop and one.end > stretch.start
    )
    if pages := scenery.timeline.pages:
        parts.append(pages.recipe(stretch.start, stretch.stop))
    return parts


def _region(
    scenery: Scenery, region: Region, stretch: Encoded, files: FileDigests
) -> Iterator[str]:
    until = min(region.stop, stretch.stop)
    yield repr((max(0, region.start - stretch.start), until - stretch.start))
    first = max(region.start, stretch.start)
    yield _piece(scenery, region.piece, (first, until), files)
    if region.before is not None:
        yield repr((region.kind.value, first - region.start, region.piece.overlap))
        if isinstance(region.before, Ground):
            yield repr(region.before)
        else:
            yield _piece(scenery, region.before, (first, until), files)


def _piece(scenery: Scenery, piece: Piece, span: tuple[int, int], files: FileDigests) -> str:
    n = span[0] - piece.start
    match piece.source:
        case DrawnSource() as source:
            places = source.places(range(n, span[1] - piece.start), scenery.timeline.shape.fps)
            drawn = source.clip.drawing.recipe(places[0], places[-1] + 1)
            return repr(("drawn", drawn, [one - places[0] for one in places], piece.focus))
        case ClipSource(path=path, start=start):
            shown = start + n / scenery.timeline.shape.fps
            return repr(("clip", files.of(path), shown, piece.focus))
        case StillSource(path=path, move=move):
            return repr(("still", files.of(path), move.value, n, piece.frames, piece.focus))
        case SlateSource() as slate:
            return repr(slate)


def _overlay(overlay: Overlay, stretch: Encoded) -> str:
    first, last = max(overlay.start, stretch.start), min(overlay.end, stretch.stop)
    strengths = overlay.strengths[first - overlay.start : last - overlay.start]
    picture = hashlib.sha256(overlay.packed.data).hexdigest()
    place = (overlay.x, overlay.y, overlay.width, overlay.height, first - stretch.start)
    return repr((place, strengths, picture))
