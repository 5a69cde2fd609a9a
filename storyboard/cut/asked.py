"""A timeline into what it asks for that would otherwise look like a mistake."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from storyboard.cut.regions import Region, regions
from storyboard.cut.timeline import (
    ClipSource,
    DrawnSource,
    Piece,
    SlateSource,
    StillSource,
    Timeline,
)
from storyboard.model import Move, Seconds, TransitionKind


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` up to `end`, in seconds."""

    start: Seconds
    end: Seconds

    def overlaps(self, other: "Span") -> bool:
        """Tell whether they share any time."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Asked:
    """When the film is to be black, to stand still, and to have no sound."""

    black: tuple[Span, ...]
    still: tuple[Span, ...]
    silent: tuple[Span, ...]


def asked(timeline: Timeline) -> Asked:
    """Find what the timeline asks for.

    A slate and a picture that is not moved stand still; a shot without sound is silent where no
    music or voice-over lies under it; a fade passes through black. What is drawn for an animatic
    may stand still, be dark, and be heard only where it begins and somebody speaks.
    """
    fps = timeline.shape.fps
    black: list[Span] = []
    still: list[Span] = []
    silent: list[Span] = []
    covered = [Span(one.at, one.at + one.duration) for one in timeline.music + timeline.voiceover]
    for region in regions(timeline):
        span = Span(Fraction(region.start) / fps, Fraction(region.stop) / fps)
        is_drawn = _is_drawn(region)
        passes_black = region.piece.transition.kind is TransitionKind.FADE_BLACK and region.before
        if is_drawn or passes_black:
            black.append(span)
        if is_drawn or _stands_still(region, fps):
            still.append(span)
        if is_drawn or _is_mute(region):
            silent.extend(_without(span, covered))
    return Asked(tuple(black), tuple(still), tuple(silent))


def _without(span: Span, covered: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span where nothing else lies."""
    at = span.start
    for one in sorted(covered, key=lambda one: one.start):
        if at < min(one.start, span.end):
            yield Span(at, min(one.start, span.end))
        at = max(at, one.end)
    if at < span.end:
        yield Span(at, span.end)


def _is_drawn(region: Region) -> bool:
    """Tell whether a clip that is drawn is seen, alone or mixed with another picture."""
    pieces = (region.piece, region.before)
    return any(isinstance(one, Piece) and isinstance(one.source, DrawnSource) for one in pieces)


def _stands_still(region: Region, fps: Fraction) -> bool:
    match region.piece.source:
        case StillSource(move=move):
            return move is Move.NONE
        case SlateSource() | DrawnSource():
            return True
        case ClipSource(start=start, facts=facts):
            # A clip that ends before its piece shows its last frame until then.
            return start + region.piece.frames / fps > facts.duration + 1 / fps


def _is_mute(region: Region) -> bool:
    pieces = [region.piece, *([region.before] if isinstance(region.before, Piece) else [])]
    return not any(
        isinstance(one.source, ClipSource) and one.source.facts.audio_codec for one in pieces
    )
