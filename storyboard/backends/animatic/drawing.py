"""Draw an animatic clip as a film wants it: at its size, brought into its ratio, with its sound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyboard.backends.animatic.clip import EDITION, AnimaticClip
from storyboard.backends.animatic.frames import card_spans, frames
from storyboard.backends.animatic.sound import Samples, samples
from storyboard.media import Coding, Drawn, Frame, Shaper, Wanted, is_same_ratio, whole_size
from storyboard.model import ClipFacts


@dataclass(frozen=True, slots=True)
class AnimaticDrawing:
    """Draws a clip. `edition` tells drawings of equal clips apart that were drawn otherwise."""

    clip: AnimaticClip
    edition: int = EDITION

    def frames(self, places: Sequence[int], wanted: Wanted) -> Iterator[Frame]:
        """Yield the clip's frame at each place, as it is wanted; an equal one is the same."""
        size = self.clip.size
        if is_same_ratio(size.width, size.height, wanted.size):
            yield from frames(self.clip, places, wanted.size, wanted.matrix)
            return
        inner = whole_size(size.width, size.height, wanted)
        color = (wanted.matrix, wanted.matrix, wanted.matrix, 1)
        pixel = Fraction(1)
        coding = Coding("", inner.width, inner.height, "yuv420p", pixel, 0, False, color, None)  # noqa: FBT003
        shaper = Shaper(coding, wanted)
        drawn: Frame | None = None
        shaped: Frame | None = None
        for frame in frames(self.clip, places, inner, wanted.matrix):
            if shaped is None or frame is not drawn:
                drawn, shaped = frame, shaper(frame)
            yield shaped

    def samples(self) -> Samples:
        """Return the clip's sound, mono."""
        return samples(self.clip)

    def heard(self) -> str:
        """Return the lines that are hummed, and when."""
        lines = [(card.start, card.lines) for card in self.clip.cards]
        return repr((self.edition, self.clip.frames, self.clip.fps, lines))

    def recipe(self, first: int, end: int) -> str:
        """Return the cards that are seen, and where in them the stretch begins."""
        seen = [
            (card, span.start - first, len(span))
            for card, span in card_spans(self.clip)
            if span.start < end and span.stop > first
        ]
        return repr((self.edition, self.clip.size, seen))


def drawn(clip: AnimaticClip) -> Drawn:
    """Return a clip with the facts that a provider's file of it would have."""
    return Drawn(
        ClipFacts(
            container="mp4",
            width=clip.size.width,
            height=clip.size.height,
            fps=clip.fps,
            duration=Fraction(clip.frames) / clip.fps,
            video_codec="h264",
            audio_codec="aac",
        ),
        AnimaticDrawing(clip),
    )
