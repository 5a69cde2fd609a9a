"""A title's style and the film's shape to pixels: size, room, box, and where it stands."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from storyboard.cut.overlay.title_room import (
    LINE_HEIGHT,
    is_one_line,
    letter_size,
    padding,
    room_of,
)
from storyboard.media.text import (
    Align,
    Block,
    FontStack,
    Type,
    Weight,
    font_stack,
    lay_out,
    rough_width,
    safe_area,
)
from storyboard.model import Place, Size, TitleStyle

CAPTION_SIZE = Decimal("0.042")
"""Height of burnt-in captions' letters, as a part of the picture's shorter side."""

_CAPTION_SIZE_TALL = Decimal("0.050")
_CAPTION_LINES = 2

_CAREFUL = 1.05
MAX_LINES = {Place.LOWER_THIRD: 3, Place.CENTRE: 4, Place.TOP: 3, Place.BOTTOM: 3}
"""Lines that a viewer takes in at a glance, by place."""


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title's lines, and where the text's corner stands in the film's picture.

    `room` is the width that its lines had; `pad_x`, `pad_y` and `radius` are the box's.
    """

    block: Block
    align: Align
    size: int
    x: int
    y: int
    room: int
    pad_x: int
    pad_y: int
    radius: int


def caption_letters(size: Size) -> int:
    """Return the size of captions' letters in pixels."""
    tall = size.height > size.width
    return letter_size(size, _CAPTION_SIZE_TALL if tall else CAPTION_SIZE)


def caption_height(size: Size) -> int:
    """Return how much room captions of two lines take at the bottom, with a gap above them."""
    return round(caption_letters(size) * (1.22 * _CAPTION_LINES + 0.9))


def fonts_of(style: TitleStyle, font: Path | None, project: Path) -> FontStack:
    """Return the fonts a title is set in: its style's own, the brand's, or the shipped ones."""
    own = project / style.font.path if style.font else font
    return font_stack(Weight.BOLD, own)


def set_title(text: str, style: TitleStyle, fonts: FontStack, size: Size, lift: int) -> SetTitle:
    """Break a title into lines and place it; `lift` is the height that captions take below."""
    letters = letter_size(size, style.size)
    pad_x, pad_y = padding(letters, style)
    area = safe_area(size)
    room = room_of(style, size)
    block = _first_lines(lay_out(text, Type(fonts, letters), room), size)
    wide, tall = int(block.width + 0.999), int(block.height + 0.999)
    align: Align = "start" if style.place is Place.LOWER_THIRD else "centre"
    rtl = bool(block.lines) and block.lines[0].direction == "rtl"
    if align == "start":
        x = area.right - pad_x - wide if rtl else area.x + pad_x
    else:
        x = (size.width - wide) // 2
    match style.place:
        case Place.TOP:
            y = area.y + pad_y
        case Place.CENTRE:
            y = (size.height - tall) // 2
        case Place.LOWER_THIRD | Place.BOTTOM:
            y = area.bottom - pad_y - tall - lift
    return SetTitle(block, align, letters, x, y, room, pad_x, pad_y, round(letters * 0.16))


def fits_easily(text: str, style: TitleStyle, fonts: FontStack, size: Size) -> bool:
    """Tell, at little cost, that a title fits on one line; where it may not, it has to be set."""
    letters = letter_size(size, style.size)
    if not is_one_line(text, letters, size):
        return False
    return rough_width(text, Type(fonts, letters)) * _CAREFUL <= room_of(style, size)


def rows_of_one_line(style: TitleStyle, size: Size, lift: int) -> tuple[int, int]:
    """Return the rows between which a title that fits easily is, its box included."""
    letters, area = letter_size(size, style.size), safe_area(size)
    tall = letters * LINE_HEIGHT + 2 * padding(letters, style)[1]
    match style.place:
        case Place.TOP:
            return area.y, area.y + tall
        case Place.CENTRE:
            return (size.height - tall) // 2, (size.height + tall) // 2
        case Place.LOWER_THIRD | Place.BOTTOM:
            return area.bottom - lift - tall, area.bottom - lift


def _first_lines(block: Block, size: Size) -> Block:
    """Leave off the lines of a title that is far too long: nobody would see them."""
    most = size.height * 3 // 2 // max(1, int(block.pitch)) + 1
    spare = len(block.lines) - most
    if spare <= 0:
        return block
    return replace(block, lines=block.lines[:most], height=block.height - spare * block.pitch)


def overflows(title: SetTitle, size: Size) -> bool:
    """Tell whether some of a title stands outside the safe area."""
    area = safe_area(size)
    left, top = title.x - title.pad_x, title.y - title.pad_y
    right = title.x + title.block.width + title.pad_x
    bottom = title.y + title.block.height + title.pad_y
    spare = 1
    return (
        left < area.x - spare
        or top < area.y - spare
        or right > area.right + spare
        or bottom > area.bottom + spare
    )
