"""A card to the page around its picture: number, name, prompt, who is in it, what is said."""

from PIL import Image, ImageDraw

from storyboard.backends.animatic.camera import Motion
from storyboard.backends.animatic.clip import AnimaticClip, Card
from storyboard.backends.animatic.colour import (
    FAINT,
    LINE,
    PAGE,
    QUIET,
    TEXT,
    accent,
    named,
)
from storyboard.backends.animatic.flow import Flow
from storyboard.backends.animatic.page import Box, Page
from storyboard.model.time import clock

_SIGNS = {
    Motion.STATIC: "\u25a0",
    Motion.DRIFT: "\u2219",
    Motion.PUSH_IN: "\u2295",
    Motion.PULL_OUT: "\u2296",
    Motion.PAN_LEFT: "\u2190",
    Motion.PAN_RIGHT: "\u2192",
    Motion.TILT_UP: "\u2191",
    Motion.TILT_DOWN: "\u2193",
    Motion.TRACK_LEFT: "\u21d0",
    Motion.TRACK_RIGHT: "\u21d2",
    Motion.CRANE_UP: "\u21d1",
    Motion.CRANE_DOWN: "\u21d3",
    Motion.ORBIT: "\u21bb",
    Motion.HANDHELD: "\u223f",
}
_THUMB = 52
_SAY = 3


def margin(clip: AnimaticClip, card: Card, page: Page) -> Image.Image:
    """Draw everything of a card's page that does not move; the picture's place stays empty."""
    picture = Image.new("RGB", (clip.size.width, clip.size.height), PAGE)
    if page.column is None:
        return picture
    if page.bar:
        bar = page.bar
        edges = (bar.x, bar.y, bar.right - 1, bar.bottom - 1)
        ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
    if page.notes is None:
        _column(picture, clip, card, page)
    else:
        _narrow(picture, clip, card, page)
    return picture


def clock_box(page: Page) -> Box | None:
    """Return where the running time stands: at the foot of the column."""
    if page.column is None:
        return None
    height = page.px(34) // 2 * 2
    return Box(page.column.x, (page.column.bottom - height) // 2 * 2, page.column.width, height)


def _column(picture: Image.Image, clip: AnimaticClip, card: Card, page: Page) -> None:
    box, px, colour = page.column, page.px, named(accent(card.scene))
    foot = clock_box(page)
    if box is None or foot is None:
        return
    scene, _, shot = card.name.partition("/")
    head = Flow(picture, box.x, box.y, box.width, box.bottom)
    head.words(f"ANIMATIC  \u00b7  {card.number}/{card.count}", px(13), colour, bold=True)
    head.gap(px(8))
    head.words(shot or scene, px(30), TEXT, bold=True, lines=2)
    head.words(f"{scene}  \u00b7  {clock(card.used)}" if shot else clock(card.used), px(14), QUIET)
    head.words(clip.model, px(14), FAINT)
    _rule(picture, box, head.y + px(12), px(2))
    top, end = head.y + px(28), foot.y - px(58)
    end -= _who_and_what(Flow(Image.new("RGB", (1, 1)), 0, 0, box.width, end), card, page)
    prompt = Flow(picture, box.x, top, box.width, end - px(14))
    prompt.fitted(card.prompt, tuple(px(size) for size in (22, 20, 18, 16, 14, 13)))
    _who_and_what(Flow(picture, box.x, end, box.width, foot.y), card, page)
    _rule(picture, box, foot.y - px(46), px(2))
    move = Flow(picture, box.x, foot.y - px(34), box.width, foot.y)
    move.words(f"{_SIGNS[card.camera.motion]}  {card.camera.motion}", px(14), colour, bold=True)


def _who_and_what(flow: Flow, card: Card, page: Page) -> int:
    """Set who is in the shot and what is said; return how high that is."""
    top = flow.y
    if card.portraits:
        flow.faces(card.portraits, page.px(_THUMB))
        flow.gap(page.px(8))
    for line in card.lines[:_SAY]:
        flow.words(line.speaker.upper(), page.px(12), FAINT, bold=True)
        flow.words(f"\u201c{line.text}\u201d", page.px(17), TEXT, lines=3)
        flow.gap(page.px(6))
    return flow.y - top


def _narrow(picture: Image.Image, clip: AnimaticClip, card: Card, page: Page) -> None:
    """Draw a tall page: what is short beside the picture, what is long below it."""
    box, notes, px, colour = page.column, page.notes, page.px, named(accent(card.scene))
    if box is None or notes is None:
        return
    side = Flow(picture, box.x, box.y, box.width, box.bottom)
    side.words(f"{card.number}/{card.count}", px(24), colour, bold=True)
    side.words("ANIMATIC", px(12), FAINT, bold=True)
    side.gap(px(14))
    side.words(clock(card.used), px(18), TEXT, bold=True)
    side.words(card.camera.motion.value, px(14), QUIET, lines=2)
    side.words(clip.model, px(12), FAINT, lines=3)
    side.gap(px(14))
    for portrait in card.portraits[:4]:
        side.faces((portrait,), min(box.width, px(84)))
        side.gap(px(8))
    below = Flow(picture, notes.x, notes.y, notes.width, notes.bottom)
    below.words(card.name, px(24), TEXT, bold=True)
    below.gap(px(4))
    for line in card.lines[:2]:
        below.words(f"{line.speaker}: \u201c{line.text}\u201d", px(18), colour, lines=2)
    below.fitted(card.prompt, tuple(px(size) for size in (22, 20, 18, 16, 14)), QUIET)


def _rule(picture: Image.Image, box: Box, y: int, height: int) -> None:
    edges = (box.x, y, box.right - 1, y + max(1, height) - 1)
    ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
