"""Find titles of one shot that would lie over each other, or over the watermark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from storyboard.check import TITLES_TOGETHER
from storyboard.cut.overlay.look import (
    SetTitle,
    caption_height,
    fits_easily,
    rows_of_one_line,
    set_title,
)
from storyboard.cut.overlay.title_room import are_at_once
from storyboard.cut.overlay.watermark import watermark_box
from storyboard.diagnostics import Code, Diagnostic, Follows, Related, Same, Severity
from storyboard.media.text import FontStack
from storyboard.model import Box, Captions, Output, PictureFacts, Size, Title, Watermark

LAID_OVER = Code("SB757")
_TOGETHER = Follows(frozenset({TITLES_TOGETHER}), Same.PAIR)
"""That two titles have one place is not repeated for every output in which they meet."""

_TOUCH = 0.15
"""Boxes may meet by this part of a letter's height: lines have room above and below them."""


Together: TypeAlias = tuple[tuple[int, ...], ...]
"""For each title, the places of those before it that are seen at the same time."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A title and the fonts it is set in."""

    title: Title
    fonts: FontStack


def lift_of(output: Output, size: Size) -> int:
    """Return how far titles at the bottom are lifted, for captions that are burnt in below them."""
    return caption_height(size) if output.captions is Captions.BURN else 0


def at_once(titles: Sequence[Shown]) -> Together:
    """Find the titles before each title that are seen at the same time as it, in any output."""
    return tuple(
        tuple(one for one in range(place) if are_at_once(titles[one].title, other.title))
        for place, other in enumerate(titles)
    )


def collisions(
    titles: Sequence[Shown], together: Together, output: Output, size: Size
) -> Iterator[Diagnostic]:
    """Tell which titles are in the same place as one before them that is seen at the same time."""
    placed: dict[int, SetTitle] = {}
    for second, (other, before) in enumerate(zip(titles, together, strict=True)):
        for one in (*before, second) if before else ():
            if one not in placed:
                placed[one] = _placed(titles[one], output, size)
        first = next((one for one in before if _meet(placed[one], placed[second])), None)
        if first is not None:
            yield Diagnostic(
                LAID_OVER,
                Severity.WARNING,
                f"this title lies over another one in output `{output.name}`"
                f" ({output.format.aspect_ratio})",
                other.title.span,
                "give it another place or time, or make one of them shorter",
                (Related("the other one", titles[first].title.span),),
                follows=_TOGETHER,
            )


def over_watermark(
    titles: Sequence[Shown], mark: Watermark, output: Output, size: Size
) -> Iterator[Diagnostic]:
    """Tell which titles are in the same place as the watermark, which is there all the time."""
    if not isinstance(mark.image.facts, PictureFacts):
        return
    lift = lift_of(output, size)
    box = watermark_box(mark, (mark.image.facts.width, mark.image.facts.height), size, lift)
    for one in titles:
        low, high = rows_of_one_line(one.title.style, size, lift)
        is_short = fits_easily(one.title.text, one.title.style, one.fonts, size)
        if is_short and (box.bottom <= low or box.y >= high):
            continue
        if _meets(_placed(one, output, size), box):
            yield Diagnostic(
                LAID_OVER,
                Severity.WARNING,
                f"this title lies over the watermark in output `{output.name}`"
                f" ({output.format.aspect_ratio})",
                one.title.span,
                "give the watermark another `corner`, or the title another place",
            )


def _meets(title: SetTitle, box: Box) -> bool:
    left, top, right, bottom = _edges(title)
    spare = _TOUCH * title.size
    return (
        left < box.right - spare
        and box.x < right - spare
        and top < box.bottom - spare
        and box.y < bottom - spare
    )


def _placed(shown: Shown, output: Output, size: Size) -> SetTitle:
    title = shown.title
    return set_title(title.text, title.style, shown.fonts, size, lift_of(output, size))


def _meet(one: SetTitle, other: SetTitle) -> bool:
    left, top, right, bottom = _edges(one)
    other_left, other_top, other_right, other_bottom = _edges(other)
    spare = _TOUCH * min(one.size, other.size)
    return (
        left < other_right - spare
        and other_left < right - spare
        and top < other_bottom - spare
        and other_top < bottom - spare
    )


def _edges(title: SetTitle) -> tuple[float, float, float, float]:
    left, top = title.x - title.pad_x, title.y - title.pad_y
    right = title.x + title.block.width + title.pad_x
    return left, top, right, title.y + title.block.height + title.pad_y
