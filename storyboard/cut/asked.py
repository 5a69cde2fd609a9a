"""A timeline into what it asks for that would otherwise look like a mistake."""

from dataclasses import dataclass
from fractions import Fraction

from storyboard.cut.regions import Region, regions
from storyboard.cut.timeline import ClipSource, Piece, SlateSource, StillSource, Timeline
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

    A slate and a picture that is not moved stand still; a shot without sound, where no music or
    voice-over lies under it, is silent; a fade passes through black.
    """
    fps = timeline.shape.fps
    black: list[Span] = []
    still: list[Span] = []
    silent: list[Span] = []
    covered = [Span(one.at, one.at + one.duration) for one in timeline.music + timeline.voiceover]
    for region in regions(timeline):
        span = Span(Fraction(region.start) / fps, Fraction(region.stop) / fps)
        if region.piece.transition.kind is TransitionKind.FADE_BLACK and region.before:
            black.append(span)
        if _stands_still(region, fps):
            still.append(span)
        if _is_mute(region) and not any(span.overlaps(one) for one in covered):
            silent.append(span)
    return Asked(tuple(black), tuple(still), tuple(silent))


def _stands_still(region: Region, fps: Fraction) -> bool:
    match region.piece.source:
        case StillSource(move=move):
            return move is Move.NONE
        case SlateSource():
            return True
        case ClipSource(start=start, facts=facts):
            # A clip that ends before its piece shows its last frame until then.
            return start + region.piece.frames / fps > facts.duration + 1 / fps


def _is_mute(region: Region) -> bool:
    pieces = [region.piece, *([region.before] if isinstance(region.before, Piece) else [])]
    return not any(
        isinstance(one.source, ClipSource) and one.source.facts.audio_codec for one in pieces
    )
