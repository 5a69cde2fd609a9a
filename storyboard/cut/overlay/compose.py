"""Layers of a title to the picture and the fades that moviepy makes of them."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.cut.overlay.overlay import Rgba
from storyboard.model import FrameRate, Seconds


def flatten(pictures: Sequence[Image.Image]) -> Rgba:
    """Lay pictures of one size over each other, as moviepy composes clips."""
    from moviepy import CompositeVideoClip, ImageClip  # noqa: PLC0415 - only a film needs it

    clips = [ImageClip(np.asarray(one), duration=1) for one in pictures]
    whole = CompositeVideoClip(clips, size=pictures[0].size)
    color = np.asarray(whole.get_frame(0), np.uint8)
    alpha = np.rint(np.asarray(whole.mask.get_frame(0)) * 255).clip(0, 255).astype(np.uint8)
    return np.dstack([color, alpha])


def fade(frames: int, fps: FrameRate, time: Seconds) -> tuple[float, ...]:
    """Return the strength of a title in each of its frames, faded in and out for `time` each.

    A frame shows what the fade is in the middle of it, so that the first one is never empty.
    """
    duration = Fraction(frames) / fps
    time = min(time, duration / 2)
    if time <= 0:
        return (1.0,) * frames
    from moviepy import ImageClip  # noqa: PLC0415 - only a film needs it
    from moviepy.video.fx import CrossFadeIn, CrossFadeOut  # noqa: PLC0415 - the same

    dot = ImageClip(np.full((1, 1, 3), 255, np.uint8), duration=float(duration))
    effects = [CrossFadeIn(float(time)), CrossFadeOut(float(time))]
    mask = dot.with_mask().with_effects(effects).mask
    middles = (float((n + Fraction(1, 2)) / fps) for n in range(frames))
    return tuple(_eased(_dot(mask.get_frame(middle))) for middle in middles)


def _dot(frame: NDArray[np.float64]) -> float:
    return float(frame[0, 0])


def _eased(part: float) -> float:
    """Start and end a fade gently."""
    part = min(1.0, max(0.0, part))
    return part * part * (3 - 2 * part)
