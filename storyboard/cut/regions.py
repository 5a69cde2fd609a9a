"""Pieces that overlap into neighbouring regions, each of one piece or of two that are mixed."""

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.cut.timeline import Piece, Timeline
from storyboard.model import TransitionKind


@dataclass(frozen=True, slots=True)
class Ground:
    """The plain colour that a film comes out of: black or white."""

    is_white: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Frames `start` to `stop` of the film: `piece`, mixed with `before` if there is one."""

    start: int
    stop: int
    piece: Piece
    before: Piece | Ground | None

    @property
    def kind(self) -> TransitionKind:
        """How `piece` comes in. Out of a plain colour it comes all the way, not half of it."""
        if isinstance(self.before, Ground):
            return TransitionKind.CROSSFADE
        return self.piece.transition.kind


def regions(timeline: Timeline) -> Iterator[Region]:
    """Go through a film's regions in order; none is empty."""
    pieces = timeline.pieces
    for n, piece in enumerate(pieces):
        solo = piece.start + piece.overlap
        stop = pieces[n + 1].start if n + 1 < len(pieces) else piece.start + piece.frames
        if piece.overlap:
            yield Region(piece.start, solo, piece, pieces[n - 1] if n else _ground(piece))
        if stop > solo:
            yield Region(solo, stop, piece, None)


def _ground(piece: Piece) -> Ground:
    return Ground(piece.transition.kind is TransitionKind.FADE_WHITE)
