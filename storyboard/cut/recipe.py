"""A stretch that is encoded into the digest of all that its frames depend on."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import av

from storyboard.cut.compose import Scenery
from storyboard.cut.cut_plan import Encoded
from storyboard.cut.overlay import Overlay
from storyboard.cut.regions import Ground, Region, regions
from storyboard.cut.timeline import ClipSource, Piece, SlateSource, StillSource
from storyboard.media import Encoding

_EDITION = 11
"""Raised when the same stretch would be drawn or encoded otherwise than before."""

_LIBRARIES = ("libavcodec", "libavfilter", "libswscale")


class FileDigests:
    """Digests of files by content, each read once."""

    def __init__(self) -> None:
        self._known: dict[Path, str] = {}

    def of(self, path: Path) -> str:
        """Return a file's SHA-256."""
        if path not in self._known:
            with path.open("rb") as file:
                self._known[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._known[path]


def recipe(scenery: Scenery, stretch: Encoded, how: Encoding, files: FileDigests) -> str:
    """Return a digest that two stretches share only if their frames are the same.

    Where the stretch stands in the film is not in it: what moves is not encoded again.
    """
    versions: Mapping[str, tuple[int, int, int]] = av.library_versions
    parts = [repr((_EDITION, how, stretch.frames, [versions.get(one) for one in _LIBRARIES]))]
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
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _region(
    scenery: Scenery, region: Region, stretch: Encoded, files: FileDigests
) -> Iterator[str]:
    until = min(region.stop, stretch.stop)
    yield repr((max(0, region.start - stretch.start), until - stretch.start))
    first = max(region.start, stretch.start)
    yield _piece(scenery, region.piece, first, files)
    if region.before is not None:
        yield repr((region.kind.value, first - region.start, region.piece.overlap))
        if isinstance(region.before, Ground):
            yield repr(region.before)
        else:
            yield _piece(scenery, region.before, first, files)


def _piece(scenery: Scenery, piece: Piece, first: int, files: FileDigests) -> str:
    n = first - piece.start
    match piece.source:
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
