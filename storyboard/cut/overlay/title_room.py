"""Find the room that a title has, and tell at once of a short one that it fits.

It loads no fonts: most titles are a few words, and such a storyboard need not wait for them.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from storyboard.cut.overlay.words_drawn import is_plain
from storyboard.media.text import safe_area
from storyboard.model import AspectRatio, Output, Place, Shot, Size, Storyboard, Title, TitleStyle

_ROOM = {
    Place.LOWER_THIRD: Decimal("0.72"),
    Place.CENTRE: Decimal("0.86"),
    Place.TOP: Decimal("0.92"),
    Place.BOTTOM: Decimal("0.92"),
}
"""Part of the safe area's width that a title may fill; a narrow column reads as one thing."""

_TALL_ROOM = Decimal(1)

LINE_HEIGHT = 3
"""How high a line is at most with all that belongs to it, in sizes of its letters."""

_WIDEST = 1.1
"""More than any plain character is wide with its kerning, in sizes of its letters."""

_NARROW, _NARROW_WIDTH = frozenset("abcdefghijklnopqrstuvxyz0123456789 .,:;!?'-"), 0.75
"""What most of a title is made of, and more than any of it is wide."""

_SHORT_SIDE = 1080
MOST = 100
"""Titles of a shot, and outputs, that are measured: the schema allows no more."""


def needs_setting(storyboard: Storyboard) -> bool:
    """Tell whether it takes fonts to know that nothing is wrong with the titles on the screen.

    Those of a film with a watermark, or that are seen with another one, have to be placed; one in
    the user's own font has to be looked for in it.
    """
    shots = [shot for shot in storyboard.shots if shot.look.titles]
    if not shots:
        return False
    if storyboard.cut.font or storyboard.cut.watermark:
        return True
    sizes = [output_size(one) for one in storyboard.outputs[:MOST]]
    return any(_needs_setting(shot, sizes) for shot in shots)


def _needs_setting(shot: Shot, sizes: Sequence[Size]) -> bool:
    titles = shot.look.titles[:MOST]
    if any(are_at_once(one, other) for one, other in combinations(titles, 2)):
        return True
    return not all(_fits(one, size) for one in titles for size in sizes)


def _fits(title: Title, size: Size) -> bool:
    """Tell of a short title that it fits on one line, whichever letters it has."""
    letters = letter_size(size, title.style.size)
    return (
        title.style.font is None
        and is_plain(title.text)
        and is_one_line(title.text, letters, size)
        and most_width(title.text) * letters <= room_of(title.style, size)
    )


def most_width(text: str) -> float:
    """Return more than a plain text is wide on one line, in sizes of its letters."""
    narrow = sum(map(_NARROW.__contains__, text))
    return narrow * _NARROW_WIDTH + (len(text) - narrow) * _WIDEST


def are_at_once(one: Title, other: Title) -> bool:
    """Tell whether two titles of a shot are seen at the same time."""
    return one.at < other.at + other.duration and other.at < one.at + one.duration


def is_one_line(text: str, letters: int, size: Size) -> bool:
    """Tell whether a text has no line break, and one line of it is not too high."""
    return len(text.splitlines()) <= 1 and letters * LINE_HEIGHT <= safe_area(size).height


def output_size(output: Output) -> Size:
    """Return an output's size, or one of its ratio where it is not known yet."""
    if output.format.size:
        return output.format.size
    return _of_ratio(output.format.aspect_ratio)


def _of_ratio(ratio: AspectRatio) -> Size:
    short = min(ratio.width, ratio.height)
    even = [side * _SHORT_SIDE // short // 2 * 2 for side in (ratio.width, ratio.height)]
    return Size(even[0], even[1])


def letter_size(size: Size, part: Decimal) -> int:
    """Return the letters' size in pixels for a part of the picture's shorter side."""
    return max(6, round(min(size.width, size.height) * part))


def padding(letters: int, style: TitleStyle) -> tuple[int, int]:
    """Return how far a title's box, if it has one, reaches out to the sides and up, in pixels."""
    return (round(letters * 0.42), round(letters * 0.22)) if style.box else (0, 0)


def room_of(style: TitleStyle, size: Size) -> int:
    """Return how wide a line of a title may be, in pixels."""
    part = _TALL_ROOM if size.height > size.width else _ROOM[style.place]
    pad = padding(letter_size(size, style.size), style)[0]
    return int(safe_area(size).width * part) - 2 * pad
