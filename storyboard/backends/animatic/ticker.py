"""The running time, drawn into a frame's luma: digits that were painted once."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.backends.animatic.colour import PAGE
from storyboard.media import frame_of_rgb, planes
from storyboard.media.text import Type, Weight, font_stack, lay_out, paint
from storyboard.model import Box, Seconds

_SIGNS = "0123456789:./ s"
_BRIGHT, _DIM = "#f2f2f2", "#8c8c8c"
_BT709 = 1
_WIDTH = 4.6
"""How many times as wide as a letter is high the time in the film is."""

Luma = NDArray[np.uint8]


class Ticker:
    """Digits of one size. They have no colour, so only luma is written."""

    def __init__(self, box: Box) -> None:
        self.box = box
        large = min(box.height * 0.86, box.width / _WIDTH)
        self._large = _signs(round(large), box.height, _BRIGHT)
        self._small = _signs(round(large * 0.53), box.height, _DIM)

    def draw(self, luma: Luma, film: Seconds, shot: Seconds, used: Seconds) -> None:
        """Write the time in the film, and the time in the shot of how much it has."""
        x = self._write(luma, self.box.x, film_time(film), self._large)
        room = self.box.right - x
        beside = f" {_tenths(min(shot, used))}/{_tenths(used)} s"
        if sum(self._small[sign].shape[1] for sign in beside) <= room:
            self._write(luma, x, beside, self._small)

    def _write(self, luma: Luma, x: int, text: str, signs: dict[str, Luma]) -> int:
        for sign in text:
            glyph = signs[sign]
            part = glyph[:, : max(0, self.box.right - x)]
            luma[self.box.y : self.box.y + part.shape[0], x : x + part.shape[1]] = part
            x += glyph.shape[1]
        return x


def film_time(time: Seconds) -> str:
    """Write a time as minutes, seconds and tenths: `01:02.3`."""
    tenths = int(time * 10)
    return f"{tenths // 600:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def _tenths(time: Seconds) -> str:
    tenths = int(time * 10 + Fraction(1, 20))
    return f"{tenths // 10}.{tenths % 10}"


def _signs(size: int, height: int, colour: str) -> dict[str, Luma]:
    style = Type(font_stack(Weight.BOLD), max(6, size), 1.0)
    digit = round(max(lay_out(one, style, 999).width for one in "0123456789")) + max(1, size // 16)
    signs = {}
    for sign in _SIGNS:
        block = lay_out(sign, style, 999)
        width = digit if sign.isdigit() else max(round(block.width) + 1, size // 3)
        picture = Image.new("RGB", (width + width % 2, height + height % 2), PAGE)
        ink = paint(block, colour)
        at = (
            (width - round(block.width)) // 2 - ink.x,
            round(height * 0.82 - block.ascent) - ink.y,
        )
        picture.paste(ink.picture, at, ink.picture)
        luma = planes(frame_of_rgb(np.asarray(picture), _BT709))[0]
        signs[sign] = luma[:height, :width].copy()
    return signs
