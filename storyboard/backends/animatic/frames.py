"""Draw the frames of an animatic clip: a picture for each card, and a camera that moves over it."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import groupby

from storyboard.backends.animatic.camera import Motion, view
from storyboard.backends.animatic.clip import AnimaticClip, Card
from storyboard.backends.animatic.scene import scene_picture
from storyboard.media import Frame, Moved, View, picture_planes
from storyboard.model import Size, frame_at

_WHOLE = View(0.5, 0.5, 1.0)


def frames(clip: AnimaticClip, places: Sequence[int], size: Size, matrix: int) -> Iterator[Frame]:
    """Yield the clip's frames at some places, at a size of its ratio; an equal one is the same."""
    spans = card_spans(clip)
    frame: Frame | None = None
    before: View | None = None
    for (card, span), found in groupby(places, key=lambda one: _at(spans, one)):
        moved, before = _moved(card, size, matrix), None
        for place in found:
            part = Fraction(place - span.start, max(1, len(span) - 1))
            seen = _WHOLE if card.camera.motion is Motion.STATIC else view(card.camera, float(part))
            if frame is None or seen != before:
                frame, before = moved.frame(seen), seen
            yield frame


Span = tuple[Card, range]
"""A card, and the frames of its clip that show it."""


def card_spans(clip: AnimaticClip) -> tuple[Span, ...]:
    """Return each card with its frames; the last one has all that are left."""
    starts = [frame_at(card.start, clip.fps) for card in clip.cards]
    ends = [*starts[1:], clip.frames]
    return tuple(
        (card, range(start, end)) for card, start, end in zip(clip.cards, starts, ends, strict=True)
    )


def _at(spans: Sequence[Span], place: int) -> Span:
    return next((one for one in reversed(spans) if one[1].start <= place), spans[0])


@lru_cache(maxsize=12)
def _moved(card: Card, size: Size, matrix: int) -> Moved:
    """Draw a card's picture, once for all stretches that show it."""
    return Moved(picture_planes(scene_picture(card, size), matrix), size)
