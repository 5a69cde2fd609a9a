"""Draw a shot's name and words as a box to lay over its frames, so that a person can tell them."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyboard.emulator.shown import Shown
from storyboard.media.text import Block, Type, Weight, font_stack, lay_out, paint

LEAST_SIDE = 180
"""The shorter side of the smallest picture, in pixels, on which words can be read."""

_GROUND, _NAME, _WORDS = "#101418", "#ffffff", "#d8dee4"
_SIZES = (20, 24, 30)
"""Sizes of the words, as divisors of the picture's shorter side, the largest first."""


def label(one: Shown, width: int, height: int) -> NDArray[np.uint8]:
    """Draw a box for a picture of this size: at most as wide as it, and half as high."""
    side, edge = min(width, height), min(width, height) // 30
    room = width - 4 * edge
    blocks = [(_fitted(one.words, side, room, height // 4), _WORDS)]
    if one.name:
        blocks.insert(
            0, (_cut(one.name, Type(font_stack(Weight.BOLD), side // 15), room, 1), _NAME)
        )
    tall = round(sum(block.height for block, _ in blocks)) + (1 + len(blocks)) * edge
    box = Image.new("RGB", (width - 2 * edge, tall), _GROUND)
    y = edge
    for block, colour in blocks:
        ink = paint(replace(block, width=room), colour, "start")
        box.paste(ink.picture, (edge - ink.x, y - ink.y), ink.picture)
        y += round(block.height) + edge
    return np.asarray(box)


def _fitted(words: str, side: int, room: int, most: int) -> Block:
    """Set words in the largest size in which they fit; in the smallest, without their end."""
    fonts = font_stack(Weight.REGULAR)
    for part in _SIZES:
        block = lay_out(words, Type(fonts, side // part), room)
        if block.height <= most:
            return block
    style = Type(fonts, side // _SIZES[-1])
    return _cut(words, style, room, max(1, int(most / (style.size * style.leading))))


def _cut(words: str, style: Type, room: int, lines: int) -> Block:
    block = lay_out(words, style, room)
    left_out = len(block.lines) - lines
    if left_out <= 0:
        return block
    height = block.height - block.pitch * left_out
    return replace(block, lines=block.lines[:lines], height=height)
