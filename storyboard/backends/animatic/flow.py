"""Words and small pictures under each other in a column."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from storyboard.backends.animatic.clip import Portrait
from storyboard.backends.animatic.colour import LINE, QUIET, TEXT
from storyboard.backends.animatic.pictures import opened
from storyboard.media import covering
from storyboard.media.text import Block, Type, Weight, font_stack, lay_out, paint
from storyboard.model import Size

_LEGIBLE = 6


@dataclass(slots=True)
class Flow:
    """A pen that goes down a column from `y` to `end`; what does not fit ends in an ellipsis."""

    picture: Image.Image
    x: int
    y: int
    width: int
    end: int

    def gap(self, height: int) -> None:
        """Leave some room."""
        self.y += height

    def words(
        self, text: str, size: int, colour: str, *, bold: bool = False, lines: int = 1
    ) -> None:
        """Set words in at most so many lines."""
        weight = Weight.BOLD if bold else Weight.REGULAR
        self._set(self._short(text, Type(font_stack(weight), size, 1.25), lines), size, colour)

    def fitted(self, text: str, sizes: Sequence[int], colour: str = TEXT) -> None:
        """Set words in the largest of some sizes in which they fit; cut them in the smallest."""
        for size in sizes:
            style = Type(font_stack(Weight.REGULAR), size, 1.38)
            block = lay_out(text, style, self.width)
            if block.height <= self.end - self.y:
                self._set(block, size, colour)
                return
        style = Type(font_stack(Weight.REGULAR), sizes[-1], 1.38)
        room = int((self.end - self.y) / (sizes[-1] * 1.38))
        if room > 0:
            self._set(self._short(text, style, room), sizes[-1], colour)

    def faces(self, portraits: Sequence[Portrait], side: int) -> None:
        """Set small square pictures beside each other, each with its name."""
        x = self.x
        below = side if any(one.picture for one in portraits) else 0
        for portrait in portraits:
            name = paint(self._label(portrait.label, side), QUIET, "left")
            wide = max(side, name.picture.width) if portrait.picture else name.picture.width
            if x > self.x and x + wide > self.x + self.width:
                break
            if portrait.picture:
                self._face(portrait, x, side)
            self.picture.paste(name.picture, (x - name.x, self.y + below - name.y), name.picture)
            x += wide + side // 5
        self.y += below + side * 3 // 8

    def _label(self, label: str, side: int) -> Block:
        """Set a name beside others, smaller where it is long: a name is never broken."""
        fonts, size = font_stack(Weight.BOLD), max(_LEGIBLE, side // 4)
        block = lay_out(label, Type(fonts, size, 1.2), self.width)
        while block.broken and size > _LEGIBLE:
            size -= 1
            block = lay_out(label, Type(fonts, size, 1.2), self.width)
        return replace(block, lines=block.lines[:1])

    def _face(self, portrait: Portrait, x: int, side: int) -> None:
        edges = (x, self.y, x + side - 1, self.y + side - 1)
        ImageDraw.Draw(self.picture).rectangle(edges, fill=LINE)
        found = opened(portrait.picture) if portrait.picture else None
        if found is None:
            return
        small = covering(found, Size(side, side)).resize((side, side), Image.Resampling.LANCZOS)
        self.picture.paste(small, (x, self.y))

    def _set(self, block: Block, size: int, colour: str) -> None:
        if size >= _LEGIBLE and self.y + block.height <= self.picture.height + size:
            ink = paint(replace(block, width=self.width), colour, "start")
            self.picture.paste(ink.picture, (self.x - ink.x, self.y - ink.y), ink.picture)
        self.y += round(block.height)

    def _short(self, text: str, style: Type, lines: int) -> Block:
        return shortened(text, style, self.width, lines)


def shortened(text: str, style: Type, width: float, lines: int) -> Block:
    """Set a text; where it takes too many lines, take words off its end."""
    block = lay_out(text, style, width)
    low, high = 0, len(text)
    if len(block.lines) <= lines:
        return block
    while low < high:
        middle = (low + high + 1) // 2
        if len(lay_out(_cut(text, middle), style, width).lines) <= lines:
            low = middle
        else:
            high = middle - 1
    return lay_out(_cut(text, low), style, width)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" ,.;:-") + "\u2026"
