"""Two frames and a transition's progress into one frame."""

from typing import assert_never

import numpy as np

from storyboard.media import BLACK, WHITE, Frame, Samples, blank, plain, planes
from storyboard.model import Size, TransitionKind

_FULL = 256


def mix(kind: TransitionKind, before: Frame, after: Frame, n: int, frames: int) -> Frame:
    """Return frame `n` of a transition that is `frames` long.

    Its moment is the frame's middle, so that a transition looks the same backwards.
    """
    done = (2 * n + 1) * _FULL // (2 * frames)
    size = Size(before.width, before.height)
    mixed = after
    match kind:
        case TransitionKind.CUT:
            pass
        case TransitionKind.CROSSFADE:
            mixed = _blend(before, after, done)
        case TransitionKind.FADE_BLACK:
            mixed = _through(plain(size, BLACK), before, after, done)
        case TransitionKind.FADE_WHITE:
            mixed = _through(plain(size, WHITE), before, after, done)
        case TransitionKind.WIPE_LEFT:
            mixed = _side_by_side(before, after, _column(size, _FULL - done))
        case TransitionKind.WIPE_RIGHT:
            mixed = _side_by_side(after, before, _column(size, done))
        case TransitionKind.SLIDE_LEFT:
            mixed = _slide(before, after, _column(size, _FULL - done))
        case TransitionKind.SLIDE_RIGHT:
            mixed = _slide(after, before, _column(size, done))
        case _:
            assert_never(kind)
    return mixed


def _blend(before: Frame, after: Frame, weight: int) -> Frame:
    out = blank(Size(before.width, before.height))
    for into, one, other in zip(planes(out), planes(before), planes(after), strict=True):
        mixed = one.astype(np.uint16)
        mixed *= np.uint16(_FULL - weight)
        mixed += other.astype(np.uint16) * np.uint16(weight)
        mixed += np.uint16(_FULL // 2)
        mixed >>= 8
        into[:] = mixed
    return out


def _through(grey: Frame, before: Frame, after: Frame, done: int) -> Frame:
    """Fade out to one grey in the first half, and in from it in the second."""
    half = _FULL // 2
    if done < half:
        return _blend(before, grey, done * 2)
    return _blend(grey, after, (done - half) * 2)


def _column(size: Size, part: int) -> int:
    """Return an even column of the picture: colour has half as many."""
    return size.width * part // _FULL // 2 * 2


def _side_by_side(left: Frame, right: Frame, column: int) -> Frame:
    out = blank(Size(left.width, left.height))
    columns = (column, column // 2, column // 2)
    for into, one, other, at in zip(planes(out), planes(left), planes(right), columns, strict=True):
        into[:, :at] = one[:, :at]
        into[:, at:] = other[:, at:]
    return out


def _slide(left: Frame, right: Frame, column: int) -> Frame:
    """Show the last columns of one picture and then the first of the other."""
    out = blank(Size(left.width, left.height))
    columns = (column, column // 2, column // 2)
    for into, one, other, at in zip(planes(out), planes(left), planes(right), columns, strict=True):
        _fill(into, one, other, at)
    return out


def _fill(into: Samples, left: Samples, right: Samples, at: int) -> None:
    width = into.shape[1]
    into[:, :at] = left[:, width - at :]
    into[:, at:] = right[:, : width - at]
