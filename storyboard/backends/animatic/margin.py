"""A card to the page around its picture: number, name, prompt, who is in it, what is said."""

from PIL import Image, ImageDraw

from storyboard.backends.animatic.camera import Motion
from storyboard.backends.animatic.clip import AnimaticClip, Card, Portrait
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
from storyboard.backends.animatic.scene import Motif, motif, seen_faces
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
_BESIDE = 3
_CLOCK = 204


def margin(clip: AnimaticClip, card: Card, page: Page) -> Image.Image:
    """Draw everything of a card's page that does not move; the picture's place stays empty."""
    picture = Image.new("RGB", (clip.size.width, clip.size.height), PAGE)
    if page.bar:
        bar = page.bar
        edges = (bar.x, bar.y, bar.right - 1, bar.bottom - 1)
        ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
    if page.column:
        _column(picture, clip, card, page)
    if page.notes:
        _narrow(picture, clip, card, page)
    return picture


def clock_box(page: Page) -> Box | None:
    """Return where the running time stands: at the column's foot, or beside the notes' head."""
    height = page.px(34) // 2 * 2
    if page.notes:
        width = page.px(_CLOCK) // 2 * 2
        return Box(page.notes.right - width, page.notes.y, width, height)
    if page.column is None:
        return None
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
    if motif(card) is not Motif.WORDS:
        prompt = Flow(picture, box.x, top, box.width, end - px(14))
        prompt.fitted(card.prompt, tuple(px(size) for size in (22, 20, 18, 16, 14, 13)))
    _who_and_what(Flow(picture, box.x, end, box.width, foot.y), card, page)
    _rule(picture, box, foot.y - px(46), px(2))
    move = Flow(picture, box.x, foot.y - px(34), box.width, foot.y)
    move.words(f"{_SIGNS[card.camera.motion]}  {card.camera.motion}", px(14), colour, bold=True)


def _who_and_what(flow: Flow, card: Card, page: Page) -> int:
    """Set who is in the shot and what is said; return how high that is."""
    top = flow.y
    if portraits := _unseen(card):
        flow.faces(portraits, page.px(_THUMB))
        flow.gap(page.px(8))
    for line in card.lines[:_SAY]:
        flow.words(line.speaker.upper(), page.px(12), FAINT, bold=True)
        flow.words(f"\u201c{line.text}\u201d", page.px(17), TEXT, lines=3)
        flow.gap(page.px(6))
    return flow.y - top


def _unseen(card: Card) -> tuple[Portrait, ...]:
    """Return the elements that do not stand in the card's picture already."""
    seen = seen_faces(card)
    return tuple(one for one in card.portraits if one not in seen)


def _narrow(picture: Image.Image, clip: AnimaticClip, card: Card, page: Page) -> None:
    """Draw a tall page: everything below the picture, who is in it at the right."""
    notes, px, colour = page.notes, page.px, named(accent(card.scene))
    foot = clock_box(page)
    if notes is None or foot is None:
        return
    head = Flow(picture, notes.x, notes.y, foot.x - px(16) - notes.x, notes.bottom)
    head.words(card.name, px(24), TEXT, bold=True)
    sign = f"{_SIGNS[card.camera.motion]} {card.camera.motion}"
    facts = (f"ANIMATIC {card.number}/{card.count}", clock(card.used), sign)
    head.words("  \u00b7  ".join(facts), px(16), colour, bold=True)
    head.width = notes.width
    head.words(clip.model, px(14), FAINT)
    head.gap(px(8))
    room = notes.width
    portraits = tuple(one for one in _unseen(card) if one.picture)[:_BESIDE]
    if portraits:
        room -= len(portraits) * px(_THUMB * 1.2) + px(8)
        Flow(picture, notes.x + room + px(14), head.y, notes.width - room, notes.bottom).faces(
            portraits, px(_THUMB)
        )
    below = Flow(picture, notes.x, head.y, room, notes.bottom)
    if names := [one.label for one in _unseen(card) if not one.picture]:
        below.words("  ".join(names), px(14), QUIET, bold=True)
    for line in card.lines[:2]:
        below.words(f"{line.speaker}: \u201c{line.text}\u201d", px(18), TEXT, lines=2)
    if motif(card) is not Motif.WORDS:
        below.gap(px(4))
        below.fitted(card.prompt, tuple(px(size) for size in (20, 18, 16, 14, 13)), QUIET)


def _rule(picture: Image.Image, box: Box, y: int, height: int) -> None:
    edges = (box.x, y, box.right - 1, y + max(1, height) - 1)
    ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
