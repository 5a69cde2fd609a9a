"""An animatic clip to its frames: a picture for each card, and a camera that moves over it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from av.video.reformatter import VideoReformatter
from PIL import Image

from storyboard.backends.animatic.camera import Motion, view
from storyboard.backends.animatic.clip import AnimaticClip
from storyboard.backends.animatic.page import page_of
from storyboard.backends.animatic.scene import scene_picture
from storyboard.media import Frame, Planes, View, blank, frame_of_rgb, planes
from storyboard.model import Size, frame_at

BT709 = 1

_MOVED = 0.75
"""How large what moves is drawn, before it is brought to the clip's size: pages show no more of it,
and half as many samples are half the work."""

Pictures: TypeAlias = tuple[Image.Image, Image.Image, Image.Image]
"""The planes of what a camera moves over."""


def frames(clip: AnimaticClip) -> Iterator[Frame]:
    """Yield every frame of a clip."""
    clip_size = (clip.size.width, clip.size.height)
    scaler = VideoReformatter()  # kept, because to make one takes longer than to scale a frame
    for place, card in enumerate(clip.cards):
        first = frame_at(card.start, clip.fps)
        after = clip.cards[place + 1].start if place + 1 < len(clip.cards) else None
        last = clip.frames if after is None else frame_at(after, clip.fps)
        drawn = clip.size if card.camera.motion is Motion.STATIC else _drawn_at(clip.size)
        y, u, v = picture_planes(scene_picture(card, drawn), BT709)
        moved = (Image.fromarray(y), Image.fromarray(u), Image.fromarray(v))
        if card.camera.motion is Motion.STATIC:
            still = _seen(moved, View(0.5, 0.5, 1.0), clip.size)
            for _ in range(first, last):
                yield _frame(still, clip.size)
            continue
        for n in range(first, last):
            part = Fraction(n - first, max(1, last - first - 1))
            frame = _frame(_seen(moved, view(card.camera, float(part)), drawn), drawn)
            yield scaler.reformat(frame, *clip_size, interpolation="BICUBIC")


def _drawn_at(size: Size) -> Size:
    """Return the size that moving pictures are drawn at: a bare page shows them as they are."""
    if page_of(size).bar is None:
        return size
    return Size(round(size.width * _MOVED / 2) * 2, round(size.height * _MOVED / 2) * 2)


def _seen(moved: Pictures, seen: View, size: Size) -> Planes:
    """Scale what the camera sees to a size, each plane for itself: no colour is converted."""
    y, u, v = (
        np.asarray(
            one.resize(
                (size.width // by, size.height // by),
                Image.Resampling.BILINEAR,
                seen.box(one.width, one.height),
            )
        )
        for one, by in zip(moved, (1, 2, 2), strict=True)
    )
    return (y, u, v)


def _frame(shown: Planes, size: Size) -> Frame:
    frame = blank(size)
    for target, source in zip(planes(frame), shown, strict=True):
        target[:] = source
    return frame


def picture_planes(picture: Image.Image, matrix: int) -> Planes:
    """Turn a picture into planes of its own; an odd last row or column is left off."""
    even = picture.crop((0, 0, max(2, picture.width & ~1), max(2, picture.height & ~1)))
    y, u, v = planes(frame_of_rgb(np.asarray(even), matrix))
    return (y.copy(), u.copy(), v.copy())
