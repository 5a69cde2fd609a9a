"""An animatic clip to its frames: a page drawn once a card, and in it a picture that moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from PIL import Image

from storyboard.backends.animatic.camera import Motion, view
from storyboard.backends.animatic.clip import AnimaticClip, Card
from storyboard.backends.animatic.colour import Colour, accent
from storyboard.backends.animatic.margin import clock_box, margin
from storyboard.backends.animatic.page import Box, Page, page_of
from storyboard.backends.animatic.scene import scene_picture
from storyboard.backends.animatic.ticker import Ticker
from storyboard.media.picture import View
from storyboard.media.yuv import Frame, Planes, blank, frame_of_rgb, planes
from storyboard.model.time import frame_at

BT709 = 1


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A card ready to be drawn: the page's planes, and those of what the camera moves over."""

    card: Card
    page: Page
    still: Planes
    moved: tuple[Image.Image, Image.Image, Image.Image]
    fill: tuple[int, int, int]


def frames(clip: AnimaticClip) -> Iterator[Frame]:
    """Yield every frame of a clip."""
    page = page_of(clip.size)
    box = clock_box(page)
    ticker = Ticker(box) if box else None
    for place, card in enumerate(clip.cards):
        first = frame_at(card.start, clip.fps)
        after = clip.cards[place + 1].start if place + 1 < len(clip.cards) else None
        last = clip.frames if after is None else frame_at(after, clip.fps)
        stage = _stage(clip, card, page)
        for n in range(first, last):
            frame = _frame(clip, stage, Fraction(n - first, max(1, last - first - 1)))
            if ticker:
                time = Fraction(n - first) / clip.fps
                ticker.draw(planes(frame)[0], card.film_start + time, time, card.used)
            yield frame


def _stage(clip: AnimaticClip, card: Card, page: Page) -> Stage:
    still = _planes(margin(clip, card, page))
    y, u, v = _planes(scene_picture(card, page.picture.size))
    moved = (Image.fromarray(y), Image.fromarray(u), Image.fromarray(v))
    seen = View(0.5, 0.5, 1.0)
    if card.camera.motion is Motion.STATIC:
        _put(still, moved, page.picture, seen)
    return Stage(card, page, still, moved, _luma_and_colour(accent(card.scene)))


def _frame(clip: AnimaticClip, stage: Stage, part: Fraction) -> Frame:
    frame = blank(clip.size)
    drawn = planes(frame)
    for target, source in zip(drawn, stage.still, strict=True):
        target[:] = source
    if stage.card.camera.motion is not Motion.STATIC:
        _put(drawn, stage.moved, stage.page.picture, view(stage.card.camera, float(part)))
    if stage.page.bar:
        _fill(drawn, stage.page.bar, _passed(stage.card, part), stage.fill)
    return frame


def _passed(card: Card, part: Fraction) -> Fraction:
    """Return how much of what the film uses of a card is over."""
    return min(Fraction(1), part * card.seconds / card.used) if card.used else Fraction(1)


def _put(
    drawn: Planes, moved: tuple[Image.Image, Image.Image, Image.Image], box: Box, seen: View
) -> None:
    """Scale what the camera sees into its place, each plane for itself: no colour is converted."""
    for place, (target, source) in enumerate(zip(drawn, moved, strict=True)):
        by = 1 if place == 0 else 2
        size = (box.width // by, box.height // by)
        edges = seen.box(source.width, source.height)
        picture = source.resize(size, Image.Resampling.BILINEAR, edges)
        x, y = box.x // by, box.y // by
        target[y : y + size[1], x : x + size[0]] = np.asarray(picture)


def _fill(drawn: Planes, bar: Box, part: Fraction, colour: tuple[int, int, int]) -> None:
    width = int(bar.width * part / 2) * 2
    for place, (plane, value) in enumerate(zip(drawn, colour, strict=True)):
        by = 1 if place == 0 else 2
        rows = slice(bar.y // by, bar.bottom // by)
        plane[rows, bar.x // by : (bar.x + width) // by] = value


def _planes(picture: Image.Image) -> Planes:
    even = picture.crop((0, 0, max(2, picture.width & ~1), max(2, picture.height & ~1)))
    y, u, v = planes(frame_of_rgb(np.asarray(even), BT709))
    return (y.copy(), u.copy(), v.copy())


def _luma_and_colour(colour: Colour) -> tuple[int, int, int]:
    y, u, v = _planes(Image.new("RGB", (2, 2), colour))
    return (int(y[0, 0]), int(u[0, 0]), int(v[0, 0]))
